"""The first or the last of several: which row of a column, or which column of a row."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal
from functools import partial

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import listed, say
from graph.offline.asked_measure import is_counted_as_asked, is_of_its_months
from graph.offline.cell_selection import (
    columns_meant,
    gives_percent,
    says_nothing_else,
    wants_percent,
    without_whole,
)
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import undisputed
from graph.offline.spare_words import is_of_time, spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.offline.totals import is_total
from graph.offline.wording import are_signed, as_costs, marked, path_of, use, value_of
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds
from graph.table_qa.arithmetic import written
from loaders.pages.runs import runs
from loaders.text.tokenizer import fold

LEAST_RANKED = 2
EXTREMES = {"highest": "@maximum", "lowest": "@minimum"}


def ranked(view: EvidenceView) -> Draft | None:
    """What leads among the rows or columns that the question ranks; the whole is none of them."""
    if not view.analysis.order or view.analysis.operation or _is_said(view, "unsure"):
        return None
    terms = _without_range(view)
    for find, is_by_row in ((_over_rows, True), (_over_columns, False)):
        cells = as_costs(undisputed(view.complete(terms), partial(find, view)))
        if len(cells) < LEAST_RANKED or not _are_as_asked(view.analysis, cells):
            continue
        if are_comparable(cells) and not are_signed(cells):
            return _said(view, cells, by_row=is_by_row)
    return None


def _are_as_asked(analysis: QuestionAnalysis, cells: Sequence[FoundCell]) -> bool:
    """Whether cells are in the currency, per the time and of the months that are asked for."""
    around = " ".join([cells[0].around, *(one.heads for one in cells)])
    is_dated = is_of_its_months(analysis.question, around)
    return is_dated and all(is_counted_as_asked(analysis, cell) for cell in cells)


def _without_range(view: EvidenceView) -> list[Token]:
    """The terms; where years are ranked, those that bound them say only which."""
    is_over_years = len(view.analysis.periods) > 1
    return [term for term in view.analysis.terms if not (is_over_years and term.is_year)]


def _over_rows(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    """The cells of the named column in all rows, or in those that a filter lets through."""
    table = match.view
    named = without_whole(match)
    if not table.is_whole or any(row.is_by_label for row in named):
        return []
    is_axis = bool(view.analysis.axis) and holds(table.corner, view.analysis.axis)
    if not is_axis and (view.analysis.axis or not are_of_kind(match)):
        return []
    column = _measured(view, match)
    if column is None:
        return []
    kept = [row.heading for row in named if row.heading.index not in table.totals] or table.rows
    rows = [row for row in table.members_among(kept) if row.path]
    cells = _numbers(table, rows, [column])
    first = [cell.row for cell in _first(cells, view.analysis.order)]
    return [] if table.is_doubted(first) else cells


def are_of_kind(match: TableMatch) -> bool:
    """Whether the rows are what is ranked: their head says it, or the caption where none does.

    Of the `ferry route` the head may say the route alone, but no column says the ferry.
    """
    names = (match.view.corner or match.view.levels[0]) | match.view.levels[-1]
    measured = frozenset().union(*(column.places for column in match.columns))
    name = _first_name(match.terms)
    kind = next((at for at in name if holds(names, match.terms[at].key)), None)
    return kind is not None and measured.isdisjoint(name[: name.index(kind)])


def _first_name(terms: Sequence[Token]) -> list[int]:
    """The places of the first words that follow each other, years left out."""
    places = (place for place, term in enumerate(terms) if not term.is_year)
    found = runs(places, lambda run, at: terms[at].start != terms[run[-1]].end + 1)
    return found[0] if found else []


def _measured(view: EvidenceView, match: TableMatch) -> Heading | None:
    named = {one.heading.index for one in match.columns}
    if extreme := _extreme(view, match, named):
        return extreme
    if match.columns:
        columns = columns_meant(match, view.analysis)
        return columns[0] if len(columns) == 1 else None
    if _is_said(view, "own"):
        return None
    totals = [c for c in match.view.value_columns if is_total(c) or _is_year_of(match.view, c)]
    if len(totals) == 1:
        return totals[0]  # the whole is meant where no part is named
    wanted = wants_percent(view.analysis)
    values = [c for c in match.view.value_columns if gives_percent(match.view, c) == wanted]
    is_only = len(values) == 1 == len(match.view.value_columns)
    is_said = is_only and (match.view.chart or says_nothing_else(values[0], match))
    return values[0] if is_said else None


def _is_year_of(table: TableView, column: Heading) -> bool:
    """Whether a column adds up those beside it and is headed as their year."""
    is_time = all(token.is_year or is_of_time(token) for token in column.leaf)
    return column.index in table.total_columns and is_time


def _is_said(view: EvidenceView, kind: str) -> bool:
    """Whether the word that ranks says itself by what, or leaves open which end leads."""
    pattern = patterns_for(view.analysis.language).order[kind]
    return pattern.search(fold(view.analysis.question)) is not None


def _extreme(view: EvidenceView, match: TableMatch, named: Set[int]) -> Heading | None:
    """Beside its opposite, the column of the extreme that is asked for: the coldest, of `Min`."""
    columns = [c for c in match.view.value_columns if not named or c.index in named]
    ends = {key: [c for c in columns if key in c.leaf_keys] for key in EXTREMES.values()}
    is_told = all(len(found) == 1 for found in ends.values())
    return ends[EXTREMES[view.analysis.order]][0] if is_told else None


def _over_columns(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    """The cells of the named row in every column that is no total."""
    table = match.view
    rows = [row.heading for row in match.rows]
    if match.columns or len(rows) != 1 or _is_said(view, "own"):
        return []
    if view.analysis.axis and holds(table.corner, view.analysis.axis):
        return []  # the rows are what is ranked
    heads = [token for column in table.value_columns for token in column.leaf]
    if any(fold(token.text) in spoken("limits") for token in heads):
        return []  # what is planned leads nobody
    years = set(view.analysis.years) if len(view.analysis.periods) > 1 else set()
    if not years <= frozenset().union(*(column.years for column in table.value_columns)):
        return []  # a table of some of the years does not tell which of all leads
    columns = [
        column
        for column in table.value_columns
        if column.index not in table.total_columns and (not years or column.years & years)
    ]
    if len({bool(column.years) for column in columns}) > 1:
        return []  # a year is no plant: it adds them up
    return _numbers(table, rows, columns)


def _numbers(
    table: TableView, rows: Sequence[Heading], columns: Sequence[Heading]
) -> list[FoundCell]:
    found = [table.at(row.index, column.index) for row in rows for column in columns]
    return [cell for cell in found if cell is not None and cell.cell.quantity]


def are_comparable(cells: Sequence[FoundCell]) -> bool:
    """Whether all are of one currency and unit, or all percentages."""
    known = [cell.cell.quantity for cell in cells if cell.cell.quantity]
    kinds = {(one.percent, one.currency, one.unit) for one in known}
    return len(kinds) == 1


def _said(view: EvidenceView, cells: Sequence[FoundCell], *, by_row: bool) -> Draft | None:
    """What leads; none if that is what is left over, and no member of its kind."""
    language, order = view.evidence.language, view.analysis.order
    first = _first(cells, order)
    heads = [cell.row if by_row else cell.column for cell in first]
    if any(map(is_left_over, heads)):
        return None
    names = [path_of(head) for head in heads]
    other = first[0].column if by_row else first[0].row
    text = say(
        "among",
        language,
        label=listed(names, language),
        order=say(order, language),
        value=value_of(first[0], language),
        measure=path_of(other) or first[0].source.caption or first[0].source.document,
    )
    uses, done = [use(cell) for cell in first], picked(order, cells, first[0])
    return Draft(text=f"{text} {marked(first)}", uses=uses, computed=[done], kind="computed")


def _first(cells: Sequence[FoundCell], order: str) -> list[FoundCell]:
    """All that share the highest or the lowest number."""
    amounts = [cell.amount or Decimal() for cell in cells]
    best = (max if order == "highest" else min)(amounts, default=None)
    return [cell for cell, amount in zip(cells, amounts, strict=True) if amount == best]


def is_left_over(heading: Heading) -> bool:
    """Whether a row or a column is what is left when the members of a kind are told."""
    return any(token.key in spoken("left_over") for token in heading.leaf)


def picked(order: str, cells: Sequence[FoundCell], first: FoundCell) -> Computed:
    """How the first of several was found."""
    known = [(id(cell), cell.cell.quantity) for cell in cells]
    numbers = {place: written(one.value, keep=True) for place, one in known if one}
    return Computed(
        expression=f"{'max' if order == 'highest' else 'min'}({', '.join(numbers.values())})",
        result=numbers[id(first)],
        operands=[cell.source.number for cell in cells],
    )
