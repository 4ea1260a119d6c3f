"""The cells that a question means in a table: where the rows and columns that it names meet."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from graph.offline.asked_measure import is_as_asked, is_no_other_limit
from graph.offline.header_matching import LABEL, Named, TableMatch
from graph.offline.label_matching import explained
from graph.offline.spare_words import EXTREMES, is_of_date, is_spare, spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import holds, keys_in, tokens_of
from loaders.chunking.label_paths import is_unit_title
from loaders.text.number_words import counts_in
from loaders.text.tokenizer import fold, keys, words

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
    rows = rows_meant(match) or _whole(match, analysis)
    if not rows or asks_label(match, analysis):
        return None
    is_filter = bool(match.rows) and all(not named.is_by_label for named in match.rows)
    if is_filter and not match.view.is_headed:
        return None  # nothing tells what stands beside the cell that names its row
    headings = tuple(rows)
    if literal := _said_by_light_words(match, analysis):
        named = [one for one in match.columns if one.heading not in literal]
        both = [one.heading for one in match.columns if one.heading in literal]
        told = both or literal
        if len(told) != 1 or any(one.is_by_label or not both for one in named):
            return None  # two columns can be meant
        return Selection(match, headings, tuple(told), is_filter)
    if match.columns:
        columns = columns_meant(match, analysis)
        return Selection(match, headings, columns, is_filter) if columns else None
    if _asks_range(match, analysis):
        return None  # what a thing has is not how far it goes
    return _with_default_columns(match, headings, is_filter=is_filter)


def _asks_range(match: TableMatch, analysis: QuestionAnalysis) -> bool:
    """Whether a range is asked for, and columns have not its two ends."""
    ends = frozenset().union(*(one.leaf_keys for one in match.view.columns))
    return not spoken("spans").isdisjoint(keys(analysis.question)) and not ends >= EXTREMES


def asks_label(match: TableMatch, analysis: QuestionAnalysis) -> bool:
    """Whether the number that is asked for is what rows are labelled with: the order number."""
    unplaced = (term for place, term in enumerate(match.terms) if place not in match.placed)
    heads = {term.end for term in unplaced if holds(match.view.corner, term.key)}
    numbers = [one for one in tokens_of(analysis.question) if one.key == "@number"]
    return any(one.start - 1 in heads for one in numbers)


def _said_by_light_words(match: TableMatch, analysis: QuestionAnalysis) -> list[Heading]:
    """The columns that are headed as the question says beside its subject: `Paid`."""
    words = patterns_for(analysis.language).words["light"] & analysis.light
    return [one for one in match.view.value_columns if one.leaf and one.leaf_keys <= words]


def _whole(match: TableMatch, analysis: QuestionAnalysis) -> list[Heading]:
    """The row that adds up all others, where the whole of a column is asked for."""
    found = [row for row in match.view.rows if row.index in match.view.totals]
    is_meant = analysis.says_whole and match.columns and not match.rows
    return found if is_meant and len(found) == 1 else []


def rows_meant(match: TableMatch) -> list[Heading]:
    """The named rows; the only row where none is; nothing where they cannot be told."""
    if not match.rows:
        every = match.view.rows
        return every[:1] if len(every) == 1 else []
    parts = without_whole(match) or match.rows
    named = [row for row in parts if _is_of_its_group(row, match)]
    if _places_of(named) != _places_of(parts):
        return []  # what other rows of this table bear is not of these: the landlord's
    if not named or len(named) > MOST_ROWS or not _are_alternatives(named):
        return []
    return [row.heading for row in named]


def _places_of(rows: Sequence[Named]) -> frozenset[int]:
    return frozenset().union(*(row.places for row in rows))


def without_whole(match: TableMatch) -> list[Named]:
    """The named rows; of `revenue from Japan` under `Revenue` that of the total is none."""
    totals = [row for row in match.rows if row.heading.index in match.view.totals]
    parts = [row for row in match.rows if row not in totals]
    said = keys_in(match.view.title)
    told = {place for place, term in enumerate(match.terms) if holds(said, term.key)}
    is_around = all(row.places <= told | match.around.keys() for row in totals)
    return parts if is_around else list(match.rows)


def _is_of_its_group(row: Named, match: TableMatch) -> bool:
    """Whether nothing else bears its label in the groups that are said."""
    if not row.is_by_label:
        return True
    groups = {*row.heading.path[:-1]}
    said = {text for text in groups if _is_said(text, match) or _is_said_aside(text, match)}
    alike = [one for one in match.view.rows if one.label == row.heading.label]
    return said == groups or len([one for one in alike if said <= {*one.path[:-1]}]) == 1


def _is_said(group: str, match: TableMatch) -> bool:
    """Whether the question says a group, or nothing is to be said of it."""
    leaf = Heading(0, (group,)).leaf
    return bool(explained(leaf, match.terms)) or all(is_spare(token, ()) for token in leaf)


def _is_said_aside(group: str, match: TableMatch) -> bool:
    """Whether the question says what a group has in brackets: `the primary endpoint`."""
    asides = Heading(0, (group,)).asides
    return bool(asides) and all(holds({term.key for term in match.terms}, key) for key in asides)


def _are_alternatives(named: Sequence[Named]) -> bool:
    """Whether several rows are a list that was asked for, or what a filter lets through.

    Values of one column name one row each; values of two columns have to meet in one row.
    """
    if len(named) == 1:
        return True
    shared = frozenset.intersection(*(row.places for row in named))
    if all(row.places == shared for row in named):
        return not all(row.is_by_label and len(row.slots) == 1 for row in named)
    return len(set(_own_slots(named))) == 1


def _own_slots(named: Sequence[Named]) -> list[frozenset[int]]:
    """By what each says what not all say: by its label, a group, a cell."""
    shared = frozenset.intersection(*(one.places for one in named))
    return [
        frozenset(slot for slot, places in one.slots.items() if places - shared) for one in named
    ]


def columns_meant(match: TableMatch, analysis: QuestionAnalysis) -> tuple[Heading, ...]:
    """The named columns; none where they cannot be told apart."""
    told = {slot for row in match.rows for slot in row.slots}
    told |= {match.view.key_column} if match.rows else set()
    columns = match.measured if analysis.order else [named.heading for named in match.columns]
    columns = [one for one in columns if one.index not in told] or columns
    columns = _what_was(columns, analysis) or columns
    columns = _of_the_year(columns, match) or columns
    named = [one for one in match.columns if one.heading in columns]
    distinct = {one.places for one in named}
    is_one_thing = len({(one.path[:-1], one.leaf) for one in columns}) == 1  # in two units
    if len(columns) == 1 or is_one_thing:
        return tuple(columns)
    if len(distinct) == len(columns):
        are_told = _are_apart(distinct, match) and _are_of_one_thing(named, match)
        return tuple(columns) if are_told and not _are_crossed(named) else ()
    is_group = all(not one.is_by_label for one in match.columns) and _head_alike(named)
    if is_group and (whole := _whole_of(columns, match, analysis)):
        return (whole,)
    return tuple(columns) if is_group and len(columns) <= MOST_BESIDE else ()


def _head_alike(named: Sequence[Named]) -> bool:
    """Whether the groups that are named have the same columns: the tender's, and the measured."""
    leaves: dict[frozenset[int], set[str]] = {}
    for one in named:
        leaves.setdefault(one.places, set()).add(one.heading.label)
    return len(set(map(frozenset, leaves.values()))) <= 1


def _whole_of(
    columns: Sequence[Heading], match: TableMatch, analysis: QuestionAnalysis
) -> Heading | None:
    """The total column of a group that is named, where no word of the question names a part."""
    wholes = [one for one in columns if one.index in match.view.total_columns]
    parts = [one for one in columns if one not in wholes]
    said = {word.key for word in words(analysis.question)}
    are_named = any(
        fold(token.text) in said or token.key in said for one in parts for token in one.leaf
    )
    return wholes[0] if len(wholes) == 1 and parts and not are_named else None


def _what_was(columns: Sequence[Heading], analysis: QuestionAnalysis) -> list[Heading]:
    """The columns of a year without what was planned for it, and by how much it differed.

    Who asks for a plan or a change means those.
    """
    asked = {fold(token.text) for token in tokens_of(analysis.question)}
    changes = (words_of_change() | spoken("difference")) - asked
    said = [{fold(token.text) for token in one.leaf} for one in columns]
    return [
        one
        for one, own in zip(columns, said, strict=True)
        if is_no_other_limit(analysis, one.label) and not (own and own <= changes)
    ]


def _of_the_year(columns: Sequence[Heading], match: TableMatch) -> list[Heading]:
    """Without the column of a year that the title says of all: it adds up those beside it."""
    years = {token.key for token in tokens_of(match.view.title) if token.is_year}
    return [one for one in columns if not (one.years and one.years == years == {*one.leaf_keys})]


def _are_apart(said: Set[frozenset[int]], match: TableMatch) -> bool:
    """Whether each is named by words of its own: else they compete for what is said once.

    A year and a name are no two things of a kind: `Container` and `2023` each say the half.
    """
    shared = frozenset.intersection(*said)
    own = [one - shared for one in said]
    is_dated = {any(match.terms[place].is_year for place in one) for one in own}
    return len(is_dated) == 1 and sum(map(len, own)) == len(frozenset().union(*own))


def _are_of_one_thing(named: Sequence[Named], match: TableMatch) -> bool:
    """Whether columns stand in one group, or none is named by its date alone: of which is it?"""
    paths = (one.heading.path[:-1] for one in named)
    groups = {tuple(part for part in path if not _says_year(part)) for path in paths}
    by_date = any(all(_is_dated(match, place) for place in one.places) for one in named)
    return len(groups) == 1 or not by_date


def _are_crossed(columns: Sequence[Named]) -> bool:
    """Whether one is told by its label and another by its group: where they meet is asked for.

    The costs of `Plan` are not the posts of `Plan` and the costs of `Actual`; what stands in
    brackets alone is no label.
    """
    named = [one for one in columns if not is_unit_title(one.heading.label)]
    own = _own_slots(named) if named else []
    return {LABEL} in own and any(slots and LABEL not in slots for slots in own)


def _is_dated(match: TableMatch, place: int) -> bool:
    return match.terms[place].is_year or is_of_date(match.terms, place)


def _says_year(label: str) -> bool:
    return bool(Heading(0, (label,)).years)


def gives_percent(view: TableView, column: Heading) -> bool:
    """Whether the numbers of a column are percentages."""
    found = view.quantities(column.index)
    return bool(found) and all(one.percent for one in found)


def wants_percent(analysis: QuestionAnalysis) -> bool:
    """Whether a share or a rate is asked for."""
    return "percent" in analysis.asks


def _with_default_columns(
    match: TableMatch, rows: tuple[Heading, ...], *, is_filter: bool
) -> Selection | None:
    """No column is named: the only value, or the row."""
    view = match.view
    values = view.value_columns or view.columns
    if len(values) == 1 and (view.chart or says_nothing_else(values[0], match)):
        return Selection(match, rows, tuple(values), is_filter)
    is_near = all(level != 1 for place, level in match.around.items() if place not in match.placed)
    is_dated = any(column.years for column in view.columns)
    if is_near and len(view.columns) <= MOST_BESIDE and not is_dated:
        return Selection(match, rows, tuple(view.columns), is_filter, is_row=True)
    return None


def says_nothing_else(column: Heading, match: TableMatch) -> bool:
    """Whether the only column of values is headed by nothing that the question did not ask for."""
    tokens = [token for text in column.path for token in Heading(0, (text,)).leaf]
    around = {match.terms[place].key for place in match.around}
    return all(is_spare(token, tokens) or token.key in around or token.is_year for token in tokens)


def fits_kind(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a cell is of the kind that is asked for: no amount for a share, no number for who."""
    if not is_as_asked(analysis, cell) or not _is_of_asked_kind(analysis, cell):
        return False
    if analysis.asks & {"person", "place"} and not analysis.asks & {"count", "amount"}:
        return cell.cell.quantity is None
    if cell.cell.quantity is None:
        return "count" not in analysis.asks or cell.is_empty or bool(counts_in(cell.cell.text))
    if analysis.is_change:
        return _says_change(cell)
    if analysis.operation and analysis.operation != "share":
        return True
    if wants_percent(analysis) and not cell.cell.quantity.percent:
        return not cell.cell.quantity.aside and bool(
            patterns_for(analysis.language).asks["percent"].search(fold(cell.heads))
        )
    return True


def _is_of_asked_kind(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a number stands under what is asked for by name: `which bidders` asks for no sum."""
    if cell.cell.quantity is None or not analysis.kinds:
        return True
    said = keys_in(f"{cell.labels} {cell.title}")
    return all(holds(said, key) for key in analysis.kinds) and not names_rows(analysis, cell)


def names_rows(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether rows are asked for, by what heads their labels: in which regions rents fell."""
    return any(holds(cell.corner, key) for key in analysis.kinds)


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
