"""What a name stands for, by where it stands: headers over columns, labels beside rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from statistics import median

from loaders.pages.geometry import enclosing, middle
from loaders.pages.runs import ranges
from loaders.reading.tables.cell_phrases import YEAR
from loaders.reading.tables.rows import UNFINISHED, is_cut
from loaders.reading.tables.table_grid import Cell, Grid

NEAR = 0.3
"""Part of the size of print by which a label may miss the middle of its rows."""

CENTRED = 0.18
"""Part of the width of two columns: over the middle of one of them a name is off by a quarter."""

CLOSER = 0.85
"""Part of the distance of rows: lines of one label stand closer than that."""

FLUSH = 1.5
"""Points: names that begin at one place miss it by less."""

Span = tuple[int, int]


def named_spans(grid: Grid, row: int) -> dict[int, Span]:
    """First column and end of the headers of a row, by their number, where the names below tell.

    Names that come again (`Cost`, `Units`, `Cost`, `Units`) begin anew under each header, and one
    header over years in a row names all of them.
    """
    cells = grid.row(row)
    names = names_below(grid, row)
    found = years_at_left(grid, row, cells) | over_low_names(grid, cells)
    alone = {cell.column for cell in cells}
    for spans in [repeats(names, alone), *year_runs(grid, row, names)]:
        over = [heads_over(grid, cells, span) for span in spans]
        is_clear = all(
            (end - start) % 2 == 0 or all(YEAR.match(name) for name in names[start:end])
            for start, end in spans
        )
        if all(len(numbers) == 1 for numbers in over) and (
            is_clear or not has_head(grid, row, spans)
        ):
            found = {numbers[0]: span for numbers, span in zip(over, spans, strict=True)} | found
    return found or parted_columns(grid, cells, names)


def parted_columns(grid: Grid, cells: Sequence[Cell], names: Sequence[str]) -> dict[int, Span]:
    """Part all columns so that each header stands in the middle of its own, to the point.

    One header, or one beside others over one column, may be the first line of the name below it.
    """
    heads = [number for number, cell in enumerate(cells) if cell.column > 0]
    if not all(names[1:]):
        return {}
    edges = [extent(grid, column, column + 1) for column in range(grid.width)]

    def middle_of(start: int, end: int) -> float:
        return (edges[start + 1][0] + edges[end][1]) / 2

    centres = [middle(cells[number].box)[0] for number in heads]
    spans = parted_around(centres, grid.width - 1, middle_of, FLUSH)
    if len(spans) < 2 or any(end - start < 2 for start, end in spans):
        return {}
    return {n: (start + 1, end + 1) for n, (start, end) in zip(heads, spans, strict=True)}


def years_at_left(grid: Grid, row: int, cells: Sequence[Cell]) -> dict[int, Span]:
    """Years that begin where names below begin, the first of all: each stands up to the next."""
    heads = [number for number, cell in enumerate(cells) if cell.column > 0]
    ends = [*(cells[number].column for number in heads[1:]), grid.width]
    if len(heads) < 2 or cells[heads[0]].column != 1 or row + 1 >= grid.header:
        return {}
    if not all(cells[n].is_year and begins_with(grid, cells[n], cells[n].column) for n in heads):
        return {}
    return {n: (cells[n].column, end) for n, end in zip(heads, ends, strict=True)}


def over_low_names(grid: Grid, cells: Sequence[Cell]) -> dict[int, Span]:
    """Headers of the first row that begin where a name of the lower half of the head does.

    Where names of one row alone stand amid the height of the head, those in its lower half are
    under a header: under the next one on their left, if all of them have one.
    """
    head = [cell for cell in grid.cells if cell.row < grid.header]
    if grid.header < 2 or not cells or cells[0].row:
        return {}
    top, bottom = min(cell.box[1] for cell in head), max(cell.box[3] for cell in head)
    names = {c.column: enclosing(o.box for o in head if o.column == c.column) for c in head}
    amid = {n: middle(box)[1] - (top + bottom) / 2 for n, box in names.items()}
    low = {n for n, box in names.items() if box[1] > (top + bottom) / 2 - FLUSH}
    if not any(abs(off) < FLUSH and names[n][1] > top + FLUSH for n, off in amid.items()):
        return {}
    found: dict[int, Span] = {}
    for number, cell in enumerate(cells):
        end = cell.column + 1
        while end in low:
            end += 1
        if end > cell.column + 1 and begins_with(grid, cell, cell.column):
            found[number] = (cell.column, end)
    under = {column for first, end in found.values() for column in range(first, end)}
    return found if low - {0} <= under else {}


def has_head(grid: Grid, row: int, spans: Sequence[Span]) -> bool:
    """A header further up stands for the same columns.

    What is in the middle of an odd number of them may be the first line of the middle one's name.
    """
    return any(
        cell.row < row and (cell.column, cell.column + cell.columns) in spans for cell in grid.cells
    )


def names_below(grid: Grid, row: int) -> list[str]:
    """For each column what names it below this row of the header, as far as it is told."""
    names = [""] * grid.width
    for cell in sorted(grid.cells, key=lambda cell: cell.row):
        if row < cell.row < grid.header and cell.columns == 1 and cell.column > 0:
            names[cell.column] += cell.text()
    return names


def repeats(names: Sequence[str], alone: Collection[int]) -> list[Span]:
    """The names that come again most, at once or behind columns that have a name `alone`."""
    best: list[Span] = []
    for length in range(2, len(names) // 2 + 1):
        for start in range(1, len(names) - 2 * length + 1):
            run = names[start : start + length]
            if not all(run) or len(set(run)) < length:
                continue
            found, place = [(start, start + length)], start + length
            while place + length <= len(names):
                if names[place : place + length] == run:
                    found.append((place, place + length))
                    place += length
                elif place in alone:
                    place += 1
                else:
                    break
            if len(found) > 1 and len(found) * length > sum(end - first for first, end in best):
                best = found
    return best


def year_runs(grid: Grid, row: int, names: Sequence[str]) -> list[list[Span]]:
    """Years side by side, each once."""
    years = {
        cell.column
        for cell in grid.cells
        if row < cell.row < grid.header and cell.columns == 1 and cell.column and cell.is_year
    }
    return [
        [(run.start, run.stop)]
        for run in ranges(years)
        if len(run) > 1 and len({names[column] for column in run}) == len(run)
    ]


def heads_over(grid: Grid, cells: Sequence[Cell], columns: Span) -> list[int]:
    """Numbers of the headers over the middle of these columns, or that begin with the first."""
    return [
        number
        for number, cell in enumerate(cells)
        if cell.column > 0
        and (off_centre(grid, cell, *columns) < CENTRED or begins_with(grid, cell, columns[0]))
    ]


def begins_with(grid: Grid, cell: Cell, column: int) -> bool:
    """The header begins where the next name, or else the cell right below, in the column does."""
    below = [
        other
        for other in grid.cells
        if other.column == column and cell.row < other.row <= max(cell.row + 1, grid.header - 1)
    ]
    return bool(below) and abs(min(below, key=lambda c: c.row).box[0] - cell.box[0]) < FLUSH


def off_centre(grid: Grid, cell: Cell, start: int, end: int) -> float:
    """How far the header's middle is from that of the columns, as part of their width."""
    centre = middle(cell.box)[0]
    return min(
        abs((left + right) / 2 - centre) / max(1.0, right - left)
        for left, right in (extent(grid, start, end), grid.bounds(start, end - start))
    )


def extent(grid: Grid, start: int, end: int) -> tuple[float, float]:
    """Where the print of these columns begins and ends."""
    boxes = [
        cell.box
        for cell in grid.cells
        if start <= cell.column and cell.column + cell.columns <= end and cell.columns == 1
    ]
    if not boxes:
        return grid.bounds(start, end - start)
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def group_labels(grid: Grid, ruled: Sequence[float]) -> None:
    """A label in the middle of several rows stands for all of them."""
    body = [row for row in range(grid.header, grid.height) if grid.row(row)]
    cells = [cell for cell in grid.cells if cell.column == 0 and cell.row >= grid.header]
    rows = [row for row in body if any(cell.column > 0 for cell in grid.row(row))]
    if grid.width < 3 or not rows or not cells:
        return
    inner = [rule for rule in ruled if rule > height_of(grid, rows[0])]
    bands = [sum(rule < middle(cell.box)[1] for rule in inner) for cell in cells]
    if inner and len(cells) * 2 > len(body) and len(set(bands)) < len(bands):
        return
    if inner:
        group_between(grid, cells, rows, inner)
    else:
        group_around(grid, cells, rows)


def group_between(
    grid: Grid, labels: Sequence[Cell], rows: Sequence[int], ruled: Sequence[float]
) -> None:
    """The one label between two rules stands for all rows between them."""
    bands: dict[int, list[int]] = {}
    for row in rows:
        y = middle(grid.row(row)[-1].box)[1]
        bands.setdefault(sum(rule < y for rule in ruled), []).append(row)
    for band, members in bands.items():
        inside = [
            cell for cell in labels if sum(rule < middle(cell.box)[1] for rule in ruled) == band
        ]
        if len(inside) == 1 and inside[0].columns == 1 and len(members) > 1:
            cover(inside[0], members)


def group_around(grid: Grid, labels: Sequence[Cell], rows: Sequence[int]) -> None:
    """Part the rows so that each label stands in the middle of its own, if that leaves none over.

    Labels on the first of their rows show nothing of the kind and stay where they are.
    """
    heights = {row: height_of(grid, row) for row in rows}
    labels = sorted(labels, key=lambda cell: cell.box[1])
    centres = [middle(cell.box)[1] for cell in labels]
    pitch = median([below - above for above, below in pairwise(heights.values())] or [0.0])
    if any(below - above < CLOSER * pitch for above, below in pairwise(centres)):
        return  # most rows have a label each
    if any(cell.columns > 1 or cell.is_figure for cell in labels) or not off_first(
        centres, list(heights.values())
    ):
        return
    slack = NEAR * min(cell.phrases[0].size for cell in labels)
    spans = parted_around(
        centres, len(rows), lambda n, end: (heights[rows[n]] + heights[rows[end - 1]]) / 2, slack
    )
    for cell, (start, end) in zip(labels, spans, strict=bool(spans)):
        cover(cell, rows[start:end])


def parted_around(
    centres: Sequence[float], count: int, middle_of: Callable[[int, int], float], slack: float
) -> list[Span]:
    """Part so many places so that each name is in the middle of its own; none if some are left."""
    spans: list[Span] = []
    start = 0
    for centre in centres:
        ends = range(start + 1, count + 1)
        end = next((end for end in ends if abs(middle_of(start, end) - centre) <= slack), 0)
        if not end:
            return []
        spans.append((start, end))
        start = end
    return spans if start == count else []


def off_first(centres: Iterable[float], heights: Sequence[float]) -> bool:
    """Some label stands between two rows, or the first one below the first row."""
    pitch = min((below - above for above, below in pairwise(heights)), default=0.0)
    apart = [min(abs(centre - height) for height in heights) for centre in centres]
    nearest = min(centres, default=0.0)
    return max(apart, default=0.0) > 0.25 * pitch or nearest > heights[0] + 0.25 * pitch


def height_of(grid: Grid, row: int) -> float:
    """The middle of a row's print beside its label."""
    boxes = [cell.box for cell in grid.row(row) if cell.column > 0]
    return middle(enclosing(boxes))[1]


def cover(label: Cell, rows: Sequence[int]) -> None:
    """Let the label span the rows."""
    label.row, label.rows = rows[0], rows[-1] - rows[0] + 1


def join_labels(grid: Grid) -> None:
    """A label that is broken over two rows stands for both.

    It ends unfinished, or words beside it tell the two rows apart.
    What begins as other labels do, such as `of which`, is a label by itself.
    """
    labels = sorted(
        (c for c in grid.cells if c.column == 0 and c.row >= grid.header and c.columns == 1),
        key=lambda cell: cell.row,
    )
    begins = [cell.phrases[0].tokens[0].text for cell in labels]
    end = grid.columns[0] if grid.columns else 0.0
    for upper, lower in reversed(list(pairwise(labels))):
        if (
            upper.row + upper.rows == lower.row
            and (goes_on(upper) or all(has_words(grid, label.row) for label in (upper, lower)))
            and min(len(grid.row(upper.row)), len(grid.row(lower.row))) > 1
            and begins.count(lower.phrases[0].tokens[0].text) == 1
            and is_cut(upper.phrases, lower.phrases, end)
        ):
            upper.phrases += lower.phrases
            upper.rows += lower.rows
            grid.cells.remove(lower)


def goes_on(label: Cell) -> bool:
    """The label cannot end as it does."""
    return label.text().endswith(UNFINISHED)


def has_words(grid: Grid, row: int) -> bool:
    """Something beside the label of the row is no figure."""
    return any(cell.column and not cell.is_figure for cell in grid.row(row))
