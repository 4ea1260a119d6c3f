"""Lines of a header below each other: which are one name, and which rows a name fills."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Rule
from loaders.reading.tables.table_grid import Cell, Grid


def stack(grid: Grid, rules: Sequence[Rule]) -> None:
    """In the header, join the lines of one name."""
    heads = sorted(
        (cell for cell in grid.cells if cell.row < grid.header),
        key=lambda cell: (cell.column, cell.columns, cell.row),
    )
    for upper, lower in reversed(list(pairwise(heads))):
        if (upper.column, upper.columns) == (lower.column, lower.columns) and is_one_name(
            grid, upper, lower, rules
        ):
            upper.phrases += lower.phrases
            upper.rows = lower.row + lower.rows - upper.row
            grid.cells.remove(lower)


def fill(grid: Grid) -> None:
    """Let each name of the header fill its column up and down."""
    for cell in sorted((c for c in grid.cells if c.row < grid.header), key=lambda c: c.row):
        rise(grid, cell)
        if cell.columns == 1:
            sink(grid, cell)
    level(grid)


def is_one_name(grid: Grid, upper: Cell, lower: Cell, rules: Sequence[Rule]) -> bool:
    """Nothing parts the two lines: no rule, no wide gap, no spanning header."""
    if any(
        covers(cell, row, upper.column)
        for row in range(upper.row + upper.rows, lower.row)
        for cell in grid.cells
    ):
        return False
    if is_apart(upper, lower) or is_level(grid, lower):
        return False
    top, bottom = upper.box[3], lower.box[1]
    x = middle(lower.box)[0]
    return not any(
        rule.box[0] - 1 <= x <= rule.box[2] + 1 and top - 2 <= rule.box[1] <= bottom + 2
        for rule in rules
    )


def is_level(grid: Grid, cell: Cell) -> bool:
    """What the cell says stands again in its row, where it is clearly no part of the name above.

    There is white between the two, or the name above spans several columns.
    """
    for other in grid.row(cell.row):
        if other is cell or other.text() != cell.text():
            continue
        above = [
            c
            for c in grid.cells
            if c.row < other.row and (c.column, c.columns) == (other.column, other.columns)
        ]
        if above:
            spans = is_apart(max(above, key=lambda c: c.row), other)
        else:
            spans = any(c.row < other.row and is_under(c, other) for c in grid.cells)
        if spans:
            return True
    return False


def is_under(upper: Cell, lower: Cell) -> bool:
    """The lower cell's columns are some of the upper one's."""
    return (
        upper.column <= lower.column
        and lower.column + lower.columns <= upper.column + upper.columns
    )


def is_apart(upper: Cell, lower: Cell) -> bool:
    """More white than between the lines of one name."""
    return lower.box[1] - upper.box[3] > 0.9 * lower.phrases[0].size


def covers(cell: Cell, row: int, column: int) -> bool:
    """The cell lies over this place of the grid."""
    return (
        cell.row <= row < cell.row + cell.rows
        and cell.column <= column < cell.column + cell.columns
    )


def rise(grid: Grid, cell: Cell) -> None:
    """Let a header begin in the first row above it that is free."""
    columns = range(cell.column, cell.column + cell.columns)
    while cell.row > 0 and not any(
        covers(c, cell.row - 1, column) for c in grid.cells for column in columns
    ):
        cell.row -= 1
        cell.rows += 1


def level(grid: Grid) -> None:
    """Names that rose under a header that spans them go back to the others of their line."""
    heads = [cell for cell in grid.cells if cell.row < grid.header]
    for upper in heads:
        row = upper.row + upper.rows
        lower = [cell for cell in heads if cell.row == row and is_under(upper, cell)]
        beside = [cell for cell in heads if cell.row > row and not is_under(upper, cell)]
        places = {
            other.row
            for cell in lower
            for other in beside
            if abs(other.phrases[0].box[3] - cell.phrases[0].box[3]) < 2
        }
        if upper.columns < 2 or len(places) != 1:
            continue
        (down,) = (place - row for place in places)
        if all(cell.rows > down for cell in lower):
            upper.rows += down
            for cell in lower:
                cell.row, cell.rows = cell.row + down, cell.rows - down


def sink(grid: Grid, cell: Cell) -> None:
    """Let a header end where the data begins, or the next header below it."""
    while cell.row + cell.rows < grid.header and not any(
        covers(c, cell.row + cell.rows, cell.column) for c in grid.cells
    ):
        cell.rows += 1
