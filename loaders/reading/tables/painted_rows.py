"""Rows that are painted, by turns or cell by cell: their edges part rows as drawn lines do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Fill, Rule
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import TableLine

WHITE = "#ffffff"
ACROSS = 0.8
"""Part of the table's width that a band covers."""
THIN = 3.0
"""Points: edges closer than this are one."""


def painted_edges(lines: Sequence[TableLine], fills: Sequence[Fill], box: Box) -> list[Rule]:
    """The edges of painted rows, if most bands and stretches of paper hold one line of print."""
    heights: list[float] = []
    for band in bands_of(fills, box):
        heights += [y for y in band if not any(abs(y - other) < THIN for other in heights)]
    heights.sort()
    middles = [middle(line.box)[1] for line in lines]
    inner = [y for y in heights if middles[0] < y < middles[-1]]
    counts = [
        sum(top < y < foot for y in middles)
        for top, foot in pairwise([float("-inf"), *inner, float("inf")])
    ]
    if len(inner) < 2 or not all(counts) or 2 * counts.count(1) <= len(counts):
        return []
    return [Rule((box[0], y, box[2], y)) for y in inner]


def bands_of(fills: Sequence[Fill], box: Box) -> list[tuple[float, float]]:
    """Stretches of one colour across the table, painted cell by cell or as one."""
    widths: dict[tuple[str, float, float], float] = {}
    for place, colour in {(fill.box, fill.colour) for fill in fills}:
        if box[1] - 2 < middle(place)[1] < box[3] + 2:
            band = (colour, round(place[1]), round(place[3]))
            widths[band] = widths.get(band, 0.0) + overlap(place[0], place[2], box[0], box[2])
    enough = ACROSS * (box[2] - box[0])
    return [(top, foot) for (_, top, foot), width in widths.items() if width >= enough]
