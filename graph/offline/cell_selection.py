"""The cells that a question means in a table: where the rows and columns that it names meet."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from graph.offline.asked_measure import is_as_asked
from graph.offline.header_matching import Named, TableMatch
from graph.offline.label_matching import explained
from graph.offline.spare_words import is_spare, spoken
from graph.offline.table_view import FoundCell, Heading, TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from loaders.text.number_words import counts_in
from loaders.text.tokenizer import fold

MOST_ROWS = 12
MOST_BESIDE = 6
"""Cells of a row that is given as it stands."""


@dataclass(frozen=True)
class Selection:
    """The rows and columns that are meant, and how they were told."""

    match: TableMatch
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    is_filter: bool = False
    """Whether the rows were told by a cell or a group, so that all of them are meant."""
    is_row: bool = False
    """Whether no column was named: the row is given as it stands."""
    is_latest: bool = False
    """Whether no period was named, and the latest is given."""

    @property
    def is_by_labels(self) -> bool:
        """Whether the question says both the row's own label and the column's."""
        named = (*self.match.rows, *self.match.columns)
        has_both = bool(self.match.rows and self.match.columns)
        return has_both and all(one.is_by_label for one in named)

    @property
    def cells(self) -> list[FoundCell]:
        found = [
            self.match.view.at(row.index, column.index)
            for row in self.rows
            for column in self.columns
        ]
        return [cell for cell in found if cell is not None]


def select(match: TableMatch, analysis: QuestionAnalysis) -> Selection | None:
    """What is meant in this table; None if the question does not tell it."""
    rows = rows_meant(match) or _whole(match, analysis) or _limited(match, analysis)
    if not rows:
        return None
    is_filter = bool(match.rows) and all(not named.is_by_label for named in match.rows)
    if is_filter and not match.view.is_headed:
        return None  # nothing tells what stands beside the cell that names its row
    headings = tuple(rows)
    if literal := _said_by_light_words(match, analysis):
        if any(named.heading != literal for named in match.columns):
            return None  # two columns can be meant
        return Selection(match, headings, (literal,), is_filter)
    if match.columns:
        columns, is_latest = columns_meant(match, analysis)
        if not columns:
            return None
        return Selection(match, headings, columns, is_filter, is_latest=is_latest)
    return _with_default_columns(match, headings, analysis, is_filter=is_filter)


def _said_by_light_words(match: TableMatch, analysis: QuestionAnalysis) -> Heading | None:
    """The one column that is headed as the question says beside its subject: `Paid`."""
    words = patterns_for(analysis.language).words["light"] & analysis.light
    columns = [one for one in match.view.value_columns if one.leaf and one.leaf_keys <= words]
    return columns[0] if len(columns) == 1 else None


def rows_meant(match: TableMatch) -> list[Heading]:
    """The named rows; the only row where none is; nothing where they cannot be told."""
    if not match.rows:
        every = match.view.rows
        return every[:1] if len(every) == 1 else []
    named = [row for row in without_whole(match) or match.rows if _is_of_its_group(row, match)]
    if not named or len(named) > MOST_ROWS or not _are_alternatives(named):
        return []
    return [row.heading for row in named]


def without_whole(match: TableMatch) -> list[Named]:
    """The named rows; of `revenue from Japan` under `Revenue` that of the total is none."""
    totals = [row for row in match.rows if row.heading.index in match.view.totals]
    parts = [row for row in match.rows if row not in totals]
    is_around = all(row.places <= match.around.keys() for row in totals)
    return parts if is_around else list(match.rows)


def _whole(match: TableMatch, analysis: QuestionAnalysis) -> list[Heading]:
    """The row that adds up all others: how many there are of no part is asked of the whole."""
    if match.rows or not match.columns:
        return []
    view = match.view
    found = [row for row in view.rows if row.index in view.totals]
    if len(found) != 1:
        return []
    parts = [row for row in view.rows if row not in found]
    is_one = len(match.columns) == 1 or bool(analysis.operation)  # how many staff are visitors?
    is_counted = "count" in analysis.asks and is_one
    adds_up = all(view.adds_up(parts, found[0], one.heading.index) for one in match.columns)
    return found if analysis.says_whole or (is_counted and adds_up) else []


def _limited(match: TableMatch, analysis: QuestionAnalysis) -> list[Heading]:
    """The one row whose label says the limit of the question: `more than 5 years`."""
    if match.rows or analysis.bound is None:
        return []
    found = [row for row in match.view.rows if analysis.bound.is_said_by(row.label)]
    return found if len(found) == 1 else []


def _is_of_its_group(row: Named, match: TableMatch) -> bool:
    """Whether the groups of a row are said too, or nothing else bears its label."""
    if not row.is_by_label:
        return True
    groups = row.heading.path[:-1]
    unsaid = [
        text
        for text in groups
        if not explained(Heading(0, (text,)).leaf, match.terms)
        and not all(is_spare(token, ()) for token in Heading(0, (text,)).leaf)
    ]
    if not unsaid:
        return True
    alike = [other for other in match.view.rows if other.label == row.heading.label]
    return len(alike) == 1


def _are_alternatives(named: Sequence[Named]) -> bool:
    """Whether several rows are a list that was asked for, or what a filter lets through.

    Values of one column name one row each; values of two columns have to meet in one row.
    """
    if len(named) == 1:
        return True
    shared = frozenset.intersection(*(row.places for row in named))
    if all(row.places == shared for row in named):
        return not all(row.is_by_label and len(row.slots) == 1 for row in named)
    own = [{slot for slot, places in row.slots.items() if places - shared} for row in named]
    return len(set(map(frozenset, own))) == 1


def columns_meant(
    match: TableMatch, analysis: QuestionAnalysis
) -> tuple[tuple[Heading, ...], bool]:
    """The named columns, and whether the latest was chosen because no period was named."""
    told = {slot for row in match.rows for slot in row.slots}
    told |= {match.view.key_column} if match.rows else set()
    columns = match.measured if analysis.order else [named.heading for named in match.columns]
    columns = [one for one in columns if one.index not in told] or columns
    distinct = {named.places for named in match.columns if named.heading in columns}
    if len(columns) == 1:
        return tuple(columns), False
    if len(distinct) == len(columns):
        return (tuple(columns) if _are_apart(distinct) else ()), False
    columns = _of_kind(match.view, columns, analysis)
    if len(columns) > 1 and not analysis.periods and (latest := _latest(columns)):
        return (latest,), True
    if len(columns) > 1 and len({(one.path[:-1], one.leaf) for one in columns}) == 1:
        return tuple(columns), False  # one thing in two units
    if len(columns) <= MOST_BESIDE and all(not named.is_by_label for named in match.columns):
        return tuple(columns), False  # all that stands under the group that is named
    is_each = len(distinct) > 1 and len(columns) == len(distinct)
    return (tuple(columns) if len(columns) == 1 or is_each else ()), False


def _are_apart(said: Set[frozenset[int]]) -> bool:
    """Whether each is named by words of its own: else they compete for what is said once."""
    shared = frozenset.intersection(*said)
    return sum(len(one - shared) for one in said) == len(frozenset().union(*said) - shared)


def _of_kind(
    view: TableView, columns: Sequence[Heading], analysis: QuestionAnalysis
) -> list[Heading]:
    """Of an amount and its percentage under one name, the kind that is asked for."""
    percent = [column for column in columns if gives_percent(view, column)]
    wanted = percent if wants_percent(analysis) else [c for c in columns if c not in percent]
    return list(wanted or columns)


def gives_percent(view: TableView, column: Heading) -> bool:
    """Whether the numbers of a column are percentages."""
    found = [
        cell.cell.quantity
        for row in view.rows
        if (cell := view.at(row.index, column.index)) and cell.cell.quantity
    ]
    return bool(found) and all(quantity.percent for quantity in found)


def wants_percent(analysis: QuestionAnalysis) -> bool:
    """Whether a share or a rate is asked for."""
    return "percent" in analysis.asks


def _latest(columns: Sequence[Heading]) -> Heading | None:
    """The column of the latest year, if years alone tell the columns apart."""
    if not all(len(column.years) == 1 for column in columns):
        return None
    newest = max(max(column.years) for column in columns)
    found = [column for column in columns if newest in column.years]
    return found[0] if len(found) == 1 else None


def _with_default_columns(
    match: TableMatch, rows: tuple[Heading, ...], analysis: QuestionAnalysis, *, is_filter: bool
) -> Selection | None:
    """No column is named: the dates if a time is asked for, the only value, the latest, the row."""
    view = match.view
    if "time" in analysis.asks:
        dated = [column for column in view.columns if _is_dated(view, rows, column)]
        if len(dated) == 1:
            return Selection(match, rows, tuple(dated), is_filter)
    values = view.value_columns or view.columns
    if len(values) == 1 and (view.chart or says_nothing_else(values[0], match)):
        return Selection(match, rows, tuple(values), is_filter)
    if values and (latest := _latest(values)) and not analysis.periods:
        return Selection(match, rows, (latest,), is_filter, is_latest=True)
    is_near = all(level != 1 for place, level in match.around.items() if place not in match.placed)
    is_dated = any(column.years for column in view.columns)
    if is_near and len(view.columns) <= MOST_BESIDE and not is_dated:
        return Selection(match, rows, tuple(view.columns), is_filter, is_row=True)
    return None


def _is_dated(view: TableView, rows: Sequence[Heading], column: Heading) -> bool:
    cells = [view.at(row.index, column.index) for row in rows]
    return bool(cells) and all(cell is not None and cell.is_date for cell in cells)


def says_nothing_else(column: Heading, match: TableMatch) -> bool:
    """Whether the only column of values is headed by nothing that the question did not ask for."""
    tokens = [token for text in column.path for token in Heading(0, (text,)).leaf]
    around = {match.terms[place].key for place in match.around}
    return all(is_spare(token, tokens) or token.key in around or token.is_year for token in tokens)


def fits_kind(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a cell is of the kind that is asked for: no amount for a share, no number for who."""
    if not is_as_asked(analysis, cell):
        return False
    if analysis.asks & {"person", "place"} and not analysis.asks & {"count", "amount"}:
        return cell.cell.quantity is None
    if cell.cell.quantity is None:
        return "count" not in analysis.asks or cell.is_empty or bool(counts_in(cell.cell.text))
    if analysis.operation in {"change", "percent_change"}:
        return _says_change(cell)
    if analysis.operation and analysis.operation != "share":
        return True
    if wants_percent(analysis) and not cell.cell.quantity.percent:
        return bool(patterns_for(analysis.language).asks["percent"].search(fold(cell.heads)))
    return True


def _says_change(cell: FoundCell) -> bool:
    """Whether a cell is headed as a change: an amount itself is none."""
    heads = (*cell.row.leaf, *cell.column.leaf, *cell.row.groups, *cell.column.groups)
    return any(token.key in words_of_change() for token in heads)


def says_difference(cell: FoundCell) -> bool:
    """Whether a cell is headed as what others differ by: one of the two itself is none."""
    told = words_of_change() | spoken("difference")
    return any(
        not one.leaf or not told.isdisjoint(one.leaf_keys) for one in (cell.row, cell.column)
    )


def words_of_change() -> frozenset[str]:
    """The words that say a change themselves: no percentage, and no form of a label."""
    return spoken("change") - spoken("form") - spoken("dated") - spoken("rates")
