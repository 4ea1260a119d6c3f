"""A head that is painted cell by cell: its paint says what each name spans, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.pages.geometry import area, enclosing, middle, overlap
from loaders.pages.page_layout import Fill
from loaders.pages.runs import apart
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase, TableLine
from loaders.reading.tables.columns import between
from loaders.reading.tables.painted import ACROSS, WHITE
from loaders.reading.tables.table_grid import Cell, Grid

TOUCH = 2.0
"""Points by which neighbours may miss each other: paint is parted by a thin line of paper."""
TILED = 0.93
"""Part of the head that its cells cover together."""
LEAST = 4.0
"""Points: what is narrower or lower is a drawn line."""


@dataclass(frozen=True)
class PaintedHead:
    """The painted cells of a head, which leave nothing of it out and do not overlap."""

    cells: tuple[Box, ...]

    @cached_property
    def box(self) -> Box:
        return enclosing(self.cells)

    @cached_property
    def columns(self) -> list[float]:
        """Where one column ends and the next begins."""
        return apart((cell[0] for cell in self.cells), TOUCH)[1:]

    def reach(self, number: int) -> tuple[int, int]:
        """The first and the last column of a cell."""
        left, _, right, _ = self.cells[number]
        return between(left, right, self.columns, TOUCH)

    def cell_of(self, box: Box) -> int:
        """The cell in which the middle of some print stands; -1 if it is outside of the head."""
        x, y = middle(box)
        return next(
            (n for n, (left, top, right, foot) in enumerate(self.cells)
             if left - TOUCH < x < right + TOUCH and top < y < foot),
            -1,
        )  # fmt: skip

    def holds(self, line: TableLine) -> bool:
        """Whether a line of print is of the head."""
        _, top, _, foot = self.box
        return top < middle(line.box)[1] < foot


def painted_cells(
    lines: Sequence[TableLine], fills: Sequence[Fill], columns: Sequence[float], box: Box
) -> PaintedHead | None:
    """The head whose cells are painted one by one; None where print runs over their edges.

    It has as many columns as print shows, or a name for each: blank cells may only keep distance.
    """
    painted = [fill for fill in fills if fill.colour not in ("", WHITE) and is_cell(fill.box, box)]
    colours = {fill.colour: None for fill in painted}
    each = [{colour} for colour in colours]
    for of_head in [*each, set(colours)] if len(each) > 1 else each:  # its lines may have two
        cells = from_the_top({fill.box for fill in painted if fill.colour in of_head})
        if not cells or not tile(cells, box):
            continue
        head = PaintedHead(tuple(sorted(cells, key=lambda cell: (cell[1], cell[0]))))
        inside = [head.holds(line) for line in lines]
        first = inside.index(True) if any(inside) else len(lines)
        end = first + sum(inside)
        is_whole = all(inside[first:end]) and end < len(lines)
        is_seen = len(columns) == len(head.columns) or names_each(head, lines[first:end], columns)
        if is_whole and is_seen and parts(head, lines, end):
            return head
    return None


def is_cell(fill: Box, box: Box) -> bool:
    """Whether paint may be that of a cell of the table: neither a line nor the whole width."""
    width, height = fill[2] - fill[0], fill[3] - fill[1]
    is_near = overlap(fill[0], fill[2], box[0], box[2]) > 0.5 * width
    is_near = is_near and overlap(fill[1], fill[3], box[1] - height, box[3]) > 0.5 * height
    return is_near and min(width, height) > LEAST and width < ACROSS * (box[2] - box[0])


def from_the_top(boxes: Iterable[Box]) -> list[Box]:
    """The boxes that hang together from the highest down."""
    found: list[Box] = []
    for one in sorted(boxes, key=lambda box: box[1]):
        if not found or one[1] < max(box[3] for box in found) + TOUCH:
            found.append(one)
    return found


def tile(cells: Sequence[Box], box: Box) -> bool:
    """Whether cells fill a rectangle as wide as the table, in several columns."""
    around = enclosing(cells)
    is_wide = around[2] - around[0] >= ACROSS * (box[2] - box[0])
    covered = sum(map(area, cells)) / area(around)
    is_parted = len(apart((cell[0] for cell in cells), TOUCH)) > 1
    return is_wide and TILED < covered < 1 / TILED and is_parted


def names_each(head: PaintedHead, lines: Iterable[TableLine], columns: Sequence[float]) -> bool:
    """Whether each column has a cell of its own with print in it, and print shows no more."""
    filled = {head.cell_of(phrase.box) for line in lines for phrase in line.phrases}
    spans = [head.reach(number) for number in filled if number >= 0]
    alone = {first for first, last in spans if first == last}
    return len(alone) == len(head.columns) + 1 > len(columns)


def parts(head: PaintedHead, lines: Sequence[TableLine], end: int) -> bool:
    """Whether no row below runs over an edge, but a name that stands alone."""
    return not any(
        phrase.box[0] < x - 1 and phrase.box[2] > x + 1
        for line in lines[end:]
        if len(line.phrases) > 1
        for phrase in line.phrases
        for x in head.columns
    )


def in_cells(lines: Iterable[TableLine], head: PaintedHead) -> list[TableLine]:
    """The lines, those of the head with the words of each cell as one phrase."""
    found: list[TableLine] = []
    for line in lines:
        if not head.holds(line):
            found.append(line)
            continue
        groups: dict[int, Phrase] = {}
        for token in (token for phrase in line.phrases for token in phrase.tokens):
            groups.setdefault(head.cell_of(token.box), Phrase([])).tokens.append(token)
        found.append(TableLine([*groups.values()]))
    return found


def with_head(grid: Grid, lines: Iterable[TableLine], head: PaintedHead) -> Grid:
    """The grid of the rows with the painted head above them."""
    tops = apart((cell[1] for cell in head.cells), TOUCH)
    cells: dict[int, Cell] = {}
    for phrase in (phrase for line in lines for phrase in line.phrases):
        number = head.cell_of(phrase.box)
        cell = cells.get(number)
        if cell is None:
            _, top, _, foot = head.cells[number]
            rows = [n for n, y in enumerate(tops) if top - TOUCH < y < foot - TOUCH]
            start, end = head.reach(number)
            cell = cells[number] = Cell(rows[0], start, len(rows), end - start + 1)
        cell.phrases.append(phrase)
    for cell in grid.cells:
        cell.row += len(tops)
    grid.cells = [*cells.values(), *grid.cells]
    grid.height += len(tops)
    grid.header = len(tops)
    return grid
