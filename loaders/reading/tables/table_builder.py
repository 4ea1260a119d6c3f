"""A table of the page, from its words to its grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from loaders.pages.geometry import enclosing, middle
from loaders.pages.page_layout import Fill, Region, Rule, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import TableLine, reaches_into, table_lines
from loaders.reading.tables.column_gutters import split_at
from loaders.reading.tables.columns import column_lines, reach
from loaders.reading.tables.header_rows import head_length, is_data, is_headless
from loaders.reading.tables.header_spans import drop_empty_rows, recognise
from loaders.reading.tables.lattice import ruled_grid
from loaders.reading.tables.painted import painted_edges, painted_head
from loaders.reading.tables.painted_cells import PaintedHead, in_cells, painted_cells, with_head
from loaders.reading.tables.rows import row_groups
from loaders.reading.tables.surrounding_lines import are_framed, trimmed
from loaders.reading.tables.table_grid import Cell, Grid, turn_leftward, without_overlaps
from loaders.text.table_names import tells_like_rows


@dataclass(slots=True)
class FoundTable:
    """A grid, and the lines that were taken for parts of it."""

    grid: Grid
    box: Box
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def find_tables(
    tokens: Sequence[Token], region: Region, rules: Sequence[Rule], fills: Sequence[Fill] = ()
) -> list[FoundTable]:
    """The tables of a region: most often one, but a header that comes again begins another."""
    lines = table_lines(tokens, region.columns, rules)
    if not lines:
        return []
    columns = column_lines(lines, region.columns, rules, region.box)
    if cells := painted_cells(lines, fills, columns, region.box):
        columns = cells.columns
    lines = split_at(lines, columns)
    lines = in_cells(lines, cells) if cells else lines
    title = between_frames(lines, rules)
    parts = [lines[:title], lines[title + 1 :]] if title else stacked(lines)
    middle_line = side_by_side(lines, columns, rules)
    if len(parts) > 1:
        groups = [[t for line in part for p in line.phrases for t in p.tokens] for part in parts]
    elif middle_line is not None:
        groups = [
            [token for token in tokens if (middle(token.box)[0] > middle_line) is is_right]
            for is_right in (False, True)
        ]
    else:
        return [find_table(lines, columns, region, rules, fills, cells)]
    tables = [find_tables(group, part_of(region, group), rules, fills) for group in groups]
    if title:
        tables[1][0].above.insert(0, lines[title].text)
    return [table for found in tables for table in found]


def part_of(region: Region, tokens: Sequence[Token]) -> Region:
    """The region around some of its words."""
    box = enclosing(token.box for token in tokens)
    return Region(
        region.kind,
        box,
        [y for y in region.rows if box[1] < y < box[3]],
        [x for x in region.columns if box[0] < x < box[2]],
    )


def stacked(lines: Sequence[TableLine]) -> list[list[TableLine]]:
    """Cut where the first line comes again word by word: there another table begins."""
    parts: list[list[TableLine]] = [[]]
    first = [phrase.text for phrase in lines[0].phrases]
    is_header = len(first) > 1 and not any(phrase.is_figure for phrase in lines[0].phrases)
    for number, line in enumerate(lines):
        if number > 2 and is_header and [phrase.text for phrase in line.phrases] == first:
            parts.append([])
        parts[-1].append(line)
    return parts


def between_frames(lines: Sequence[TableLine], rules: Sequence[Rule]) -> int:
    """The lone line that stands outside of all drawn cells, between those of two tables."""
    outside = [number for number, framed in enumerate(are_framed(lines, rules)) if not framed]
    is_lone = len(outside) == 1 and len(lines[outside[0]].phrases) == 1
    return outside[0] if is_lone and 1 < outside[0] < len(lines) - 2 else 0


def side_by_side(
    lines: Sequence[TableLine], columns: Sequence[float], rules: Sequence[Rule]
) -> float | None:
    """The line between two tables that stand beside each other, each with labels of its own.

    They have the same names, or all their rules break off there; if both is so and the labels too
    have one name, these may be figures.
    """
    places = [
        (*reach(p, columns), is_data(line, columns), p) for line in lines for p in line.phrases
    ]
    head = list(takewhile(lambda place: not place[2], places))
    names = [
        "".join(p.text for start, _, _, p in head if start == column)
        for column in range(len(columns) + 1)
    ]
    for half in range(2, len(columns)):
        if any(start < half <= end for start, end, *_ in places):
            continue
        labels = [p.is_figure for start, _, is_row, p in places if is_row and start == half]
        same = names[1:half] == names[half + 1 :] and all(names[1:half])
        is_parted = break_off(rules, columns, half, enclosing(line.box for line in lines))
        if same and is_parted and names[0] == names[half]:
            return columns[half - 1]
        if (same or is_parted) and labels and sum(labels) < 0.2 * len(labels):
            return columns[half - 1]
    return None


def break_off(rules: Sequence[Rule], columns: Sequence[float], half: int, box: Box) -> bool:
    """Every level rule ends before this column, or begins in it, and runs over all on its side."""
    level = [r.box for r in rules if r.horizontal and box[1] - 8 < r.box[1] < box[3] + 8]
    left = [x for x in level if x[0] < box[0] + 2 and columns[half - 2] < x[2] < columns[half - 1]]
    right = [x for x in level if x[2] > box[2] - 2 and columns[half - 1] < x[0] < columns[half]]
    return bool(left and right) and len(left) + len(right) == len(level)


def find_table(
    lines: Sequence[TableLine],
    columns: Sequence[float],
    region: Region,
    rules: Sequence[Rule],
    fills: Sequence[Fill],
    cells: PaintedHead | None = None,
) -> FoundTable:
    """Put every phrase into a cell; nothing is lost and nothing cut."""
    above, lines, below = trimmed(lines, columns, rules)
    box = enclosing(line.box for line in lines) if above or below else region.box
    if cells and cells.holds(lines[0]):
        painted = sum(map(cells.holds, lines))
    else:
        cells, painted = None, painted_head(lines, columns, fills, rules, box)
    grid = ruled_grid(lines, region.rows, columns, rules, box, painted)
    drawn = grid is not None
    if grid is not None:
        drop_empty_rows(grid)
    else:
        head = painted or head_length(lines, columns, rules)  # a stripe's edge ends no head
        edges = painted_edges(lines, fills, box)
        rows, told = (lines[head:], 0) if cells else (lines, head)
        grid = printed_grid(rows, region.rows, columns, [*rules, *edges], box, told)
        if cells:
            grid = with_head(grid, lines[:head], cells)
        recognise(grid, rules, box, spans_told=cells is not None)
    if not painted and is_headless(lines, columns, drawn=drawn):
        grid.header = 0
    elif not grid.header and not tells_like_rows(rows_of(grid)):
        grid.header = min(1, max(0, grid.height - 1))
    turn_leftward(grid)
    return FoundTable(grid, box, [line.text for line in above], [line.text for line in below])


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of the grid."""
    rows = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text()
    return rows


def head_groups(head: Sequence[TableLine], columns: Sequence[float]) -> list[list[int]]:
    """Each line of the head, those that stand half a line apart as one: their cells are centred."""

    def begins(_: list[int], index: int) -> bool:
        above, line = head[index - 1], head[index]
        taken, own = ({reach(p, columns)[0] for p in one.phrases} for one in (above, line))
        threes = [head[start : start + 3] for start in (index - 2, index - 1) if start >= 0]
        is_half = reaches_into(above, line) and not taken & own
        return not is_half and not any(stand_midway(three, columns) for three in threes)

    return runs(range(len(head)), begins)


def stand_midway(lines: Sequence[TableLine], columns: Sequence[float]) -> bool:
    """Of three lines the first and the last are in the same columns, those of the other midway."""
    places = [{reach(phrase, columns) for phrase in line.phrases} for line in lines]
    steps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    return (
        len(lines) == 3
        and places[0] == places[2]
        and not places[0] & places[1]
        and abs(steps[0] - steps[1]) < 1
        and max(steps) < lines[1].phrases[0].size
    )


def printed_grid(
    lines: Sequence[TableLine],
    rows: Sequence[float],
    columns: Sequence[float],
    rules: Sequence[Rule],
    box: Box,
    head: int,
) -> Grid:
    """The grid that print and the model show; in the header each line is a row of its own."""
    heads = head_groups(lines[:head], columns)
    groups = heads + [
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
    grid.header = len(heads)
    without_overlaps(grid)
    return grid
