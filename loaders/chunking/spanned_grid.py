"""Cells and where they stand: spans resolved to a rectangle, whatever the source says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

_MOST_COLUMNS = 1000
_FEWEST_COLUMNS = 32
_MOST_SLOTS = 2_000_000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as its source writes it, before it has a place."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    opens: bool = False
    """First in a part of its own of the body (`tbody`): no group goes on into it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at the first position that it covers."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle in which every position is covered by one cell or by none."""

    height: int
    width: int
    cells: tuple[Cell, ...]
    """In reading order."""
    owners: list[list[int]] = field(repr=False, compare=False)
    """For each position the index of the cell that covers it, or -1."""

    def at(self, row: int, column: int) -> Cell | None:
        owner = self.owners[row][column]
        return self.cells[owner] if owner >= 0 else None

    def text(self, row: int, column: int) -> str:
        cell = self.at(row, column)
        return cell.text.strip() if cell else ""

    def row(self, row: int) -> list[Cell]:
        """The cells that cover a row, each once, in order; those that began further up included."""
        found = dict.fromkeys(owner for owner in self.owners[row] if owner >= 0)
        return [self.cells[owner] for owner in found]

    def rows(self) -> list[list[str]]:
        """The texts, a spanning cell's on its first position only."""
        texts = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            texts[cell.row][cell.column] = cell.text
        return texts


def place(rows: Iterable[Sequence[RawCell]]) -> Grid:
    """Give every cell its place; spans into nothing are cut, columns that nobody starts go.

    A row with more cells than a table can have columns goes on in a row of its own, and spans that
    leave no room are ignored, so that a hostile table costs no more than its own length.
    """
    lines = [list(row) for row in rows]
    if not any(lines):
        return Grid(0, 0, (), [])
    limit = _column_limit(len(lines)) // 2
    if any(len(line) > limit for line in lines):
        lines = _wrapped(lines, limit)
    cells = _placed(lines)
    if cells is None:
        flat = [[RawCell(cell.text, header=cell.header) for cell in line] for line in lines]
        lines = _wrapped(flat, _FEWEST_COLUMNS)
        cells = _placed(lines) or []
    return _closed(cells, len(lines))


def _column_limit(height: int) -> int:
    return max(_FEWEST_COLUMNS, min(_MOST_COLUMNS, _MOST_SLOTS // max(height, 1)))


def _wrapped(lines: list[list[RawCell]], limit: int) -> list[list[RawCell]]:
    return [line[at : at + limit] for line in lines for at in range(0, max(len(line), 1), limit)]


def _placed(lines: list[list[RawCell]]) -> list[Cell] | None:
    """None if the spans leave a cell no room."""
    limit = _column_limit(len(lines))
    cells: list[Cell] = []
    until = [0] * limit  # for each column: the row at which the span from above has ended
    for number, line in enumerate(lines):
        column = 0
        for raw in line:
            while column < limit and until[column] > number:
                column += 1
            if column >= limit:
                return None
            colspan = _free(until, column, number, min(raw.colspan, limit - column))
            rowspan = min(raw.rowspan, len(lines) - number)
            until[column : column + colspan] = [number + rowspan] * colspan
            cells.append(Cell(number, column, raw.text, rowspan, colspan, raw.header, raw.opens))
            column += colspan
    return cells


def _free(until: list[int], column: int, row: int, wanted: int) -> int:
    """How many columns a cell can cover before it runs into a span from above."""
    width = 1
    while width < wanted and until[column + width] <= row:
        width += 1
    return width


def _closed(cells: list[Cell], height: int) -> Grid:
    """Without the columns in which no cell begins."""
    starts = sorted({cell.column for cell in cells})
    owners = [[-1] * len(starts) for _ in range(height)]
    placed: list[Cell] = []
    for cell in cells:
        column = bisect_left(starts, cell.column)
        width = bisect_left(starts, cell.column + cell.colspan) - column
        for row in range(cell.row, cell.row + cell.rowspan):
            owners[row][column : column + width] = [len(placed)] * width
        placed.append(replace(cell, column=column, colspan=width))
    return Grid(height, len(starts), tuple(placed), owners)
