"""Whether what is said to rise has risen, by the values of the answer or of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from graph.answer import Check, Computed
from graph.verification.checks.calculation_check import evaluate
from graph.verification.checks.difference_check import holds, is_difference
from graph.verification.statements.facts import Fact, periods_of, values_of, years_of
from graph.verification.statements.pointing import periods_told
from graph.verification.statements.statement import MARKS, Statement
from graph.verification.statements.vocabulary import (
    Direction,
    Vocabulary,
    language_in,
    vocabulary_of,
)
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in

_CLAUSE = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；、]")
_APART = re.compile(r"\w{4,}|\d")
"""A long word or another number between a small word and a value: `de 12 % (1 623 GWh)`."""
_DIFFERENCE = re.compile(r"[-−–]")


def direction_faults(statement: Statement, computed: Sequence[Computed]) -> Iterator[Check]:
    """The words for a rise or a fall that the values contradict; and values that run backwards."""
    yield from list(_contradicted(statement, computed)) or _backwards(statement)


def _contradicted(statement: Statement, computed: Sequence[Computed]) -> Iterator[Check]:
    found = _words(_without_labels(statement), statement.vocabulary)
    if len({direction for direction, _, _ in found}) != 1:
        return
    direction, word, _ = found[0]
    if statement.vocabulary.negation.search(fold_in_place(statement.text)):
        return
    told = (
        _told(statement)
        or _told(_whole(statement))
        or _of_source(statement)
        or _of_result(statement, computed)
    )
    if told and told != direction:
        why = f"is not what the values say: {'a rise' if told == 'up' else 'a fall'}"
        yield Check(what="direction", text=word, why=why)


def _backwards(statement: Statement) -> Iterator[Check]:
    """`from 5.4 to 5.9`, where the source goes from 5.9 to 5.4, or dates the 5.4 later."""
    first, last = ends_of(statement.text, statement.values, statement.vocabulary)
    if first is None or last is None or first.amount == last.amount:
        return
    begins, ends = ([f for f in statement.facts if holds(f, value)] for value in (first, last))
    pairs = [
        (_told_ends(one, first, last) if one is other else _years_apart(one, other))
        for one in begins
        for other in ends
        if one.source is other.source
    ]
    if pairs and -1 in pairs and 1 not in pairs:
        yield Check(what="direction", text=first.text, why="is the later value in the source")


def ends_of(
    text: str, values: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[Mention | None, Mention | None]:
    """What something was, and what it became, where a text says both."""
    folded, amounts = fold_in_place(text), [one for one in values if not one.percent]
    values = amounts if len(amounts) > 1 else values
    return _first_and_last(values, folded, vocabulary)


def _first_and_last(
    values: Sequence[Mention], folded: str, vocabulary: Vocabulary
) -> tuple[Mention | None, Mention | None]:
    """Of several values behind `from` the one right before `to`: `diminué de 22, de 80 à 58`."""
    begins = _behind(values, folded, vocabulary.from_words)
    ends = [one for one in _behind(values, folded, vocabulary.to_words) if one not in begins[:1]]
    last = ends[0] if ends else None
    before = [one for one in begins if last and one is not last and one.start < last.start]
    others = [one for one in begins if one is not last]
    return next(iter(before[-1:] or others), None), last


def _told_ends(fact: Fact, first: Mention, last: Mention) -> int:
    """Whether a sentence has two values in this order: 1, in the other: -1, or does not say: 0."""
    language = language_in(fact.source.everything) or "en"
    begins, ends = ends_of(fact.text, fact.numbers, vocabulary_of(fact.text, language))
    if fact.cell or begins is None or ends is None:
        return 0
    wanted = [values_of(first), values_of(last)]
    said = [values_of(begins), values_of(ends)]
    return (
        1
        if all(map(set.intersection, wanted, said))
        else -1
        if all(map(set.intersection, wanted, reversed(said)))
        else 0
    )


def _years_apart(one: Fact, other: Fact) -> int:
    """By the years of two cells of one row."""
    if not one.cell or not other.cell or one.cell.row_path != other.cell.row_path:
        return 0
    mine, theirs = sorted(years_of(one.periods)), sorted(years_of(other.periods))
    return (mine < theirs) - (mine > theirs) if mine and theirs else 0


def _whole(statement: Statement) -> Statement:
    """The sentence that it is a part of, unless that has words of its own for other values."""
    whole = replace(statement, text=MARKS.sub(" ", statement.whole or statement.text))
    one_way = len({way for way, _, _ in _words(whole.text, whole.vocabulary)}) == 1
    return whole if one_way else statement


def _without_labels(statement: Statement) -> str:
    """A sentence without the names of rows and columns: `Contract liabilities` contract nothing.

    Their letters give way to as many dots. A name of one word says what the sentence says, and one
    with a value below zero says a direction that the value may not have: `Net increase`, (5.2).
    """
    text = statement.text
    cells = [one for table in statement.tables for one in table.cells()]
    below = [one for one in cells if one.quantity and one.quantity.value < 0]
    labels, signed = (
        {label.strip() for one in some for label in one.row_path + one.column_path}
        for some in (cells, below)
    )
    for label in labels - signed:
        if len(label.split()) > 1 and vocabulary_of(label).moves(label):
            name = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
            text = name.sub(lambda found: "." * len(found[0]), text)
    return text


def _words(text: str, vocabulary: Vocabulary) -> list[tuple[Direction, str, int]]:
    folded = fold_in_place(text)
    found: list[tuple[Direction, str, int]] = []
    for direction, pattern in (("up", vocabulary.up), ("down", vocabulary.down)):
        for match in pattern.finditer(folded):
            end = re.compile(r"\w*").match(folded, match.end())
            word = text[match.start() : end.end() if end else match.end()]
            found.append(("up" if direction == "up" else "down", word, match.start()))
    return found


def _told(statement: Statement) -> Direction | None:
    """By two values of the sentence: from one to another, or with a year each."""
    amounts = [one for one in statement.values if not one.percent]
    values = amounts or statement.values
    if len(values) < 2:
        return None
    text = fold_in_place(statement.text)
    first, last = _first_and_last(values, text, statement.vocabulary)
    if first and last is None and len(values) == 2 and values[1] is first:
        moved = _words(statement.text[values[0].end : first.start], statement.vocabulary)
        last = values[0] if moved else None  # 214, down from 198
    if first and last and first is not last:
        return _compared(first.amount, last.amount)
    return _dated(statement, values)


def _behind(values: Sequence[Mention], text: str, pattern: re.Pattern[str]) -> list[Mention]:
    """The values that follow such a word at once."""
    found = []
    for value in values:
        before = text[max(0, value.start - 14) : value.start]
        matches = list(pattern.finditer(before))
        if matches and not _APART.search(before[matches[-1].end() :]):
            found.append(value)
    return found


def _dated(statement: Statement, values: Sequence[Mention]) -> Direction | None:
    years = [one.key for one in periods_told(statement.text) if one.key.isdigit()]
    if len(years) != 2 or len(values) != 2 or years[0] == years[1]:
        return None
    if not all(any(holds(fact, one) for fact in statement.facts) for one in values):
        return None  # by how much it changed is no value of a year
    pairs = sorted(zip(years, values, strict=True), key=lambda one: one[0])
    return _compared(pairs[0][1].amount, pairs[1][1].amount)


def _of_source(statement: Statement) -> Direction | None:
    """By the source: its own word for it, or the row's value of the year before."""
    text = fold_in_place(statement.text)
    start = _behind(statement.values, text, statement.vocabulary.from_words)[:1]
    for number in (one for one in statement.values if one not in start):
        for fact in statement.facts:
            if not any(values_of(number) & values_of(one) for one in fact.numbers):
                continue
            told = _of_change(number, fact) or _of_fact(statement, number, fact)
            if told:
                return told
    return None


def _of_change(number: Mention, fact: Fact) -> Direction | None:
    """By the sign of a cell under a head that calls it a change, and no decline."""
    if not (number.percent and fact.cell and fact.cell.amount and is_difference(fact)):
        return None
    is_decline = vocabulary_of(fact.heads).down.search(fold_in_place(fact.heads))
    return None if is_decline else _compared(Decimal(0), fact.cell.amount)


def _of_fact(statement: Statement, number: Mention, fact: Fact) -> Direction | None:
    if not fact.words & statement.near(number):
        return None
    if fact.cell is not None:
        return _beside(statement, fact) if len(statement.values) == 1 else None
    clause = _clause_of(fact.text, number)
    said = {one for one, _, _ in _words(clause, vocabulary_of(fact.text))}
    return said.pop() if len(said) == 1 else None


def _clause_of(text: str, number: Mention) -> str:
    joins = vocabulary_of(text).joins.finditer(fold_in_place(text))
    ends = sorted(match.start() for match in (*_CLAUSE.finditer(text), *joins))
    for start, end in pairwise([0, *ends, len(text)]):
        clause = text[start:end]
        if any(values_of(number) & values_of(one) for one in numbers_in(clause)):
            return clause
    return text


def _beside(statement: Statement, fact: Fact) -> Direction | None:
    """The cell's value against that of the year before in its row."""
    mine = years_of(fact.periods)
    if fact.cell is None or fact.cell.amount is None or len(mine) != 1:
        return None
    if statement.periods and not mine & statement.periods:
        return None
    year = int(next(iter(mine)))
    for other in statement.facts:
        if other.source is not fact.source or other.cell is None or other.cell.amount is None:
            continue
        is_row = other.cell.row_path == fact.cell.row_path and other.cell.row == fact.cell.row
        if is_row and years_of(other.periods) == {str(year - 1)}:
            return _compared(other.cell.amount, fact.cell.amount)
    return None


def _of_result(statement: Statement, computed: Sequence[Computed]) -> Direction | None:
    """By the sign of a difference that was worked out."""
    for one in computed:
        results = numbers_in(one.result)
        worth = evaluate(one.expression)
        if worth is None or not results or not _DIFFERENCE.search(one.expression):
            continue
        if any(values_of(number) & values_of(results[0]) for number in statement.values):
            return _compared(Decimal(0), -worth if _begins_with_the_past(one) else worth)
    return None


def _begins_with_the_past(computed: Computed) -> bool:
    """Whether the later value was taken from the earlier one: what is left is a fall."""
    first, *rest = (_year_of(one, computed) for one in numbers_in(computed.expression)[:2])
    return bool(first and rest and rest[0] and first < rest[0])


def _year_of(number: Mention, computed: Computed) -> str:
    """The one year of the cells that hold a number of the formula; empty if there is none."""
    years = {
        year
        for cell in computed.cells
        if any(values_of(number) & values_of(one) for one in numbers_in(cell.value))
        for year in years_of(periods_of(" ".join((*cell.row, *cell.column))))
    }
    return years.pop() if len(years) == 1 else ""


def _compared(before: Decimal, after: Decimal) -> Direction | None:
    if before == after:
        return None
    if before < 0 and after < 0:  # a loss of 3 after one of 5 has fallen, or the result has risen
        return None
    return "up" if after > before else "down"
