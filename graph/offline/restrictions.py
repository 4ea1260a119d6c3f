"""Whether a title says more of what its table measures than a question does: it is a part then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache

from graph.offline.cell_selection import words_of_change
from graph.offline.header_matching import TableMatch
from graph.offline.spare_words import as_price, is_of_time, is_price, spoken
from graph.offline.table_view import TableView
from graph.offline.untold import joined_in, left_out, measured, noun_phrases
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in
from loaders.text.captions import bare_caption
from loaders.text.dates import dates_in, days_without_year, months_in
from loaders.text.languages import any_of, words_of
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import fold, is_cjk, is_generic, is_stop
from loaders.text.units import BRACKETS, units_told

_CLAUSE = re.compile(r"[.:;]\s+|\s[–—-]\s|\s*\(")
MOST_WORDS = 12
"""Of a title; a longer one is a sentence."""


def is_restricted(match: TableMatch, analysis: QuestionAnalysis) -> bool:
    """`Exports of machinery` are not the exports, nor `GDP per capita` the GDP.

    Who takes what is measured from a title alone takes all that it says of it, but for what the
    question, the heads, the section or the document say too. A price list sells what it sells.
    """
    taken = _taken(match)
    phrases = list(_phrases(match.view))
    if any(_is_of_change(one, match.view, taken, analysis) for one in phrases):
        return True
    things = [term for term in taken if not is_price(as_price(term))]
    if not things or _is_told_by_heads(match, things, analysis):
        return False
    known = _known(match.view) | keys_in(analysis.question)
    for phrase in phrases:
        head = _head_of(phrase, analysis.language)
        if any(holds(head, term.key) for term in things):
            rest = keys_in(phrase) - _rivals(phrase, known) - left_out(phrase)
            return any(not (holds(known, key) or _is_neutral(key)) for key in rest)
    return False


def _taken(match: TableMatch) -> list[Token]:
    """The words of a question that are said around a table, and by no head of it."""
    alone = [match.terms[at] for at in match.around if at not in match.placed]
    corner = match.view.corner
    return [one for one in alone if not (one.key.isdigit() or holds(corner, one.key))]


def _is_told_by_heads(
    match: TableMatch, taken: Sequence[Token], analysis: QuestionAnalysis
) -> bool:
    """Whether a row and a column are named that is no date: the title says what the rows are.

    What `how many` counts is told by the title all the same.
    """
    named = [one for one in match.columns if one.is_by_label]
    places = frozenset().union(*(one.places for one in named))
    is_measured = any(not (match.terms[at].is_year or is_of_time(match.terms[at])) for at in places)
    return bool(match.rows) and is_measured and analysis.counted not in taken


def _is_of_change(
    phrase: str, view: TableView, taken: Sequence[Token], analysis: QuestionAnalysis
) -> bool:
    """Whether a title measures the growth or the share of a thing, and that thing is asked for.

    By how much a growth has changed is not what `by how much did it grow` asks.
    """
    first = next(iter(noun_phrases(phrase)), [])
    said, head = keys_in(phrase), keys_in(" ".join(one.text for one in first))
    changes = head & words_of_change()
    if changes and analysis.is_change:
        return _are_percent(view)
    own = [one for one in taken if holds(said, one.key)]
    if changes:
        asked = keys_in(analysis.question)
        return bool(own) and not any(holds(asked, key) for key in changes)
    says_share = patterns_for(analysis.language).asks["percent"].search(fold(phrase))
    is_of_other = any(not holds(head, one.key) for one in own)
    asks_share = "percent" in analysis.asks
    return bool(says_share) and is_of_other and not asks_share and _are_percent(view)


def _are_percent(view: TableView) -> bool:
    numbers = [cell.quantity for cell in view.cells.values() if cell.quantity]
    return bool(numbers) and all(one.percent for one in numbers)


def _head_of(phrase: str, language: str) -> frozenset[str]:
    """The noun of a phrase: the first of `exportaciones brutas`, the last of `gross exports`."""
    known = patterns_for(language).titles
    first = [one.text for one in next(iter(noun_phrases(phrase)), [])]
    nouns = [one for one in first if not re.fullmatch(known["participle"], fold(one))] or first
    return keys_in(nouns[0 if known["noun"] == "first" else -1]) if nouns else frozenset()


def _phrases(view: TableView) -> Iterator[str]:
    """What the lines of a title measure, each without what parts its numbers, and dates."""
    for line in (view.source.caption, *view.table.titles):
        text = bare_caption(line)
        if len(text.split()) > MOST_WORDS or is_cjk(text):
            continue
        for start, end, _ in reversed(units_told(text)):
            text = f"{text[:start]} ( {text[end:]}"
        for clause in map(_without_days, _CLAUSE.split(BRACKETS.sub(" ", text))):
            rate = _rate().search(fold_in_place(clause))
            tail = clause[rate.end() :] if rate else ""
            is_parted = any(holds(_known(view), key) for key in keys_in(tail))  # `per quarter`
            yield f"{measured(clause)}; {'' if is_parted else tail}"


def _without_days(text: str) -> str:
    """Without dates to the day: what is counted at the end of a year is counted in it."""
    found = {(one.start, one.end) for one in (*dates_in(text), *days_without_year(text))}
    for start, end in sorted(found, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


@cache
def _rate() -> re.Pattern[str]:
    """Behind it stands what a figure is per: `per capita`."""
    return re.compile(rf"\b(?:{any_of(words_of('unit_lines', 'per'))})\b")


@lru_cache(maxsize=256)
def _rivals(phrase: str, known: Set[str]) -> frozenset[str]:
    """What a title joins and nobody asks for."""
    every = (one for things in joined_in(phrase.partition(";")[0]) for one in things)
    return frozenset().union(*(one for one in every if known.isdisjoint(one)))


def _known(view: TableView) -> frozenset[str]:
    """What is said beside the title: by heads, rows, section and document."""
    named = keys_in(str(view.source.chunk.metadata.get("title", "") or ""))
    return view.corner.union(view.label_keys, named, *view.levels[1:])


@cache
def _neutral() -> frozenset[str]:
    """Words that make no part of a thing: small words, `number`, `overview`, `year`."""
    lists = ("form", "light", "whole", "year", "dated", "numbers")
    return frozenset({"@total", "@number", "@full_year", "@average"}).union(*map(spoken, lists))


def _is_neutral(key: str) -> bool:
    if months_in(key):
        return False  # of January to September, and of no year
    is_number = not any(map(str.isalpha, key))
    return is_number or key in _neutral() or is_stop(key) or is_generic(key)
