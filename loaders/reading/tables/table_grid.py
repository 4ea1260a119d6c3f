"""The grid of a table: where the model and the rules see lines, what the words say.

A phrase is never cut: it goes into one cell, or its cell spans the columns that it stands over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.pages.geometry import enclosing
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase
from loaders.reading.text_layer.line_joining import joined, reads_leftward

INDENT = 0.3
"""Part of the size of print by which the rows of a group stand further right, at least."""
FLUSH = 1.0
"""Points: what begins at one place misses it by less."""
LEADER = re.compile(r"(?<=[^\s.·…])(?:\s?[.·…]){4,}$")
"""Dots from a label to its figure, which the eye follows and nobody reads."""


@dataclass(slots=True)
class Cell:
    """A cell, what it covers, and its phrases from top to bottom."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    phrases: list[Phrase] = field(default_factory=list)

    def text(self, known: Collection[str] = ()) -> str:
        """The words of the cell; `known` helps to mend hyphens."""
        return joined((phrase.text for phrase in self.phrases), known)

    @property
    def box(self) -> Box:
        return enclosing(phrase.box for phrase in self.phrases)

    @property
    def is_figure(self) -> bool:
        return len(self.phrases) == 1 and self.phrases[0].is_figure

    @property
    def is_year(self) -> bool:
        return len(self.phrases) == 1 and self.phrases[0].is_year


@dataclass(slots=True)
class Grid:
    """Cells of a table; the first `header` rows name the columns."""

    width: int
    height: int
    cells: list[Cell]
    columns: list[float] = field(default_factory=list)
    """Where one column ends and the next begins."""
    left: float = 0.0
    right: float = 0.0
    header: int = 0

    def row(self, number: int) -> list[Cell]:
        """The cells that begin in this row, from left to right."""
        return sorted((c for c in self.cells if c.row == number), key=lambda c: c.column)

    def bounds(self, column: int, count: int = 1) -> tuple[float, float]:
        """Left and right end of neighbouring columns."""
        edges = [self.left, *self.columns, self.right]
        return edges[column], edges[column + count]


def without_overlaps(grid: Grid) -> None:
    """A cell ends where the next one of its row begins."""
    for row in range(grid.height):
        cells = grid.row(row)
        for cell, after in pairwise(cells):
            cell.columns = min(cell.columns, after.column - cell.column)


def turn_leftward(grid: Grid) -> None:
    """Count the columns from the right if the words of the table are read from there."""
    if reads_leftward(t for cell in grid.cells for phrase in cell.phrases for t in phrase.tokens):
        for cell in grid.cells:
            cell.column = grid.width - cell.column - cell.columns


def to_html(grid: Grid, box: Box, known: Collection[str] = ()) -> str:
    """The grid as the markup's table; a place that no cell covers is an empty cell."""
    outside = outdented(grid)
    rows = [
        ("</tbody><tbody>" if row in outside else "") + table_row(grid, row, known)
        for row in range(grid.height)
    ]
    head, body = "".join(rows[: grid.header]), "".join(rows[grid.header :])
    place = " ".join(f"{value:.0f}" for value in box)
    head = f"<thead>{head}</thead>" if head else ""
    return f'<table box="{place}">{head}<tbody>{body}</tbody></table>'


def outdented(grid: Grid) -> set[int]:
    """Rows that begin where the name of the group above does, while its own rows are indented."""
    found: set[int] = set()
    name, is_indented = float("-inf"), False
    for row in range(grid.header, grid.height):
        cells = grid.row(row)
        if not cells or cells[0].column:
            continue
        left, size = cells[0].box[0], cells[0].phrases[0].size
        if len(cells) == 1:
            name, is_indented = left, False
        elif abs(left - name) < FLUSH:
            if is_indented:
                found.add(row)
            name, is_indented = float("-inf"), False
        else:
            is_indented = INDENT * size < left - name < float("inf")
    return found


def table_row(grid: Grid, row: int, known: Collection[str] = ()) -> str:
    """One row of the grid, spans written as attributes."""
    tag = "th" if row < grid.header else "td"
    covered = {
        column
        for cell in grid.cells
        if cell.row < row < cell.row + cell.rows
        for column in range(cell.column, cell.column + cell.columns)
    }
    starts = {cell.column: cell for cell in grid.row(row)}
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
        text = LEADER.sub("", cell.text(known))
        parts.append(f"<{tag}{span}>{html.escape(text, quote=False)}</{tag}>")
        column += cell.columns
    return f"<tr>{''.join(parts)}</tr>"
