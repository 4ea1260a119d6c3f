"""A table of a document in the terminal: whole, or the part around what an answer cites."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rich import box
from rich import table as rich_table
from rich.cells import cell_len
from rich.text import Text

from graph.answer import CellReference
from loaders.chunking.table import Table
from pagewise import console

MARK = "▸"
"""Stands before a cited cell, as colours may not be seen."""
_GAP = 3
"""Between two columns: a blank, the rule below the head, a blank."""
_WIDEST_LABEL = 34
_FOLDED_HEAD = 12
_OMITTED = -1
"""In place of rows or columns."""

Place = tuple[int, int]


def cited_places(table: Table, cells: Iterable[CellReference]) -> set[Place]:
    """Where the cited cells stand; a cell that is not found marks nothing."""
    wanted = {(cell.row, cell.column, cell.value) for cell in cells}
    return {
        (cell.row, cell.column)
        for cell in table.cells()
        if (cell.row_path, cell.column_path, cell.text) in wanted
    }


def draw_part(table: Table, marked: set[Place], *, width: int, most_rows: int) -> rich_table.Table:
    """Draw what fits in `width`, and so many rows around the marked ones."""
    rows = rows_around(table, marked, most_rows)
    return _drawn(table, marked, rows, _columns(table, marked, rows, width))


def draw_whole(table: Table, marked: set[Place], *, width: int) -> Iterator[rich_table.Table]:
    """Draw every row and column: a wide table in pieces, each with the labels of its rows."""
    rows = list(table.body)
    widths = _widths(table, marked, rows)
    labels = list(range(max(1, table.header_columns)))
    piece: list[int] = []
    for column in range(len(labels), table.width):
        if piece and _together([*labels, *piece, column], widths) > width:
            yield _drawn(table, marked, rows, [*labels, *piece])
            piece = []
        piece.append(column)
    yield _drawn(table, marked, rows, [*labels, *piece])


def _drawn(
    table: Table, marked: set[Place], rows: Sequence[int], columns: Sequence[int]
) -> rich_table.Table:
    drawn = rich_table.Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for column in columns:
        if column == _OMITTED:
            drawn.add_column("…", no_wrap=True)
        else:
            drawn.add_column(
                Text(_head(table, column)),
                justify="right" if is_numeric(table, column) else "left",
                no_wrap=_natural(table, column, marked, rows) <= _WIDEST_LABEL,
                vertical="bottom" if column else "top",
            )
    for row in rows:
        drawn.add_row(
            *(
                Text("…", style="dim")
                if _OMITTED in (row, column)
                else _cell(table, (row, column), marked, rows)
                for column in columns
            )
        )
    return drawn


def rows_around(table: Table, marked: set[Place], most: int) -> list[int]:
    """So many rows of the body around the marked ones; -1 where others are left out."""
    body = list(table.body)
    if len(body) <= most:
        return body
    targets = sorted({row for row, _ in marked}) or body[:1]
    groups = [
        max((r for r in body if r < row and table.is_group_row(r)), default=row) for row in targets
    ]
    ranked = sorted(body, key=lambda row: min(abs(row - target) for target in targets))
    kept = list(dict.fromkeys([*targets, *groups, *ranked]))[: max(most, len(targets))]
    return _with_gaps(kept, body)


def _columns(table: Table, marked: set[Place], rows: Sequence[int], width: int) -> list[int]:
    every = list(range(table.width))
    labels = every[: max(1, table.header_columns)]
    targets = sorted({column for _, column in marked})
    ranked = sorted(
        every, key=lambda c: min(((abs(c - t), c < t) for t in targets), default=(c, False))
    )
    widths, kept = _widths(table, marked, rows), list[int]()
    for column in dict.fromkeys([*labels[:1], *targets, *labels, *ranked]):
        if not kept or _together(_with_gaps([*kept, column], every), widths) <= width:
            kept.append(column)
    return _with_gaps(kept, every)


def _widths(table: Table, marked: set[Place], rows: Sequence[int]) -> dict[int, int]:
    """What each column takes, and the sign for those that are left out."""
    natural = {column: _natural(table, column, marked, rows) for column in range(table.width)}
    return {column: min(need, _WIDEST_LABEL) for column, need in natural.items()} | {_OMITTED: 1}


def _together(columns: Sequence[int], widths: Mapping[int, int]) -> int:
    return sum(widths[column] for column in columns) + _GAP * (len(columns) - 1)


def _with_gaps(kept: Iterable[int], every: Sequence[int]) -> list[int]:
    """In order, with a sign where something was left out."""
    found = [every[0] - 1, *sorted(kept), every[-1] + 1]
    shown: list[int] = []
    for before, after in pairwise(found):
        shown += ([_OMITTED] if after > before + 1 else []) + [after]
    return shown[:-1]


def _natural(table: Table, column: int, marked: set[Place], rows: Sequence[int]) -> int:
    words = map(cell_len, _head(table, column).splitlines())
    cells = (
        cell_len(table.rows[row][column]) + len(MARK) * ((row, column) in marked)
        for row in rows
        if row != _OMITTED
    )
    return max([*words, *cells], default=1)


def _head(table: Table, column: int) -> str:
    """The header above a column, level by level, folded where that makes it narrower."""
    width = max((cell_len(table.rows[row][column]) for row in table.body), default=0)
    folded = [
        textwrap.fill(console.plain(part), max(_FOLDED_HEAD, min(width, _WIDEST_LABEL)))
        for part in table.column_path(column)
    ]
    return "\n".join(folded)


def is_numeric(table: Table, column: int) -> bool:
    """Whether most cells of a column are numbers: it is set to the right."""
    texts = [text for row in table.body if (text := table.rows[row][column].strip())]
    digits = [text for text in texts if re.match(r"[^\w]*\d", text) or len(text) == 1]
    return column >= table.header_columns and 2 * len(digits) > len(texts)


def _cell(table: Table, place: Place, marked: set[Place], rows: Sequence[int]) -> Text:
    row, column = place
    text = table.rows[row][column]
    cell = table.grid.at(row, column)
    if not text and cell and column < table.header_columns and cell.row not in rows:
        text = cell.text  # a label that began in a row above, which is not shown
    if table.is_group_row(row):
        return Text(console.plain(text), style="italic")
    if place in marked:
        return Text(f"{MARK}{console.plain(text)}", style="bold reverse")
    return Text(console.plain(text))
