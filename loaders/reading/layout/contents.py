"""What the layout calls a table and is none: tables of contents, boxes with one column of text."""

from __future__ import annotations

import re

from loaders.reading.tables.grid import Cell, Grid

PAGE = re.compile(r"^(?:[A-Z]{1,2}-)?\d{1,4}$|^[ivxl]{1,7}$", re.IGNORECASE)
HEAD = re.compile(r"\b(?:page|seite|pages)\b|页", re.IGNORECASE)
FIRST_PAGE = 12
"""A list that does not say `page` is one of contents if it begins before this one."""
ENTRIES = 5
"""A table of contents has at least as many."""


def plain_lines(grid: Grid) -> list[str]:
    """The lines of what is no table; nothing for a table."""
    if grid.width == 1 or len(grid.cells) < 2:
        return [cell.text() for cell in in_order(grid)]
    pages = [cell for cell in grid.cells if cell.column == grid.width - 1 and cell.row > 0]
    numbers = [cell.text() for cell in pages]
    if len(numbers) < ENTRIES or not all(PAGE.match(number) for number in numbers):
        return []
    values = [int(number) for number in numbers if number.isdigit()]
    others = [cell for cell in grid.cells if cell.column < grid.width - 1]
    if values != sorted(values) or len(set(values)) * 2 < len(values):
        return []
    heads = [c.text() for c in grid.cells if c.row == 0 and c.column == grid.width - 1]
    if not any(HEAD.search(head) for head in heads) and min(values, default=0) > FIRST_PAGE:
        return []
    if len(numbers) < 0.7 * (grid.height - 1) or any(cell.is_figure for cell in others):
        return []
    return [
        " ".join(cell.text() for cell in grid.row(row))
        for row in range(grid.height)
        if grid.row(row)
    ]


def in_order(grid: Grid) -> list[Cell]:
    """The cells from top to bottom."""
    return sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
