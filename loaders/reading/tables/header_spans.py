"""What the cells of a grid mean: headers that span columns, section rows, labels of row groups."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import enclosing, middle, overlap
from loaders.pages.page_layout import Rule
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import counts_up
from loaders.reading.tables.cell_spans import (
    FLUSH,
    Span,
    extent,
    group_labels,
    join_labels,
    named_spans,
    off_centre,
)
from loaders.reading.tables.columns import between
from loaders.reading.tables.drawn_lines import horizontal_rules
from loaders.reading.tables.header_stacks import fill, is_apart, stack
from loaders.reading.tables.table_grid import Cell, Grid

WALL = 4.0
"""Points by which a drawn line misses the line between columns that it stands for."""
SAME = 1.5
"""Points by which the middles of a name's lines miss each other."""


def recognise(grid: Grid, rules: Sequence[Rule], box: Box, *, spans_told: bool = False) -> None:
    """Give every cell the span that its place means, unless those of the head are told."""
    across = [rule for rule in rules if rule.horizontal]
    for row in range(0 if spans_told else grid.header):
        spread(grid, row, rules)
    for row in range(grid.header, grid.height):
        centre_section(grid, row)
    if not spans_told:
        stack(grid, across)
    fill(grid)
    drop_empty_rows(grid)
    labels = (box[0], box[1], grid.columns[0] if grid.columns else box[2], box[3])
    group_labels(grid, horizontal_rules(rules, labels))  # those beside them part no labels
    drop_empty_rows(grid)
    join_labels(grid)


def spread(grid: Grid, row: int, rules: Sequence[Rule]) -> None:
    """Let a header span the columns that it names: those over its rule, or around its middle.

    Between upright lines it spans what they enclose.
    """
    cells = grid.row(row)
    named = named_spans(grid, row)
    level = [rule for rule in rules if rule.horizontal]
    _, top, _, bottom = enclosing(cell.box for cell in grid.cells)
    upright = [
        rule.box
        for rule in rules
        if not rule.horizontal and overlap(rule.box[1], rule.box[3], top, bottom) > 0
    ]
    for index, cell in enumerate(cells):
        first = cells[index - 1].column + cells[index - 1].columns if index else 0
        last = cells[index + 1].column if index + 1 < len(cells) else grid.width
        ruled = ruled_span(grid, cell, level)
        if ruled and names_above(grid, cell, ruled):
            ruled = None
        if is_half_word(grid, cell):
            continue
        if walled := walled_span(grid, cell, upright):
            start, end = walled
        elif ruled and any(ruled[0] <= c.column < ruled[1] for c in cells if c is not cell):
            inside = max(first, ruled[0]), min(last, ruled[1])
            start, end = named.get(index) or widest_span(grid, cell, *inside)
        else:
            start, end = (
                ruled
                or named.get(index)
                or span_above(grid, cell, first, last)
                or span_of_nameless(grid, cell)
                or centred_span(grid, cell, first, last)
            )
        start, end = max(first, start), min(last, end)
        if start < end:
            cell.column, cell.columns = start, end - start
    fill_up(grid, row)


def is_half_word(grid: Grid, cell: Cell) -> bool:
    """Its last word breaks off, and goes on in the same column with a small letter."""
    below = [c for c in grid.row(cell.row + 1) if (c.column, c.columns) == (cell.column, 1)]
    is_cut = cell.text().endswith("-") and cell.row + 1 < grid.header
    return is_cut and bool(below) and below[0].text()[:1].islower()


def fill_up(grid: Grid, row: int) -> None:
    """Beside a header that spans columns another one spans all that are left, from their middle."""
    cells = grid.row(row)
    if not any(cell.columns > 1 for cell in cells):
        return
    ends = [max(1, *(c.column + c.columns for c in cells[:n]), 1) for n in range(len(cells))]
    starts = [*(cell.column for cell in cells[1:]), grid.width]
    for cell, start, end in zip(cells, ends, starts, strict=True):
        left, right = grid.bounds(start, max(1, end - start))
        is_midways = abs((left + right) / 2 - middle(cell.box)[0]) < SAME
        is_lone = cell.columns == 1 and cell.column and end - start > 1
        if is_lone and is_midways and has_headers_below(grid, row, start, end):
            cell.column, cell.columns = start, end - start


def names_above(grid: Grid, cell: Cell, span: Span) -> bool:
    """One of the columns has a name above this line: the rule below is that of the whole head."""
    return any(
        c.row < cell.row and c.columns == 1 and c.column != cell.column
        for c in grid.cells
        if span[0] <= c.column < span[1]
    )


def ruled_span(grid: Grid, cell: Cell, rules: Sequence[Rule]) -> tuple[int, int] | None:
    """The columns over the rule that stands right below the header."""
    box = cell.box
    height = max(phrase.size for phrase in cell.phrases)
    near = [
        rule.box
        for rule in rules
        if -0.3 * height < rule.box[1] - box[3] < 0.8 * height
        and overlap(rule.box[0], rule.box[2], box[0], box[2]) > 0
    ]
    if not near:
        return None
    left, right = line_through(rules, min(near, key=lambda rule: rule[1]))
    if right - left > 0.9 * (grid.right - grid.left):
        return None
    first = 1 if cell.column else 0
    covered = [column for column in range(first, grid.width) if is_over(grid, column, left, right)]
    return (covered[0], covered[-1] + 1) if covered else None


def walled_span(grid: Grid, cell: Cell, upright: Sequence[Box]) -> Span | None:
    """The columns between the drawn lines beside the header, if each is parted by one elsewhere.

    Lines at the sides of the table alone say nothing of what is between them.
    """
    left, _, right, _ = cell.box
    y = middle(cell.box)[1]
    beside = [middle(box)[0] for box in upright if box[1] <= y <= box[3]]
    start = max((x for x in beside if x < left + FLUSH), default=None)
    end = min((x for x in beside if x > right - FLUSH), default=None)
    if start is None or end is None:
        return None
    first, last = between(start, end, grid.columns, WALL)
    is_parted = all(
        any(abs(x - middle(box)[0]) < WALL for box in upright) for x in grid.columns[first:last]
    )
    return (first, last + 1) if is_parted and (first or last + 1 < grid.width) else None


def line_through(rules: Sequence[Rule], part: Box) -> tuple[float, float]:
    """Both ends of the line that is drawn in touching parts, of which this is one."""
    left, right = part[0], part[2]
    same = sorted((r.box[0], r.box[2]) for r in rules if abs(r.box[1] - part[1]) < 1.5)
    for start, end in same:
        if start <= right + 1.5 and end > right:
            right = end
    for start, end in reversed(same):
        if end >= left - 1.5 and start < left:
            left = start
    return left, right


def is_over(grid: Grid, column: int, left: float, right: float) -> bool:
    """Most of what stands in the column lies below this stretch."""
    boxes = [c.box for c in grid.cells if c.column == column and c.columns == 1]
    inside = sum(left - 2 <= middle(box)[0] <= right + 2 for box in boxes)
    return inside * 2 > len(boxes)


def span_above(grid: Grid, cell: Cell, first: int, last: int) -> tuple[int, int] | None:
    """The columns of the header right above, if this is its next line: alone in its middle."""
    for upper in grid.row(cell.row - 1):
        start, end = upper.column, upper.column + upper.columns
        if (
            upper.columns > 1
            and first <= start <= cell.column
            and cell.column + cell.columns <= end <= last
            and abs(middle(upper.box)[0] - middle(cell.box)[0]) < SAME
            and not is_apart(upper, cell)
        ):
            return start, end
    return None


def span_of_nameless(grid: Grid, cell: Cell) -> Span | None:
    """The columns around the header that the first line gives no name, if it is in their middle.

    Another name stands in the first line alone: names begin there, or one stands above them.
    """
    heads = [c for c in grid.cells if c.row < grid.header and c.column]
    lower = {c.column for c in heads if c.row}
    upper = {c.column for c in heads if not c.row} - {cell.column}
    if cell.row or cell.column not in lower or not upper - lower:
        return None
    start, end = cell.column, cell.column + 1
    while start - 1 in lower - upper:
        start -= 1
    while end in lower - upper:
        end += 1
    centres = [sum(extent(grid, column, column + 1)) / 2 for column in (start, end - 1)]
    sides = (grid.bounds(start, end - start), extent(grid, start, end), centres)
    centre = middle(cell.box)[0]
    return (start, end) if any(abs(sum(ends) / 2 - centre) < SAME for ends in sides) else None


def centred_span(grid: Grid, cell: Cell, first: int, last: int) -> tuple[int, int]:
    """The run of columns around the header's middle, if it stands over several."""
    start, end = cell.column, cell.column + cell.columns
    if end - start == 1 and not names_many(grid, cell, first, last):
        return start, end
    return widest_span(grid, cell, first, last)


def widest_span(grid: Grid, cell: Cell, first: int, last: int) -> tuple[int, int]:
    """The widest run of columns, of those from `first` on, that the header stands over midways."""
    start, end = cell.column, cell.column + cell.columns
    own = off_centre(grid, cell, start, end)
    lone = last - first == grid.width
    lowest = first if start == 0 or (lone and is_around(grid, cell)) else max(first, 1)
    best, score = (start, end), own
    for left in range(lowest, start + 1):
        for right in range(end, last + 1):
            off = off_centre(grid, cell, left, right)
            if right - left > best[1] - best[0]:
                is_better = off < max(0.05, 0.6 * score)
            else:
                is_better = score >= 0.05 and off < 0.5 * score
            if is_better and has_headers_below(grid, cell.row, left, right):
                best, score = (left, right), off
    return best


def is_around(grid: Grid, cell: Cell) -> bool:
    """The lone header stands over the middle of the whole table, labels and all."""
    return off_centre(grid, cell, 0, grid.width) < off_centre(grid, cell, 1, grid.width)


def has_headers_below(grid: Grid, row: int, start: int, end: int) -> bool:
    """Each of the columns has a cell of its own below this row."""
    return all(
        any(c.row > row and c.column == column and c.columns == 1 for c in grid.cells)
        for column in range(start, end)
    )


def names_many(grid: Grid, cell: Cell, first: int, last: int) -> bool:
    """A header over one column names its neighbours too.

    It stands over years, or over names that come again under the next header, or it is alone in
    its row in the middle of the columns, or clearly beside the middle of its own.
    """
    if cell.row + 1 >= grid.height or last - first < 2:
        return False
    lone = last - first == grid.width
    if is_below_its_name(grid, cell) or begins_name(grid, cell):
        return False
    if cell.column == 0 and not (lone and cell.box[0] > grid.left + 20):
        return False
    below = [c for c in grid.row(cell.row + 1) if c.column > 0]
    inside = [c for c in below if first <= c.column < last]
    if len(inside) < 2 and not lone:
        return False
    phrases = [c.phrases[0] for c in below]
    if all(phrase.is_year for phrase in phrases) or counts_up(phrases):
        return True
    texts = [phrase.text for phrase in phrases]
    beside = [c.text() for c in grid.row(cell.row)]
    if len(set(texts)) < len(texts) and len(texts) > 2 and len(set(beside)) == len(beside):
        return True
    around = min(off_centre(grid, cell, start, grid.width) for start in (0, 1))
    own = off_centre(grid, cell, cell.column, cell.column + 1)
    return (lone and around < 0.04) or own > 0.25


def is_below_its_name(grid: Grid, cell: Cell) -> bool:
    """It ends, or begins, where the name above it in its column does, and is not centred to it."""
    above = [c for c in grid.row(cell.row - 1) if (c.column, c.columns) == (cell.column, 1)]
    if not above or is_apart(above[0], cell):
        return False
    upper, lower = above[0].box, cell.box
    is_aligned = min(abs(upper[0] - lower[0]), abs(upper[2] - lower[2])) < 1
    return is_aligned and abs(middle(upper)[0] - middle(lower)[0]) > 2


def begins_name(grid: Grid, cell: Cell) -> bool:
    """It begins or ends where the next line of its name does: what is over several is centred."""
    below = [c for c in grid.cells if (c.column, c.columns) == (cell.column, 1)]
    below = [c for c in below if cell.row < c.row < grid.header]
    if not below:
        return False
    upper, lower = cell.box, min(below, key=lambda c: c.row).box
    is_close = lower[1] - upper[3] <= 0.9 * cell.phrases[0].size
    at_left, at_right = abs(upper[0] - lower[0]), abs(upper[2] - lower[2])
    return is_close and min(at_left, at_right) < 1 and max(at_left, at_right) > 2


def centre_section(grid: Grid, row: int) -> None:
    """A lone phrase in the middle of a row names the rows below: it spans the columns."""
    cells = grid.row(row)
    if len(cells) != 1 or cells[0].is_figure:
        return
    cell = cells[0]
    if cell.box[0] < grid.left + 0.15 * (grid.right - grid.left):
        return
    centre = middle(cell.box)[0]
    whole = abs(centre - (grid.left + grid.right) / 2)
    edges = extent(grid, 1, grid.width)
    data = abs(centre - (edges[0] + edges[1]) / 2)
    if min(whole, data) > 0.08 * (grid.right - grid.left):
        return
    cell.column = 0 if whole < data else min(1, grid.width - 1)
    cell.columns = grid.width - cell.column


def drop_empty_rows(grid: Grid) -> None:
    """A row in which no cell begins is none; spans over it shrink."""
    for row in range(grid.height - 1, -1, -1):
        if any(cell.row == row for cell in grid.cells):
            continue
        for cell in grid.cells:
            if cell.row > row:
                cell.row -= 1
            elif cell.row + cell.rows > row:
                cell.rows -= 1
        grid.height -= 1
        grid.header -= row < grid.header
