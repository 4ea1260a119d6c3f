"""What the layout calls a table and is none: contents, an index, boxes with one column of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.reading.tables.table_grid import Cell, Grid
from loaders.reading.text_layer.line_joining import line_text, lines_of
from loaders.text.languages import pattern_of

PAGE = re.compile(r"^(?:[A-Z]{1,2}-)?\d{1,4}$|^[ivxl]{1,7}$", re.IGNORECASE)
HEAD = re.compile(rf"\b(?:{pattern_of('page')})s?\b|{pattern_of('page_end')}", re.IGNORECASE)
NUMBERED = re.compile(
    r"^(?:\d{1,2}|[A-Z]|[IVX]+)(?:\.\d+)*\.?\s+[^\s\d]"
    rf"|^(?:{pattern_of('part')}|{pattern_of('chapter')}|{pattern_of('appendix')})(?!\w)",
    re.IGNORECASE,
)
SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?$|^\d{1,2}\.$")
INDEXED = re.compile(r"(?:\.\s?){4,}\s*(?:[A-Z]{1,2}-)?\d{1,4}(?:, \d{1,4})*$|…\s*\d{1,4}$")
"""An entry with its leader and page in one cell; in a table the figure has a column of its own."""
LEADER = re.compile(r"\s*(?:[.·…]\s?){3,}\s*")
LED = " ..... "
"""A leader in short; by it a search knows contents from what they announce."""
ENTRY = re.compile(r"(?:[.·…]\s?){3,}\s*(?:[A-Z]{1,2}-)?(\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
FIRST_PAGE = 12
"""A list that does not say `page` nor is numbered is one of contents if it begins before it."""
ENTRIES = 5
"""A table of contents has at least as many."""


def plain_lines(grid: Grid) -> list[str]:
    """The lines of what is no table; nothing for a table."""
    if grid.width == 1 or len(grid.cells) < 2:
        return [cell.text() for cell in in_order(grid)]
    if is_index(grid):
        ordered = sorted(grid.cells, key=lambda cell: (cell.column, cell.row))
        return [LEADER.sub(LED, cell.text()) for cell in ordered]
    printed = printed_lines(grid)
    if is_contents(printed):
        return [LEADER.sub(LED, line) for line in printed]
    pages = [cell for cell in grid.cells if cell.column == grid.width - 1 and cell.row > 0]
    numbers = [cell.text() for cell in pages]
    if len(numbers) < ENTRIES or not all(PAGE.match(number) for number in numbers):
        return []
    values = [int(number) for number in numbers if number.isdecimal()]
    others = [cell for cell in grid.cells if cell.column < grid.width - 1]
    is_numbered = sum(is_section(cell.text()) for cell in others) * 2 > len(numbers)
    most_alike = 8 if is_numbered else 2
    if values != sorted(values) or len(set(values)) * most_alike < len(values):
        return []
    heads = [c.text() for c in grid.cells if c.row == 0 and c.column == grid.width - 1]
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


def printed_lines(grid: Grid) -> list[str]:
    """The lines as they stand on the page, whatever became of them in the grid."""
    phrases = [phrase for cell in grid.cells for phrase in cell.phrases]
    return [line_text(line) for line in lines_of(t for phrase in phrases for t in phrase.tokens)]


def is_contents(lines: Sequence[str]) -> bool:
    """Most lines have a leader to one number, and these grow."""
    ends = [end for line in lines if (end := ENTRY.search(line))]
    pages = [int(end[1]) for end in ends if end[1].isdecimal()]
    steps = sum(before <= after for before, after in pairwise(pages))
    is_growing = steps >= 0.9 * (len(pages) - 1) and len(set(pages)) > 1
    return len(ends) >= ENTRIES and 2 * len(ends) > len(lines) and is_growing


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
