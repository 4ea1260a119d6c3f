"""Whether what is picked as the highest or lowest of a table stands at an end of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.answer import Check
from graph.query.analysis import QuestionAnalysis, analyse
from graph.query.intent_patterns import patterns_for
from graph.verification.checks.cell_check import is_value
from graph.verification.checks.clause_check import clauses_of
from graph.verification.statements.facts import periods_of, years_of
from graph.verification.statements.naming import Label, naming, spoken
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import vocabulary_of
from loaders.chunking.table import DataCell, Table
from loaders.text.label_units import is_total
from loaders.text.quantities import Mention
from loaders.text.tokenizer import fold

Group = list[DataCell]
_SLACK = Decimal("0.002")
_LEAST = 2
"""The cell, and itself among the others: there is nothing to compare it with."""


def order_faults(statement: Statement, *, is_whole: bool = True) -> Iterator[Check]:
    """The one value of a clause that picks is held against those that it was picked from.

    Those are the cells of its row, or of its column, that count in the same unit; which of the
    two, the question tells that names the other. An answer of one value picks what was asked for.
    """
    asked = analyse(statement.evidence.question, statement.evidence.language)
    if asked.bound or asked.operation:
        return
    if is_whole and asked.order and len(statement.values) == 1:
        yield from _not_first(statement, statement.values[0], asked)
        return
    for clause in clauses_of(statement.text, statement.evidence.language):
        known = patterns_for(clause.vocabulary.language).of("order", fold(clause.text))
        values = replace(statement, text=clause.text).values
        if len({"highest", "lowest"} & set(known)) == 1 and len(values) == 1:
            yield from _not_first(statement, values[0], asked)


def _not_first(statement: Statement, number: Mention, asked: QuestionAnalysis) -> Iterator[Check]:
    groups = [
        group
        for source in statement.sources
        for table in source.tables
        for cell in table.cells()
        if is_value(number, cell) and not _says_order(cell, f"{source.section} {source.caption}")
        for group in _groups(cell, table, asked)
        if len(group) > _LEAST
    ]
    if groups and not any(_is_first(group) for group in groups):
        yield Check(what="order", text=number.text, why="is neither the highest nor the lowest")


def _says_order(cell: DataCell, title: str) -> bool:
    """Whether what heads it says it: `Lower limit` is not the lowest of its column."""
    heads = " ".join((*cell.row_path, *cell.column_path, title))
    known = patterns_for(vocabulary_of(heads).language).of("order", fold(heads))
    return bool({"highest", "lowest"} & set(known) or {"@min", "@max"} & spoken(heads).keys())


def _groups(cell: DataCell, table: Table, asked: QuestionAnalysis) -> Iterator[Group]:
    """Each begins with the cell itself."""
    cells = [one for one in table.cells() if _is_like(one, cell)]
    words = spoken(asked.question)
    rows = naming([one.row_path for one in table.cells()], words).named
    columns = naming([one.column_path for one in table.cells()], words).named
    years = frozenset(asked.years)
    row = [one for one in cells if one.row == cell.row and _is_asked(one.column_path, columns)]
    column = [one for one in cells if one.column == cell.column and _is_asked(one.row_path, rows)]
    if any(_years(one) for one in row) and years:  # a caption may name the only one
        row = [one for one in row if _years(one) & years]
    if len(rows) != 1 or len(columns) == 1:
        yield _without_sum([cell, *column])
    if len(columns) != 1 or len(rows) == 1:
        yield _without_sum([cell, *row])


def _years(cell: DataCell) -> frozenset[str]:
    return frozenset(years_of(periods_of(" ".join(cell.column_path))))


def _is_asked(path: tuple[str, ...], named: Sequence[Label]) -> bool:
    """Whether it is one of several that the question compares, if it names several."""
    return len(named) < 2 or any(label.path == path for label in named)


def _is_like(one: DataCell, cell: DataCell) -> bool:
    mine, other = cell.quantity, one.quantity
    if mine is None or other is None or any(map(is_total, (*one.row_path, *one.column_path))):
        return False
    return (mine.unit, mine.currency, mine.scale) == (other.unit, other.currency, other.scale)


def _without_sum(group: Group) -> Group:
    """Without a total that nothing calls so: it is the sum of all others."""
    first, *others = group
    amounts = {id(cell): cell.amount or Decimal(0) for cell in others}
    whole = sum(amounts.values())
    kept = [
        cell
        for cell in others
        if len(others) <= _LEAST + 1 or not _is_sum(amounts[id(cell)], whole - amounts[id(cell)])
    ]
    return [first, *kept]


def _is_sum(total: Decimal, parts: Decimal) -> bool:
    """As rounded numbers add up."""
    return abs(total - parts) <= _SLACK * abs(total)


def _is_first(group: Group) -> bool:
    """At either end: the best time is the lowest, and the largest loss."""
    values = [cell.amount for cell in group if cell.amount is not None]
    return not values or values[0] in (min(values), max(values))
