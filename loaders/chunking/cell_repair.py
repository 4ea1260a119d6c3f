"""Cells that a reader let slip into a neighbour, put back where the column itself shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.chunking.spanned_grid import Cell, Grid

_NUMBER = re.compile(r"[-–−(]?[$€£¥]?\d[\d.,]*%?\)?")
_FEWEST_WITNESSES = 2
"""Cells of a column that must be whole, to show what a whole one holds."""

Texts = dict[tuple[int, int], str]
"""What cells say after mending, by row and column."""


def mended(grid: Grid, header_rows: int) -> Grid:
    """The grid with slips undone: names of the header among figures, figures in the cell below.

    Only where the header has one of the names beside them, and every other cell of the column
    holds exactly one figure, so that none can be meant to stand as it does. Tables with spans in
    their body are left alone.
    """
    start = header_rows
    if not start or start + _FEWEST_WITNESSES >= grid.height or not _may_have_slips(grid, start):
        return grid
    told: Texts = {}
    names: Texts = {}
    for column in range(1, grid.width):
        cells = _column(grid, start, column)
        if cells is None:
            return grid
        _part_from_name(cells, told, names)
    if len(names) < _FEWEST_WITNESSES or not _stands_in_header(grid, start, names):
        return grid
    for column in range(grid.width):
        cells = _column(grid, start, column)
        if cells is not None:
            now = [replace(cell, text=told.get((cell.row, column), cell.text)) for cell in cells]
            _move_up(now, told, _numbers if column else str.split)
    if not all(told[place] for place in names):
        return grid
    return _with_names(_retold(grid, told), names, start)


def _may_have_slips(grid: Grid, row: int) -> bool:
    """The first row of the body has a name where figures stand below it."""
    return any(
        cell.column and _name(cell.text) and _numbers(below.text)
        for cell in grid.row(row)
        if (below := grid.at(row + 1, cell.column)) is not None
    )


def _column(grid: Grid, start: int, column: int) -> list[Cell] | None:
    """The cells of the column; nothing if one of them is missing or spans."""
    cells = [grid.at(row, column) for row in range(start, grid.height)]
    whole = [cell for cell in cells if cell and cell.rowspan == cell.colspan == 1]
    return whole if len(whole) == len(cells) else None


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if _NUMBER.fullmatch(word)]


def _name(text: str) -> str:
    """The words of a cell that are no numbers."""
    words = [word for word in text.split() if not _NUMBER.fullmatch(word)]
    return " ".join(words) if any(char.isalpha() for word in words for char in word) else ""


def _part_from_name(cells: Sequence[Cell], told: Texts, names: Texts) -> None:
    """Take the name off the first cell if no other cell of the column has any."""
    first, *others = cells
    name = _name(first.text)
    if name and not any(_name(cell.text) for cell in others) and len(_numbers(first.text)) < 2:
        told[first.row, first.column] = " ".join(_numbers(first.text))
        names[first.row, first.column] = name


def _stands_in_header(grid: Grid, start: int, names: Texts) -> bool:
    """The header says one of the names over another column."""
    return any(
        cell.text.strip() == name
        for (_, column), name in names.items()
        for row in range(start)
        for cell in grid.row(row)
        if cell.column != column
    )


def _move_up(cells: Sequence[Cell], told: Texts, items: Callable[[str], list[str]]) -> None:
    """Of two in one cell, the first belongs to the empty cell above it."""
    counts = [len(items(cell.text)) for cell in cells]
    wrong = [number for number, count in enumerate(counts) if count != 1]
    if len(wrong) != 2 or len(cells) - 2 < 1 or wrong[1] != wrong[0] + 1:
        return
    upper, lower = cells[wrong[0]], cells[wrong[1]]
    if counts[wrong[0]] == 0 and counts[wrong[1]] == 2 and not upper.text.strip():
        first, second = items(lower.text)
        told[upper.row, upper.column], told[lower.row, lower.column] = first, second


def _retold(grid: Grid, told: Texts) -> Grid:
    cells = tuple(
        replace(cell, text=told.get((cell.row, cell.column), cell.text)) for cell in grid.cells
    )
    return replace(grid, cells=cells)


def _with_names(grid: Grid, names: Texts, start: int) -> Grid:
    """The names at the end of the headers over them."""
    heads = {
        id(head): f"{head.text} {name}".strip()
        for (_, column), name in names.items()
        if (head := grid.at(start - 1, column)) is not None and head.colspan == 1
    }
    cells = tuple(replace(cell, text=heads.get(id(cell), cell.text)) for cell in grid.cells)
    return replace(grid, cells=cells)
