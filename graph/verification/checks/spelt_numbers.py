"""What an answer says without digits: counts, fractions, multiples, days and months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from graph.answer import Check
from graph.query.subject_terms import tokens_of
from graph.verification.checks.derived import is_derived
from graph.verification.checks.number_match import UNPROVEN
from graph.verification.statements.facts import (
    Fact,
    as_mention,
    periods_of,
    values_of,
    years_of,
)
from graph.verification.statements.naming import naming, spoken
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import Ratio, meanings, phrases_in, vocabularies
from loaders.chunking.table import Table
from loaders.text.dates import Date, dates_in, days_without_year, month_years_in, months_in
from loaders.text.number_words import Spelt, counts_in, fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.scale_words import scale_of

_FEWEST_ITEMS = 2
_LONGEST_ITEM = 4
_COMPOUND = re.compile(r"-[^\W\d_]+")
_LONG = 12
"""Words of an item, if there are as many items as are said."""
_NEAR = Decimal("0.15")
"""Part of it by which a word may be from what it is called: more than a third, knapp die Hälfte."""


def spelt_faults(
    statement: Statement,
    results: Sequence[Mention],
    borne: Sequence[tuple[Mention, Fact]],
    *,
    is_computed: bool,
) -> Iterator[Check]:
    """Numbers in words that neither words nor digits of a source bear out."""
    ratios = [*statement.vocabulary.fractions(statement.text)]
    ratios += statement.vocabulary.multiples(statement.text)
    ratios = [ratio for ratio in ratios if not _is_of_compound(ratio, statement)]
    known = _known(statement) | {number.value for number in results}
    counts = [
        one
        for one in counts_in(statement.text, (statement.vocabulary.language,))
        if not any(ratio.start <= one.start < ratio.end for ratio in ratios)
        and scale_of(one.text) == 1  # per million
    ]
    listed = {one.value for one in counts if one.value in _lists(statement, one.end)}
    listed |= {one.value for one in counts_in(statement.evidence.question)}  # is said again
    for count in counts:
        if count.value in listed or is_derived(statement, as_mention(count), borne):
            continue
        yield from _count_faults(statement, count, known, is_listed=bool(listed))
    said = [number.amount for number in statement.values]
    for ratio in ratios:
        if phrase := _phrase_of(ratio, statement.text):
            if not _knows(statement, phrase):
                yield Check(what=UNPROVEN, text=ratio.text, why="")
        elif not (
            _is_said(ratio, statement, is_computed)
            or _is_ratio(ratio.value, said)
            or _is_gloss(ratio, statement)
        ):
            yield _nowhere(ratio.text)


def _count_faults(
    statement: Statement, count: Spelt, known: Set[Decimal], *, is_listed: bool
) -> Iterator[Check]:
    """A count of what the answer itself lists needs no source."""
    items = _items(statement, count.end)
    if items >= _FEWEST_ITEMS and not is_listed:
        yield Check(what="count", text=count.text, why=f"is not how many are listed: {items}")
    elif count.value not in known:
        yield _nowhere(count.text)


def _lists(statement: Statement, place: int) -> range:
    """How many items a list may have behind a count; an `and` may part two or stand in one."""
    most, rest = _items(statement, place, _LONG), statement.text[place:].partition(":")[2]
    return range(len(re.findall(r"[;、，]|,(?!\d)", rest)) + 1 if rest.strip() else most, most + 1)


def _items(statement: Statement, place: int, longest: int = _LONGEST_ITEM) -> int:
    """How many short items a sentence or the answer lists behind a count and a colon."""
    _, colon, rest = statement.text[place:].partition(":")
    if not colon or not rest.strip():
        return statement.listed if colon else 0
    joins = statement.vocabulary.joins.sub(",", fold_in_place(rest))
    items = [item for item in re.split(r"[;、，]|,(?!\d)", joins) if item.strip(" .")]
    return len(items) if all(len(item.split()) <= longest for item in items) else 0


def _is_of_compound(ratio: Ratio, statement: Statement) -> bool:
    """Whether it begins a word that a source has so: a half-life is no half."""
    whole = _COMPOUND.match(statement.text, ratio.end)
    word = fold_in_place(statement.text[ratio.start : whole.end()]) if whole else ""
    texts = (one.everything for one in statement.around)
    return bool(word) and any(word in fold_in_place(text) for text in texts)


def _phrase_of(ratio: Ratio, text: str) -> str:
    """What the phrase means that a fraction's word is a part of: the first half is a period."""
    parts = (one for one in tokens_of(text) if one.start <= ratio.start and ratio.end <= one.end)
    return next((one.key for one in parts if one.key.startswith("@")), "")


def _knows(statement: Statement, meaning: str) -> bool:
    """Whether a source has the phrase, or the same part of a year: six months, first half."""
    texts = [
        f"{source.everything}\n{source.document.replace('_', ' ')}" for source in statement.sources
    ]
    texts.append(statement.evidence.question)
    spans = [phrases_in("spans", text) for text in (statement.text, *texts)]
    is_same_span = any(spans[0] & one for one in spans[1:-1])
    return is_same_span or any(meaning in meanings(text) for text in texts)


def date_faults(statement: Statement) -> Iterator[Check]:
    """Days and months of a year that no source names; beside a value the question may."""
    sources = statement.around if statement.values else statement.sources
    texts = [source.everything for source in sources]
    if statement.values or statement.is_denial:
        texts.append(statement.evidence.question)
    known = [(date, _is_known) for date in dates_in(statement.text)]
    known += [(month, _has_month) for month in month_years_in(statement.text)]
    for date, is_in in known:
        if not any(is_in(date, text) for text in texts) and not _is_of_heads(date, statement):
            yield _nowhere(date.text)


def _is_of_heads(date: Date, statement: Statement) -> bool:
    """Whether the lines and heads of a table make it up: `Year ended 30 September`, and `2022`."""
    for source in statement.sources:
        for table in source.tables:
            paths = {one.column_path for one in table.cells()}
            corner = table.grid.text(table.header_rows - 1, 0) if table.header_rows else ""
            of_all = " ".join([source.caption, corner, *table.titles])
            for path in paths:  # a day that heads one column alone is of no year of another
                said = [f"{label} " for label in path]
                days = days_without_year("; ".join([of_all, *said]))
                is_day = any(
                    one.month == date.month and (not date.day or one.day == date.day)
                    for one in days
                )
                if is_day and str(date.year) in years_of(periods_of("; ".join(said))):
                    return True
    return False


def _known(statement: Statement) -> set[Decimal]:
    """The counts of the sources, in digits or words; no digits of names."""
    known: set[Decimal] = set()
    for source in statement.sources:
        known |= {count.value for count in counts_in(source.everything, vocabularies())}
        known |= {
            number.value
            for fact in statement.facts
            for number in fact.numbers
            if not number.in_name
        }
        known |= {Decimal(_rows_named(table, statement)) for table in source.tables}
        known |= {Decimal(len({one.row for one in table.cells()})) for table in source.tables}
    return known


def _rows_named(table: Table, statement: Statement) -> int:
    """How many of a table's rows the answer names."""
    paths = list(dict.fromkeys(cell.row_path for cell in table.cells()))
    return len({one.path for one in naming(paths, spoken(statement.answer), are_rows=True).named})


def _is_said(ratio: Ratio, statement: Statement, is_computed: bool) -> bool:
    """Whether a source has it in words or as a number; a result says it in its own way."""
    if is_computed and (not statement.values or any(one.percent for one in statement.values)):
        return True
    for source in statement.sources:
        for vocabulary in vocabularies().values():
            found = vocabulary.fractions(source.everything) + vocabulary.multiples(
                source.everything
            )
            same = (
                one
                for one in found
                if one.value == ratio.value and not _COMPOUND.match(source.everything, one.end)
            )
            if any(not _phrase_of(one, source.everything) for one in same):
                return True
    wanted = {ratio.value, ratio.value * 100} if ratio.value < 1 else {(ratio.value - 1) * 100}
    numbers = (number for fact in statement.facts for number in fact.numbers)
    return any(
        number.percent and values_of(number) & (wanted - {ratio.value}) for number in numbers
    )


def _is_ratio(value: Decimal, said: Sequence[Decimal]) -> bool:
    """Whether two numbers of the sentence stand in this proportion."""
    pairs = ((one, other) for one in said for other in said if one is not other and other)
    return any(abs(abs(one / other) - value) <= _NEAR * value for one, other in pairs)


def _is_gloss(ratio: Ratio, statement: Statement) -> bool:
    """Whether a percentage of the sentence is told in a word as well: more than a third: 38 %."""
    shares = (number.value / 100 for number in statement.values if number.percent)
    return any(abs(share - ratio.value) <= _NEAR * ratio.value for share in shares)


def _is_known(date: Date, text: str) -> bool:
    """Whether the day is named; or its parts are, in a form that is not known here."""
    dates = dates_in(text)
    if any(date.agrees(other) for other in dates):
        return True
    parts = {Decimal(date.day), Decimal(date.year or date.day)}
    values = {number.value for number in numbers_in(text)}
    return date.month in months_in(text) and parts <= values and not dates


def _has_month(date: Date, text: str) -> bool:
    """Whether a text has the month of that year, or both apart as a table's headers have them."""
    told = [*month_years_in(text), *dates_in(text)]
    if any((one.month, one.year) == (date.month, date.year) for one in told):
        return True
    bare = text
    for one in told:
        bare = bare.replace(one.text, " ")
    return date.month in months_in(bare) and str(date.year) in text


def _nowhere(text: str) -> Check:
    return Check(what="number", text=text, why="stands in no cited source")
