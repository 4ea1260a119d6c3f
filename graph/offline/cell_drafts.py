"""How cells that answer are told: in a sentence of the question, by their labels, or as empty."""

from __future__ import annotations

from collections.abc import Sequence

from graph.draft import Draft
from graph.generation.messages import say, sentence_for
from graph.offline.cell_selection import Selection
from graph.offline.evidence_view import EvidenceView
from graph.offline.table_view import FoundCell
from graph.offline.wording import is_unit_asked, label_of, marked, path_of, title_of, use, value_of
from graph.query.analysis import QuestionAnalysis
from graph.query.query_cleaning import without_instructions
from loaders.text.quantities import numbers_in


def tell_one(view: EvidenceView, selection: Selection, cell: FoundCell) -> Draft:
    """In the sentence of the question where the table says all of it; else by its labels."""
    analysis, language = view.analysis, view.evidence.language
    value, title = value_of(cell, language), title_of([cell], analysis)
    text = (
        ""
        if selection.is_row
        or not _says_date(selection)
        or title
        or _is_told_by_label(cell)
        or is_unit_asked(cell, analysis.question)
        or analysis.parts  # the question has not the names of the source
        or not _says_numbers(analysis, cell)
        else sentence_for(without_instructions(analysis.question), value, language)
    )
    text = text or say("table_cell", language, label=label_of(cell), value=value + title)
    return Draft(text=f"{text} [{cell.source.number}]", uses=[use(cell)], kind="cell")


def _is_told_by_label(cell: FoundCell) -> bool:
    """Whether only brackets of a label say what a number counts: `(working days)`."""
    quantity = cell.cell.quantity
    has_no_unit = quantity is not None and not (quantity.unit or quantity.currency)
    return has_no_unit and bool(cell.row.asides or cell.column.asides)


def _says_numbers(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether the source has the question's numbers: in `5 to 9` it does not say the 7."""
    known = {mention.value for mention in cell.source.numbers}
    return all(mention.value in known for mention in numbers_in(analysis.question))


def _says_date(selection: Selection) -> bool:
    """Whether the table says the whole date that is asked for, so that the sentence may too."""
    match = selection.match
    known = match.placed | match.around.keys()
    return all(place in known for place in range(len(match.terms)))


def tell_several(view: EvidenceView, cells: Sequence[FoundCell]) -> Draft:
    """Each by what tells it from the others."""
    language = view.evidence.language
    rows = {cell.row.path for cell in cells}
    columns = {cell.column.path for cell in cells}
    shared = (
        path_of(cells[0].row)
        if len(rows) == 1
        else path_of(cells[0].column)
        if len(columns) == 1
        else ""
    )
    items = "; ".join(_item(cell, shared, language) for cell in cells)
    items += title_of(cells, view.analysis)
    text = f"{shared}: {items}." if shared else f"{items}."
    return Draft(text=f"{text} {marked(cells)}", uses=[use(cell) for cell in cells], kind="cell")


def _item(cell: FoundCell, shared: str, language: str) -> str:
    label = label_of(cell, leave_out=[shared])
    value = value_of(cell, language)
    return f"{label} {value}" if label else value


def tell_empty(view: EvidenceView, cell: FoundCell) -> Draft:
    """That nothing stands there, with the mark that does."""
    text = say(
        "empty",
        view.evidence.language,
        what=label_of(cell),
        mark=cell.cell.text.strip() or " ",
        marker=cell.source.number,
    )
    return Draft(text=text, uses=[use(cell)], abstained=True, kind="passages")
