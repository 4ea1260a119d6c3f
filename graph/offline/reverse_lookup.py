"""Names looked up by what a table says of them: the row in which a cell holds what is asked."""

from __future__ import annotations

import re

from graph.draft import Draft
from graph.generation.messages import listed, say
from graph.offline.cell_text import marked, use
from graph.offline.table_question import Inquiry
from graph.offline.table_view import Cell, Grid
from loaders.text.tokenizer import content_words, fold, is_cjk, is_generic, keys

_WHO = re.compile(r"\b(?:who|whom|wer|wen|which person|whose name)\b|谁|哪位|什么人")
_NAME = re.compile(r"^(?:name|names|nom|person|director|officer|member|mitglied)\b|^姓名|^人员")
MOST_NAMED = 3


def named_by_cell(inquiry: Inquiry) -> Draft | None:
    """Who it is of whom a table of persons says what the question says: `CFO` in a cell."""
    if not _WHO.search(fold(inquiry.question)):
        return None
    asked = _asked(inquiry)
    for grid in inquiry.grids:
        found = _cells(grid, asked) if asked and _is_of_persons(grid) else []
        if 0 < len(found) <= MOST_NAMED:
            language = inquiry.language
            names = listed([cell.cell.row_path[0] for cell in found], language)
            value = found[0].cell.text if len(found) == 1 else ""
            label = " › ".join(found[0].cell.column_path) if not value else names
            text = say("cell", language, label=label, value=value or names)
            return Draft(text=f"{text} {marked(found)}", uses=[use(cell) for cell in found])
    return None


def _asked(inquiry: Inquiry) -> frozenset[str]:
    """What is said of the person, without what the document is about."""
    found = (word.key for word in content_words(inquiry.question))
    return frozenset(
        key
        for key in found
        if not is_generic(key) and key not in inquiry.known and not (is_cjk(key) and len(key) < 2)
    )


def _is_of_persons(grid: Grid) -> bool:
    corner = grid.table.rows[0][0] if grid.table.rows and grid.table.rows[0] else ""
    return bool(_NAME.search(fold(corner).strip()))


def _cells(grid: Grid, asked: frozenset[str]) -> list[Cell]:
    """The cells that hold every word of it."""
    return [
        grid.cell(cell)
        for cell in grid.cells.values()
        if cell.row_path and cell.quantity is None and asked <= set(keys(cell.text))
    ]
