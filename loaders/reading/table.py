"""A table of the page, from its words to its grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.reading.columns import column_lines, reach
from loaders.reading.geometry import enclosing
from loaders.reading.grid import Cell, Grid, without_overlaps
from loaders.reading.head import head_length
from loaders.reading.headers import recognise, recognise_ruled
from loaders.reading.notes import trimmed
from loaders.reading.page import Box
from loaders.reading.phrases import DRAWN, TableLine, split_at, table_lines
from loaders.reading.rows import row_groups
from loaders.reading.ruled import ruled_grid
from loaders.reading.sheet import Region, Rule, Token


@dataclass(slots=True)
class FoundTable:
    """A grid, and the lines that were taken for parts of it."""

    grid: Grid
    box: Box
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def find_table(tokens: Sequence[Token], region: Region, rules: Sequence[Rule]) -> FoundTable:
    """Put every phrase into a cell; nothing is lost and nothing cut."""
    rules = [*rules, *(Rule(token.box) for token in tokens if DRAWN.match(token.text))]
    lines = table_lines(tokens, region.columns, rules)
    columns = column_lines(lines, region.columns, rules, region.box)
    above, lines, below = trimmed([split_at(line, columns) for line in lines], columns)
    box = enclosing(line.box for line in lines) if above or below else region.box
    grid = ruled_grid(lines, region.rows, columns, rules, box)
    if grid is not None:
        recognise_ruled(grid)
    else:
        grid = printed_grid(lines, region.rows, columns, rules, box)
        recognise(grid, rules, box)
    return FoundTable(grid, box, [line.text for line in above], [line.text for line in below])


def printed_grid(
    lines: Sequence[TableLine],
    rows: Sequence[float],
    columns: Sequence[float],
    rules: Sequence[Rule],
    box: Box,
) -> Grid:
    """The grid that print and the model show; in the header each line is a row of its own."""
    head = head_length(lines, columns, rules)
    groups = [[index] for index in range(head)] + [
        [head + index for index in group]
        for group in row_groups(lines[head:], rows, columns, rules, box)
    ]
    cells: dict[tuple[int, int], Cell] = {}
    for row, group in enumerate(groups):
        for index in group:
            for phrase in lines[index].phrases:
                start, end = reach(phrase, columns)
                cell = cells.setdefault((row, start), Cell(row, start))
                cell.phrases.append(phrase)
                cell.columns = max(cell.columns, end - start + 1)
    grid = Grid(len(columns) + 1, len(groups), list(cells.values()), list(columns), box[0], box[2])
    grid.header = head
    without_overlaps(grid)
    return grid
