"""Reading order: columns from left to right, each from top to bottom, bands between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.pages.runs import Item, between_white
from loaders.pages.word import Box

GUTTER = 3.0
"""Points that must stay white between two columns."""


def in_reading_order(items: Sequence[Item], box_of: Callable[[Item], Box]) -> list[Item]:
    """Cut the page along white gutters, and read each part before the next."""
    if len(items) < 2:
        return list(items)
    columns = between_white(items, box_of, axis=0, gap=GUTTER)
    if len(columns) > 1:
        return [item for column in columns for item in in_reading_order(column, box_of)]
    bands = between_white(items, box_of, axis=1, gap=-2.0)
    if len(bands) < 2:
        return sorted(items, key=lambda item: (box_of(item)[1], box_of(item)[0]))
    grouped = with_columns_together(bands, box_of)
    if len(grouped) < 2:
        grouped = bands
    return [item for band in grouped for item in in_reading_order(band, box_of)]


def with_columns_together(
    bands: Sequence[list[Item]], box_of: Callable[[Item], Box]
) -> list[list[Item]]:
    """Join bands below each other that share a gutter, so that a column is read to its end."""
    joined: list[list[Item]] = []
    for band in bands:
        if joined and len(between_white(joined[-1], box_of, axis=0, gap=GUTTER)) > 1:
            both = joined[-1] + band
            if len(between_white(both, box_of, axis=0, gap=GUTTER)) > 1:
                joined[-1] = both
                continue
        joined.append(list(band))
    return joined
