"""Cells that a question asks for, and the claim that they are its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.asked_measure import is_no_other_limit, pays_if_asked
from graph.offline.cell_drafts import tell_empty, tell_one, tell_several
from graph.offline.cell_selection import Selection, fits_kind, says_difference, select
from graph.offline.evidence_view import EvidenceView
from graph.offline.figures import is_list
from graph.offline.header_matching import LABEL, Named, TableMatch
from graph.offline.label_matching import explained
from graph.offline.spare_words import EXTREMES, is_of_whole
from graph.offline.table_view import FoundCell
from graph.offline.totals import is_total
from graph.offline.wording import (
    is_same_value,
    label_of,
    title_of,
    use,
    value_of,
)
from graph.query.analysis import QuestionAnalysis
from graph.query.subject_terms import Token, keys_in, tokens_of
from loaders.chunking.declared_unit import is_bare, is_unmeasured

MOST_LISTED = 12
MOST_DOCUMENTS = 4
LEAST_WORD = 4
"""Letters; a label of fewer is a code, as is one with a digit."""


@dataclass(frozen=True)
class Reading:
    """One table's answer: the cells that are meant in it."""

    selection: Selection
    cells: tuple[FoundCell, ...]

    @property
    def weight(self) -> float:
        return self.selection.match.weight

    @property
    def sureness(self) -> tuple[int, int]:
        """How sure its table is of the terms."""
        return self.selection.match.sureness

    @property
    def document(self) -> str:
        return self.selection.match.view.source.document


def readings(
    view: EvidenceView, analysis: QuestionAnalysis, terms: Sequence[Token]
) -> list[Reading]:
    """What each table that accounts for all terms answers, the surest first.

    Where the table that says most of the question tells nothing, one that says less is no answer.
    """
    found, untold = [], (0, 0)
    for match in view.complete(terms):
        if reading := _read(view, analysis, match):
            found.append(reading)
        else:
            untold = max(untold, match.sureness)
    return [one for one in found if one.sureness >= untold]


def _read(view: EvidenceView, analysis: QuestionAnalysis, match: TableMatch) -> Reading | None:
    """What one table answers, if what is meant in it can be told and is what is asked for."""
    selection = select(match, analysis)
    if selection is None:
        return None
    cells = tuple(cell for cell in selection.cells if fits_kind(analysis, cell))
    if not cells or len(cells) > MOST_LISTED or lack_unit(view, analysis, cells):
        return None
    if {cell.row for cell in cells} != {cell.row for cell in selection.cells}:
        return None  # what some of the rows have is not what all of them do
    if _is_beside(selection, analysis) or not _says_all(selection, cells):
        return None
    if selection.is_row:
        is_told = pays_if_asked(analysis, cells)
    else:
        is_told = all(is_no_other_limit(analysis, cell.labels) for cell in cells)
    return Reading(selection, cells) if is_told else None


def lack_unit(view: EvidenceView, analysis: QuestionAnalysis, cells: Sequence[FoundCell]) -> bool:
    """Whether numbers are bare that count nothing, or whose document tells their unit elsewhere.

    What it says of all its amounts is told below the answer.
    """
    if "count" in analysis.asks:
        return False
    return any(
        (is_unmeasured(one.cell, one.title, analysis.question) and not title_of([one], analysis))
        or (
            is_bare(one.cell)
            and not one.source.amounts
            and view.announces_unit(one.source.document)
        )
        for one in cells
    )


def _is_beside(selection: Selection, analysis: QuestionAnalysis) -> bool:
    """Whether a price, or what a thing has, is told of rows that only have to do with it.

    A row is named by its label, its group, or by the first column of words behind a code: of a
    machine that other parts fit, they tell nothing.
    """
    if not selection.is_filter or analysis.asks & {"count", "list", "table"}:
        return False
    view, rows = selection.match.view, selection.match.rows
    labels = [one.label for one in view.rows]
    are_codes = all(len(one) < LEAST_WORD or re.search(r"\d", one) for one in labels)
    are_codes = are_codes or view.key_column >= 0
    words = [slot for one in view.rows for slot in view.attributes(one.index)]
    asked = {view.key_column, *(column.index for column in selection.columns)}
    first = min((one for one in words if one not in asked), default=LABEL)
    names = {first} if are_codes else set()
    told = [row.slots.keys() for row in rows]
    return not any(len(own) > 1 or min(own) < LABEL or own & names for own in told)


def _says_all(selection: Selection, cells: Sequence[FoundCell]) -> bool:
    """Whether a heading of these cells says what the question says of any.

    Of passengers per vehicle, a column or a row of vehicles alone says only the half.
    """
    match = selection.match
    said = _places(match.rows, {cell.row.index for cell in cells})
    said |= _places(match.columns, {cell.column.index for cell in cells})
    meant = _places(match.rows, {row.index for row in selection.rows})
    meant |= _places(match.columns, {column.index for column in selection.columns})
    return said == meant


def _places(named: Iterable[Named], indices: Set[int]) -> frozenset[int]:
    """The terms that these of the rows or columns say."""
    return frozenset(place for one in named if one.heading.index in indices for place in one.places)


def agreed(found: Sequence[Reading]) -> Reading | None:
    """The surest of several; none if another as sure gives another value."""
    if not found:
        return None
    best = max(found, key=lambda one: (*one.sureness, one.weight))
    rivals = [one for one in found if one.sureness == best.sureness]
    return best if all(_agree(best, other) for other in rivals) else None


def _agree(one: Reading, other: Reading) -> bool:
    """Whether each value of the shorter stands in the longer too."""
    short, long = sorted((one.cells, other.cells), key=len)
    return all(any(is_same_value(cell, twin) for twin in long) for cell in short)


def undisputed(
    matches: Iterable[TableMatch], cells_in: Callable[[TableMatch], list[FoundCell]]
) -> list[FoundCell]:
    """The cells that the tables which say most give; none if two of them give others."""
    found = [(match.sureness, cells) for match in matches if (cells := cells_in(match))]
    most = max((sure for sure, _ in found), default=(0, 0))
    best = [cells for sure, cells in found if sure == most]
    same = all(
        len(cells) == len(best[0]) and all(map(is_same_value, cells, best[0])) for cells in best
    )
    return best[0] if best and same else []


def single_cell(
    view: EvidenceView, analysis: QuestionAnalysis, terms: Sequence[Token]
) -> FoundCell | None:
    """The one cell that the terms name with a number in it: an operand."""
    best = agreed(readings(view, analysis.about(terms), terms))
    if best is None or len(best.cells) != 1 or best.cells[0].cell.quantity is None:
        return None
    return best.cells[0]


def looked_up(view: EvidenceView) -> Draft | None:
    """The claim that a table's cells are the answer; an empty cell is told."""
    analysis = view.analysis
    if not analysis.every_term or _is_of_prose(analysis):
        return None
    found = readings(view, analysis, analysis.every_term)
    if not found and not (analysis.operation or analysis.order):
        found = readings(view, analysis, analysis.terms)
    if bound := analysis.bound:  # what is above a limit is counted or listed
        found = [
            one for one in found if all(bound.is_said_by(cell.row.label) for cell in one.cells)
        ]
    if "manner" in analysis.asks:  # how a thing does is told where row and column are both named
        found = [one for one in found if one.selection.match.rows and one.selection.match.columns]
    best = agreed(found)
    if best is not None:
        return _claim(view, best)
    return _by_document(view, found)


def _is_of_prose(analysis: QuestionAnalysis) -> bool:
    """Whether words are asked for that no cell gives, or two things at once."""
    if "two" in analysis.asks:
        return True
    return analysis.wants_prose and not analysis.asks & {"person", "place", "manner"}


def _claim(view: EvidenceView, reading: Reading) -> Draft | None:
    filled = [cell for cell in reading.cells if not cell.is_empty]
    if not filled:
        return tell_empty(view, reading.cells[0])
    if _leaves_open(view, reading, filled):
        return None
    if len(filled) == 1:
        return _single(view, reading, filled[0])
    says_whole = any(map(is_of_whole, view.analysis.every_term))
    is_of_parts = says_whole and not all(map(_is_whole, filled))
    is_ranked = view.analysis.order and not _are_extremes(filled)
    if view.analysis.operation or is_ranked or is_of_parts:
        return None  # several values are what it starts from
    is_sure = _is_list(filled) and not _are_halves(view.analysis, reading.selection)
    return tell_several(view, filled) if is_sure else None


def _are_halves(analysis: QuestionAnalysis, selection: Selection) -> bool:
    """Whether rows say different words of what is asked for as one thing: plastic waste."""
    named = [one for one in selection.match.rows if one.heading in selection.rows]
    is_one = not (analysis.asks & {"list", "table"} or is_list(analysis.question))
    return is_one and len({one.places for one in named if one.is_by_label}) > 1


def _are_extremes(cells: Sequence[FoundCell]) -> bool:
    """Whether labels say minimum or maximum, as the question does: nothing is left to be ranked."""
    return any(EXTREMES & (one.row.leaf_keys | one.column.leaf_keys) for one in cells)


def _leaves_open(view: EvidenceView, reading: Reading, filled: Sequence[FoundCell]) -> bool:
    """Whether the cells are only some of those that are asked for, or more than are."""
    selection, counts = reading.selection, "count" in view.analysis.asks
    if selection.is_filter and (counts or view.analysis.says_total) and len(selection.rows) > 1:
        return True  # how many there are is counted or added up, not listed
    is_named = bool(selection.match.columns)
    if selection.is_filter and not is_named and "list" in view.analysis.asks:
        return True  # which rows they are, and not all that these say
    if selection.is_row and counts and len([c for c in selection.cells if c.cell.quantity]) > 1:
        return True  # nothing tells which of its numbers counts what is asked for
    if _compete(view.analysis, selection, filled):
        return True
    return len({cell.row for cell in filled}) < len({cell.row for cell in reading.cells})


def _compete(analysis: QuestionAnalysis, selection: Selection, filled: Sequence[FoundCell]) -> bool:
    """Whether values of a kind are told where one is asked for: nothing tells which is meant.

    A group that is asked for means all of its columns.
    """
    told = {one.column.index for one in filled}
    leaves = {one.column.leaf for one in filled}  # one thing may stand there in two units
    kinds = {(one.unit, one.currency) for cell in filled if (one := cell.cell.quantity)}
    named = [one for one in selection.match.columns if one.heading.index in told]
    is_one = not (analysis.asks & {"list", "table"} or is_list(analysis.question))
    is_told_apart = selection.is_filter or not any(one.is_by_label for one in named)
    return is_one and len(leaves) > max(1, len(kinds)) and not is_told_apart


def _single(view: EvidenceView, reading: Reading, cell: FoundCell) -> Draft | None:
    """One cell, unless it is one of those that the question works with, or its own words."""
    operation = view.analysis.operation
    if operation == "sum" and not _is_whole(cell):
        return None
    table = reading.selection.match.view
    if view.analysis.says_total and table.is_apart(cell.row):
        return None  # a year among its stations may be their mean
    is_of_all = cell.row.index in table.totals
    if is_of_all and view.analysis.order and view.analysis.kinds:
        return None  # the whole is none of those of which one leads
    if operation == "difference" and not says_difference(cell):
        return None
    is_new = operation == "difference" or not _is_said(cell, reading.selection, view.analysis)
    return tell_one(view, reading.selection, cell) if is_new else None


def _is_whole(cell: FoundCell) -> bool:
    """Whether a label says that a value is the sum already."""
    return is_total(cell.row) or is_total(cell.column)


def _is_list(cells: Sequence[FoundCell]) -> bool:
    """Whether they are of one row or one column, and no two of them under the same heads.

    Who names neither one row nor one column has not said which of their cells is meant.
    """
    rows, columns = {cell.row.path for cell in cells}, {cell.column.path for cell in cells}
    return sorted((len(rows), len(columns))) == [1, len(cells)]


def _is_said(cell: FoundCell, selection: Selection, analysis: QuestionAnalysis) -> bool:
    """Whether a cell only tells what the question says itself, and by which its row was found."""
    text = cell.cell.text
    if re.search(r"[^\W\d_]{2}", text) and keys_in(text) <= keys_in(analysis.question):
        return True
    is_by_cell = any(cell.column.index in row.slots for row in selection.match.rows)
    is_key = cell.column.index == selection.match.view.key_column
    return (is_by_cell or is_key) and bool(explained(tokens_of(cell.cell.text), analysis.terms))


def _by_document(view: EvidenceView, found: Sequence[Reading]) -> Draft | None:
    """Where documents differ, what each says, the later first; within one nothing may differ."""
    language = view.evidence.language
    most = max((one.sureness for one in found), default=(0, 0))
    by_document: dict[str, list[Reading]] = {}
    for one in found:
        if one.sureness == most:
            by_document.setdefault(one.document, []).append(one)
    if not 2 <= len(by_document) <= MOST_DOCUMENTS:
        return None
    chosen = [agreed(by_document[name]) for name in sorted(by_document, reverse=True)]
    if not all(one and len(one.cells) == 1 and not one.cells[0].is_empty for one in chosen):
        return None
    cells = [one.cells[0] for one in chosen if one]
    said = [f"{label_of(cell)} {value_of(cell, language)} [{cell.source.number}]" for cell in cells]
    items = [f"{cell.source.document}: {one}" for cell, one in zip(cells, said, strict=True)]
    text = say("several", language, items="; ".join(items))
    return Draft(text=text, uses=[use(cell) for cell in cells], kind="cell")
