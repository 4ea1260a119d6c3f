"""The grid of a table: where the model and the rules see lines, what the words say.

A phrase (words that stand together on a line) is never cut: it goes to one cell, or spans.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.reading.geometry import enclosing, middle
from loaders.reading.page import Box
from loaders.reading.prose import joined, line_text, lines_of
from loaders.reading.sheet import Token

NUMERIC = re.compile(r"^[\s$€£¥(+\-−–—]*\d[\d.,\s]*[%)]*\S{0,2}$|^[-–—]$|^n/?a$", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    """A cell and what it covers; `tokens` are its words."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    tokens: list[Token] = field(default_factory=list)

    @property
    def text(self) -> str:
        return joined(line_text(line) for line in lines_of(self.tokens))


@dataclass(slots=True)
class Grid:
    """Cells in reading order; the first `header` rows name the columns."""

    width: int
    height: int
    cells: list[Cell]
    header: int = 0


def phrases(line: Sequence[Token], gap: float = 0.75) -> list[list[Token]]:
    """Words of a line that stand closer than `gap` times their size."""
    found: list[list[Token]] = []
    for token in line:
        last = found[-1][-1] if found else None
        if last is None or token.box[0] - last.box[2] > gap * max(token.size, last.size):
            found.append([])
        found[-1].append(token)
    return found


def build_grid(
    tokens: Sequence[Token], box: Box, rows: Sequence[float], columns: Sequence[float]
) -> Grid:
    """Put every phrase into the cells that the lines make; nothing is lost."""
    height, width = len(rows) + 1, len(columns) + 1
    cells: dict[tuple[int, int], Cell] = {}
    for line in lines_of(tokens):
        for phrase in phrases(line):
            place(phrase, rows, columns, cells)
    grid = Grid(width, height, sorted(cells.values(), key=lambda cell: (cell.row, cell.column)))
    grid.header = header_rows(grid)
    return grid


def place(
    phrase: list[Token],
    rows: Sequence[float],
    columns: Sequence[float],
    cells: dict[tuple[int, int], Cell],
) -> None:
    """Put the words of a phrase where their middles stand."""
    row = bisect_right(rows, middle(enclosing(token.box for token in phrase))[1])
    for token in phrase:
        column = bisect_right(columns, middle(token.box)[0])
        cells.setdefault((row, column), Cell(row, column)).tokens.append(token)


def header_rows(grid: Grid) -> int:
    """Rows above the first one that holds figures beside its label."""
    for row in range(grid.height):
        texts = [cell.text for cell in grid.cells if cell.row == row and cell.column > 0]
        if any(NUMERIC.match(text) for text in texts):
            return row
    return min(1, grid.height - 1)


def to_html(grid: Grid, box: Box) -> str:
    """The grid as the markup's table; a place that no cell covers is an empty cell."""
    rows = [table_row(grid, row) for row in range(grid.height)]
    head, body = "".join(rows[: grid.header]), "".join(rows[grid.header :])
    place = " ".join(f"{value:.0f}" for value in box)
    head = f"<thead>{head}</thead>" if head else ""
    return f'<table box="{place}">{head}<tbody>{body}</tbody></table>'


def table_row(grid: Grid, row: int) -> str:
    """One row of the grid, spans written as attributes."""
    tag = "th" if row < grid.header else "td"
    covered = {
        column
        for cell in grid.cells
        if cell.row < row < cell.row + cell.rows
        for column in range(cell.column, cell.column + cell.columns)
    }
    starts = {cell.column: cell for cell in grid.cells if cell.row == row}
    parts: list[str] = []
    column = 0
    while column < grid.width:
        cell = starts.get(column)
        if cell is None:
            if column not in covered:
                parts.append(f"<{tag}></{tag}>")
            column += 1
            continue
        span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        span += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        parts.append(f"<{tag}{span}>{html.escape(cell.text, quote=False)}</{tag}>")
        column += cell.columns
    return f"<tr>{''.join(parts)}</tr>"
