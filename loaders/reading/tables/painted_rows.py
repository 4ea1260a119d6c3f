"""Rows that are painted by turns: where the model sees a row inside of one band, there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Fill, Region, Token
from loaders.reading.text_layer.line_joining import line_box, lines_of

WHITE = "#ffffff"
ACROSS = 0.8
"""Part of the table's width that a band covers."""

Band = tuple[float, float]


def with_painted_rows(region: Region, tokens: Sequence[Token], fills: Sequence[Fill]) -> Region:
    """The region without what the model saw inside of painted rows, if rows are painted so.

    That is if most bands, and stretches of paper between two of them, hold one line of print.
    """
    heights = [middle(line_box(line))[1] for line in lines_of(tokens)]
    for bands in bands_of(region, fills):
        between = [(above[1], below[0]) for above, below in pairwise(bands)]
        rows = [*bands, *between]
        counts = [sum(top < y < foot for y in heights) for top, foot in rows]
        if between and all(counts) and 2 * counts.count(1) > len(counts):
            seen = [y for y in region.rows if not any(a + 2 < y < b - 2 for a, b in rows)]
            region = replace(region, rows=seen)
    return region


def bands_of(region: Region, fills: Sequence[Fill]) -> list[list[Band]]:
    """Stretches of one colour across the table, painted cell by cell or as one."""
    left, top, right, foot = region.box
    widths: dict[str, dict[Band, float]] = {}
    for box, colour in {(fill.box, fill.colour) for fill in fills if fill.colour != WHITE}:
        if top - 2 < middle(box)[1] < foot + 2:
            band = (round(box[1]), round(box[3]))
            found = widths.setdefault(colour, {})
            found[band] = found.get(band, 0) + overlap(box[0], box[2], left, right)
    return [
        sorted(band for band, width in found.items() if width >= ACROSS * (right - left))
        for found in widths.values()
    ]
