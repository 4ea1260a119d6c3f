"""A fragment names another of a kind that the question before names: a year, a size, a number."""

from __future__ import annotations

import re

from graph.query.grammar import Grammar
from graph.query.slots import Token, slots_of, tokens_of

_SIZE = re.compile(
    r"(?<![\w.])\d+(?:\.\d+)?[^\W\d_]{1,2}(?![\w.])|(?<=-)\d+(?:\.\d+)?[^\W\d_]{1,2}\b"
)
_NUMBERED = re.compile(r"([^\W\d_]{2,})\s+([A-Z]|\d[\w.]*)")


def another_of_its_kind(before: str, fragment: str, grammar: Grammar) -> str | None:
    """The question with the other in its place; empty if it is no such, None if it is unclear."""
    if moved := _another_year(before, fragment, grammar):
        return moved
    noun = " ".join(one.text for one in tokens_of(fragment, grammar) if one.kind != "article")
    if _SIZE.fullmatch(noun) and _SIZE.search(before):
        return _replaced(before, _SIZE, noun)
    if numbered := _NUMBERED.fullmatch(noun):
        same = re.compile(rf"(?<=\b(?i:{re.escape(numbered[1])}) )(?:[A-Z]\b|\d[\w.]*)")
        is_noun = tokens_of(fragment, grammar)[0].kind != "preposition"  # `in 2023`
        if is_noun and same.search(before):
            return _replaced(before, same, numbered[2])
    return _modified(before, fragment, grammar)


def asks_total(text: str, grammar: Grammar) -> bool:
    """Whether nothing but the whole of what was asked before is asked for: `And the total`."""
    said = [one.key for one in tokens_of(text, grammar) if one.kind in {"word", "name", "number"}]
    return bool(said) and all(grammar.has("totals", key) for key in said)


def in_total(before: str, grammar: Grammar) -> str | None:
    """The question without the one part that it names: `in total`, not `in Poland`."""
    slots = slots_of(before, grammar)
    objects = [one for one in slots if one.kind == "object" and one.outer >= 0]
    names = [one for one in objects if one.is_name]
    parts = names or [one for one in objects if grammar.has("places", one.preposition)]
    if len(parts) != 1:
        return None
    return f"{before[: parts[0].outer]}{grammar.in_total}{before[parts[0].end :]}"


def without_stand_in(fragment: str, grammar: Grammar) -> str:
    """Without the `one` of `the Oslo one`, which stands for the noun."""
    tokens = tokens_of(fragment, grammar)
    is_so = len(tokens) > 1 and _stands_in(tokens[-1], grammar)
    return fragment[: tokens[-2].end] if is_so else fragment


def _stands_in(token: Token, grammar: Grammar) -> bool:
    return grammar.has("stand_ins", token.key)


def _replaced(before: str, kind: re.Pattern[str], other: str) -> str | None:
    spans = [match.span() for match in kind.finditer(before)]
    return before[: spans[0][0]] + other + before[spans[0][1] :] if len(spans) == 1 else None


def _another_year(before: str, fragment: str, grammar: Grammar) -> str:
    """`The year before`, counted from the one year of the question."""
    years = [slot for slot in slots_of(before, grammar) if slot.kind == "year"]
    keys = tuple(token.key for token in tokens_of(fragment, grammar))
    step = (keys in grammar.words["year_after"]) - (keys in grammar.words["year_before"])
    if not step or len(years) != 1:
        return ""
    [slot] = years
    found = re.search(r"(?:19|20)\d\d", before[slot.start : slot.end])
    if found is None:
        return ""
    start = slot.start + found.start()
    return f"{before[:start]}{int(found[0]) + step}{before[start + 4 :]}"


def _modified(before: str, fragment: str, grammar: Grammar) -> str | None:
    """`The red one` after `the blue valve`; of several such nouns nothing tells which it means."""
    own = tokens_of(fragment, grammar)
    alike = [one.kind for one in own[:-1]]
    if alike not in (["article", "word"], ["article", "name"]) or not _stands_in(own[-1], grammar):
        return ""
    tokens = tokens_of(before, grammar)
    kinds = [one.kind for one in tokens]
    places = [n for n in range(len(tokens)) if kinds[n : n + 3] == [*alike, "word"]]
    if len(places) != 1:
        return None if places else ""
    [place] = places
    return before[: tokens[place + 1].start] + own[1].text + before[tokens[place + 1].end :]
