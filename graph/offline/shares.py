"""A part and the whole that it is a share of: a total, its group's, or one that is named."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph.offline.cell_selection import select
from graph.offline.ended_periods import PERIODS
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import undisputed
from graph.offline.spare_words import is_of_whole, spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.subject_terms import Token
from loaders.text.label_units import is_part_of
from loaders.text.tokenizer import fold

HUNDRED = Decimal(100)
CAPTION = 0
"""The level of the surroundings of a table that tells what it is of."""


def part_and_whole(view: EvidenceView, terms: Sequence[Token]) -> list[FoundCell]:
    """A part and the total that it is a part of, from one column of one table."""
    return undisputed(view.complete(terms), lambda match: _with_its_total(view, match))


def _with_its_total(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    table = match.view
    selection = select(match, view.analysis)
    found = selection.cells if selection else []
    if _is_whole_of_row(view.analysis, match):
        return []
    if both := _part_beside_whole(view.analysis, match, found):
        return both
    said = [cell.row for cell in found if cell.row.index in table.totals]
    cells = [cell for cell in found if cell.row.index not in table.totals]
    if table.total_columns and not _are_of_whole_columns(table, cells):
        is_named = any(level <= CAPTION for level in match.around.values())
        return _with_its_total_column(table, found) if is_named else []
    whole = said or _parent_of(table, cells) or _totals_of(match, cells)
    if len(cells) != 1 or len(whole) != 1:
        return []
    total = table.at(whole[0].index, cells[0].column.index)
    return [cells[0], total] if total is not None else []


def _are_of_whole_columns(table: TableView, cells: Sequence[FoundCell]) -> bool:
    return bool(cells) and all(one.column.index in table.total_columns for one in cells)


def _parent_of(table: TableView, cells: Sequence[FoundCell]) -> list[Heading]:
    """The row of which another is a part, as its label says: `of which exports`."""
    groups = {one.row.path[:-1] for one in cells if is_part_of(one.row.label)}
    return [row for row in table.rows if row.path in groups]


def _totals_of(match: TableMatch, cells: Sequence[FoundCell]) -> list[Heading]:
    """The total row of the group that the question names with its part; else that of the table.

    The total of another group is the whole of no part of this one.
    """
    table = match.view
    groups_of = [one.row.path[:-1] for one in cells]
    totals = [
        row
        for row in table.rows
        if row.index in table.totals
        and all(own[: len(row.path) - 1] == row.path[:-1] for own in groups_of)
    ]
    named = [one for one in match.rows if not one.is_by_label or len(one.slots) > 1]
    groups = {one.heading.path[:-1] for one in named} & {one.row.path[:-1] for one in cells}
    of_group = [row for row in totals if row.path[:-1] in groups and row.path[:-1]]
    return of_group or totals


def _is_whole_of_row(analysis: QuestionAnalysis, match: TableMatch) -> bool:
    """Whether the whole is said to be the row's and not the column's: `all sales of Ulm`."""
    words = spoken("whole")  # `total revenue` is one term
    starts = [one.start for one in analysis.every_term if words & {*fold(one.text).split()}]
    named = [
        (match.terms[place].start, is_row)
        for headings, is_row in ((match.rows, True), (match.columns, False))
        for one in headings
        for place in one.places
        if not _is_of_no_axis(match.terms[place])
    ]
    behind = sorted(one for one in named if starts and one[0] > starts[0])
    return bool(behind) and behind[0][1] and not all(is_row for _, is_row in named)


def _is_of_no_axis(term: Token) -> bool:
    """Whether a term only dates, or says the whole: of both a row and a column may be."""
    return term.is_year or term.key in PERIODS or is_of_whole(term)


def _part_beside_whole(
    analysis: QuestionAnalysis, match: TableMatch, found: Sequence[FoundCell]
) -> list[FoundCell]:
    """The two that are named: the smaller is the part, for no part is more than its whole.

    A total is part of nothing, rates are parts of different wholes, and two that `and` joins, or
    that one total adds up, are two parts.
    """
    if analysis.conjuncts or _are_sisters(match, found):
        return []
    told = {one.heading for one in (*match.rows, *match.columns) if one.is_by_label}
    axes = [{one.row for one in found}, {one.column for one in found}]
    if any(len(axis) > 1 and not axis <= told for axis in axes):
        return []
    amounts = [(one.amount, one) for one in found if one.amount is not None]
    if len(amounts) != len(found) or len(found) != 2 or amounts[0][0] == amounts[1][0]:
        return []
    part, whole = (one for _, one in sorted(amounts, key=lambda pair: pair[0]))
    is_total = part.row.index in match.view.totals or part.column.index in match.view.total_columns
    is_rate = part.cell.quantity is not None and part.cell.quantity.percent
    return [] if is_total or is_rate else [part, whole]


def _are_sisters(match: TableMatch, found: Sequence[FoundCell]) -> bool:
    """Whether the cells stand in two rows, or two columns, of which a total is the sum."""
    rows, columns = {one.row.index for one in found}, {one.column.index for one in found}
    table = match.view
    return (len(rows) > 1 and bool(table.totals) and not rows & table.totals) or (
        len(columns) > 1 and bool(table.total_columns) and not columns & table.total_columns
    )


def are_of_one_whole(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether percentages are shares of one whole: with the others of their column they are 100."""
    columns = {one.column for one in cells}
    for table in view.views if len(columns) == 1 else []:
        if any(table.at(one.row.index, one.column.index) != one for one in cells):
            continue
        rows = [row for row in table.rows if row.index not in table.totals]
        every = [table.at(row.index, cells[0].column.index) for row in rows]
        parts = [one.amount for one in every if one is not None and one.amount is not None]
        if abs(sum(parts, -HUNDRED)) <= 1:
            return True
    return False


def _with_its_total_column(table: TableView, found: Sequence[FoundCell]) -> list[FoundCell]:
    """A column's part of the total column in the row of the totals: elsewhere are two wholes."""
    parts = [one for one in found if one.column.index not in table.total_columns]
    if len(parts) != 1 or parts[0].row.index not in table.totals:
        return []
    column = parts[0].column
    wholes = [
        one
        for one in table.columns
        if one.index in table.total_columns and one.years == column.years
    ]
    total = table.at(parts[0].row.index, wholes[0].index) if len(wholes) == 1 else None
    return [parts[0], total] if total is not None else []
