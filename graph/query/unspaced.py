"""Follow-ups in a language without spaces: periods and known measures are the places."""

from __future__ import annotations

import re

from graph.query.grammar import Grammar
from graph.query.pronouns import pronoun_in
from graph.query.statement_lines import names_line
from loaders.text.languages import any_of

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_MARKS = " ？?。！!，,"


def stand_alone_unspaced(question: str, before: str, grammar: Grammar) -> str | None:
    """The question that stands alone; None if it cannot be told."""
    bare, led = _without_lead(question, grammar)
    if pronoun_in(question, grammar) or bare in {*map("".join, grammar.words["bare"])}:
        return None
    if _asks(bare, grammar):
        return question
    years, old_years = _YEAR.findall(bare), _YEAR.findall(before)
    rest = re.sub(_dated(grammar), "", bare).strip(_MARKS)
    if not led and not years:
        return question
    if years and (len(years) > 1 or len(old_years) != 1):
        return None
    changed = before.replace(old_years[0], years[0]) if years else before
    return _with_measure(changed, rest, grammar) if rest else changed


def _with_measure(before: str, measure: str, grammar: Grammar) -> str | None:
    """The measure in the place of the one that was asked for; what is no measure has none."""
    old = _measure_in(before, grammar)
    return before.replace(old, measure) if old and names_line(measure) else None


def _measure_in(question: str, grammar: Grammar) -> str:
    """Between the owner or the period, and the question's end: a known line."""
    ends = any_of(_words(grammar, "verbs", "asking", "genitives"))
    parts = re.split(rf"{_dated(grammar)}|{ends}|[{_MARKS}]", question)
    known = [part for part in parts if part and names_line(part)]
    return known[0] if len(known) == 1 else ""


def _asks(text: str, grammar: Grammar) -> bool:
    return any(word in text for word in _words(grammar, "asking", "requests"))


def _words(grammar: Grammar, *kinds: str) -> list[str]:
    """Of a language with spaces, when a question has signs of both, phrases too."""
    return [" ".join(phrase) for kind in kinds for phrase in grammar.words[kind]]


def _dated(grammar: Grammar) -> str:
    """A year with the word for it, and the one that ties it to what follows."""
    period, tie = any_of(_words(grammar, "period")), any_of(_words(grammar, "genitives"))
    return rf"{_YEAR.pattern}(?:{period})?(?:{tie})?"


def _without_lead(question: str, grammar: Grammar) -> tuple[str, bool]:
    bare, led = question.strip(_MARKS), False
    for lead in grammar.leads:
        if bare.startswith(lead) and len(bare) > len(lead):
            bare, led = bare.removeprefix(lead).strip(_MARKS), True
    for tail in grammar.tails:
        if bare.endswith(tail) and len(bare) > len(tail):
            bare, led = bare.removesuffix(tail).strip(_MARKS), True
    return bare, led
