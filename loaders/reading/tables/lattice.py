"""Tables whose cells are drawn: the walls between the cells say what spans what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Rule
from loaders.pages.runs import apart
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.drawn_lines import vertical_rules
from loaders.reading.tables.header_rows import first_row
from loaders.reading.tables.painted import are_words
from loaders.reading.tables.table_grid import Cell, Grid

SNAP = 4.0
"""Rules closer than this are one."""

Slot = tuple[int, int]


def ruled_grid(
    lines: Sequence[TableLine],
    rows: Sequence[float],
    columns: Sequence[float],
    rules: Sequence[Rule],
    box: Box,
    painted: int = 0,
) -> Grid | None:
    """The grid that the rules draw; nothing if print shows columns or rows without rules."""
    drawn = vertical_rules(rules, box)
    if not columns or not shows_drawn(columns, drawn):
        return None
    upright = [rule for rule in rules if not rule.horizontal and is_near(rule, box)]
    level = [rule for rule in rules if rule.horizontal and is_near(rule, box)]
    xs = edges([middle(rule.box)[0] for rule in upright], box[0], box[2])
    ys = edges([middle(rule.box)[1] for rule in level], box[1], box[3])
    if len(xs) < 3 or len(ys) < 4 or holds_two_rows(lines, ys, columns):
        return None
    undrawn = [row for row in rows if not any(abs(row - y) <= 2 * SNAP for y in ys)]
    if len(undrawn) > 0.4 * len(rows):
        return None
    parts = joined_slots(xs, ys, upright, level)
    cells: dict[Slot, Cell] = {}
    for line in lines:
        for phrase in line.phrases:
            x, y = middle(phrase.box)
            slot = (place(ys, y), place(xs, x))
            row, column, last_row, last_column = parts[slot]
            cell = cells.setdefault(
                (row, column),
                Cell(row, column, last_row - row + 1, last_column - column + 1),
            )
            cell.phrases.append(phrase)
    if any(stand_side_by_side(cell) for cell in cells.values()):
        return None
    grid = Grid(len(xs) - 1, len(ys) - 1, list(cells.values()), xs[1:-1], xs[0], xs[-1])
    data = painted or first_row(lines, columns)
    most = 1 if data is None else place(ys, middle(lines[data].box)[1])
    grid.header = most if painted else _head(grid, most)
    return grid


def shows_drawn(columns: Sequence[float], drawn: Sequence[float]) -> bool:
    """Print shows no column without a rule, or as many as are drawn.

    White beside a cell that spans two columns is not where the rule under that cell is.
    """
    near = [any(abs(x - y) <= 3 for y in drawn) for x in columns]
    return all(near) or (len(columns) == len(drawn) and any(near))


def _head(grid: Grid, most: int) -> int:
    """Rows that name columns: drawn rows of one cell a column, words as they may be, are data.

    One below the first may still say the units of the columns.
    """
    single = [cell.row for cell in grid.cells if cell.rows == cell.columns == 1]
    full = [row for row in range(1, most) if single.count(row) == grid.width]
    is_sure = len(full) > 1 or (full and tells_words(grid, full[0]))
    head = full[0] if is_sure else most
    return next((row for row in range(1, head) if holds_label_alone(grid, row)), head)


def tells_words(grid: Grid, row: int) -> bool:
    """A row like those below, under one that spans nothing: words that are no years or units."""
    spans = any(cell.rows * cell.columns > 1 for cell in grid.cells if cell.row < row)
    return not spans and are_words(cell.text() for cell in grid.row(row))


def holds_label_alone(grid: Grid, row: int) -> bool:
    """Nothing but a label at the left, or over all columns: it names the rows below it."""
    inside = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.rows]
    return [cell.column for cell in inside] == [0] and inside[0].columns in (1, grid.width)


def stand_side_by_side(cell: Cell) -> bool:
    """The cell holds phrases of one line: walls that are no rules part them."""
    return any(
        overlap(one.box[1], one.box[3], other.box[1], other.box[3]) > 0.5 * one.size
        for one, other in combinations(cell.phrases, 2)
    )


def is_near(rule: Rule, box: Box) -> bool:
    """The rule belongs to the table."""
    return (
        rule.box[0] < box[2] + 8
        and rule.box[2] > box[0] - 8
        and rule.box[1] < box[3] + 8
        and rule.box[3] > box[1] - 8
    )


def edges(places: Iterable[float], start: float, end: float) -> list[float]:
    """The places of rules, those that are almost one taken once, and the ends of the table."""
    found = apart(places, SNAP)
    if not found or found[0] > start + SNAP:
        found.insert(0, start - 1)
    if found[-1] < end - SNAP:
        found.append(end + 1)
    return found


def place(values: Sequence[float], value: float) -> int:
    """Number of the stretch between two edges in which the value lies."""
    return min(max(bisect_right(values, value) - 1, 0), len(values) - 2)


def holds_two_rows(
    lines: Sequence[TableLine], ys: Sequence[float], columns: Sequence[float]
) -> bool:
    """Between two rules stand several lines with figures in the same columns."""
    bands: dict[int, list[set[int]]] = {}
    for line in lines:
        figures = {reach(phrase, columns)[0] for phrase in line.phrases if phrase.is_figure} - {0}
        bands.setdefault(place(ys, middle(line.box)[1]), []).append(figures)
    return any(
        len(one & other) >= min(2, len(columns))
        for band in bands.values()
        for one, other in combinations(band, 2)
    )


def joined_slots(
    xs: Sequence[float], ys: Sequence[float], upright: Sequence[Rule], level: Sequence[Rule]
) -> dict[Slot, tuple[int, int, int, int]]:
    """For each slot the first and last row and column of the cell that it is part of."""
    height, width = len(ys) - 1, len(xs) - 1
    parent = {(row, column): (row, column) for row in range(height) for column in range(width)}

    def root(slot: Slot) -> Slot:
        while parent[slot] != slot:
            slot = parent[slot]
        return slot

    for row in range(height):
        for column in range(width):
            if column + 1 < width and not wall(
                upright, xs[column + 1], ys[row], ys[row + 1], lambda box: (box[0], box[1], box[3])
            ):
                parent[root((row, column + 1))] = root((row, column))
            if row + 1 < height and not wall(
                level, ys[row + 1], xs[column], xs[column + 1], lambda box: (box[1], box[0], box[2])
            ):
                parent[root((row + 1, column))] = root((row, column))
    groups: dict[Slot, list[Slot]] = {}
    for slot in parent:
        groups.setdefault(root(slot), []).append(slot)
    return {
        slot: (
            min(row for row, _ in group),
            min(column for _, column in group),
            max(row for row, _ in group),
            max(column for _, column in group),
        )
        for group in groups.values()
        for slot in group
    }


def wall(
    rules: Sequence[Rule],
    at: float,
    start: float,
    end: float,
    along: Callable[[Box], tuple[float, float, float]],
) -> bool:
    """A rule stands at this place along most of the stretch."""
    length = 0.0
    for rule in rules:
        where, first, last = along(rule.box)
        if abs(where - at) <= SNAP:
            length += max(0.0, overlap(first, last, start, end))
    return length >= 0.9 * (end - start)
