"""The head of a table that is told by its paint."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Fill
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.header_rows import first_row
from loaders.reading.tables.painted_rows import ACROSS, WHITE


def painted_head(
    lines: Sequence[TableLine], columns: Sequence[float], fills: Sequence[Fill], box: Box
) -> int:
    """How many lines stand on the paint of the head, which no other line has; 0 if none is told.

    What stands below it over no label, and is no data, goes on with it.
    """
    paints = [paint_under(line, fills, box) for line in lines]
    head = run_of(paints)
    if not any(len(line.phrases) > 1 for line in lines[:head]):
        return 0
    first = first_row(lines, columns) or 0
    while head < first and reach(lines[head].phrases[0], columns)[0] > 0:
        head += 1
    return head if head < len(lines) else 0


def run_of(paints: Sequence[str]) -> int:
    """How many first lines share a paint that no other line has."""
    if paints[0] in ("", WHITE):
        return 0
    length = len(list(takewhile(lambda paint: paint == paints[0], paints)))
    return length if paints.count(paints[0]) == length else 0


def paint_under(line: TableLine, fills: Sequence[Fill], box: Box) -> str:
    """The colour that the line stands on across most of the table."""
    y = middle(line.box)[1]
    widths: dict[str, float] = {}
    for place, colour in {(fill.box, fill.colour) for fill in fills}:
        if place[1] < y < place[3]:
            width = overlap(place[0], place[2], box[0], box[2])
            widths[colour] = widths.get(colour, 0.0) + width
    return next((c for c, width in widths.items() if width >= ACROSS * (box[2] - box[0])), "")
