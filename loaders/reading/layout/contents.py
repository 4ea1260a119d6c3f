"""What the layout calls a table and is none: contents, an index, boxes with one column of text."""

from __future__ import annotations

import re

from loaders.reading.tables.grid import Cell, Grid

PAGE = re.compile(r"^(?:[A-Z]{1,2}-)?\d{1,4}$|^[ivxl]{1,7}$", re.IGNORECASE)
HEAD = re.compile(r"\b(?:page|seite|pages)\b|页", re.IGNORECASE)
NUMBERED = re.compile(
    r"^(?:\d{1,2}|[A-Z]|[IVX]+)(?:\.\d+)*\.?\s+[^\W\d]|^第.{1,3}[章节節]"
    r"|^(?:chapter|part|appendix|section|item|annex|note|kapitel|teil|anhang|abschnitt)\b",
    re.IGNORECASE,
)
SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?$|^\d{1,2}\.$")
INDEXED = re.compile(r"(?:\.\s?){4,}\s*(?:[A-Z]{1,2}-)?\d{1,4}(?:, \d{1,4})*$|…\s*\d{1,4}$")
"""An entry with its leader and page in one cell; in a table the figure has a column of its own."""
FIRST_PAGE = 12
"""A list that does not say `page` nor is numbered is one of contents if it begins before it."""
ENTRIES = 5
"""A table of contents has at least as many."""


def plain_lines(grid: Grid) -> list[str]:
    """The lines of what is no table; nothing for a table."""
    if grid.width == 1 or len(grid.cells) < 2:
        return [cell.text() for cell in in_order(grid)]
    if is_index(grid):
        return [cell.text() for cell in sorted(grid.cells, key=lambda c: (c.column, c.row))]
    pages = [cell for cell in grid.cells if cell.column == grid.width - 1 and cell.row > 0]
    numbers = [cell.text() for cell in pages]
    if len(numbers) < ENTRIES or not all(PAGE.match(number) for number in numbers):
        return []
    values = [int(number) for number in numbers if number.isdigit()]
    others = [cell for cell in grid.cells if cell.column < grid.width - 1]
    if values != sorted(values) or len(set(values)) * 2 < len(values):
        return []
    heads = [c.text() for c in grid.cells if c.row == 0 and c.column == grid.width - 1]
    is_numbered = sum(is_section(cell.text()) for cell in others) * 2 > len(numbers)
    begins = is_numbered or min(values, default=0) <= FIRST_PAGE
    if not begins and not any(HEAD.search(head) for head in heads):
        return []
    figures = [cell for cell in others if cell.is_figure and not SECTION.match(cell.text())]
    if len(numbers) < 0.7 * (grid.height - 1) or figures:
        return []
    return [
        " ".join(cell.text() for cell in grid.row(row))
        for row in range(grid.height)
        if grid.row(row)
    ]


def is_section(label: str) -> bool:
    """The label is, or begins with, the number of a chapter or a section."""
    return bool(NUMBERED.match(label) or SECTION.match(label))


def is_index(grid: Grid) -> bool:
    """Most cells but the letters between them are entries with their page."""
    texts = [text for cell in grid.cells if len(text := cell.text()) > 1]
    return len(texts) >= ENTRIES and sum(bool(INDEXED.search(t)) for t in texts) * 2 > len(texts)


def in_order(grid: Grid) -> list[Cell]:
    """The cells from top to bottom."""
    return sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
