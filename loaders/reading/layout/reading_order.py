"""Reading order: columns from left to right, each from top to bottom, bands between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from loaders.pages.word import Box

Item = TypeVar("Item")

GUTTER = 3.0
"""Points that must stay white between two columns."""


def in_reading_order(items: Sequence[Item], box_of: Callable[[Item], Box]) -> list[Item]:
    """Cut the page along white gutters, and read each part before the next."""
    if len(items) < 2:
        return list(items)
    columns = split(items, box_of, axis=0, gap=GUTTER)
    if len(columns) > 1:
        return [item for column in columns for item in in_reading_order(column, box_of)]
    bands = split(items, box_of, axis=1, gap=-2.0)
    if len(bands) < 2:
        return sorted(items, key=lambda item: (box_of(item)[1], box_of(item)[0]))
    grouped = with_columns_together(bands, box_of)
    if len(grouped) < 2:
        grouped = bands
    return [item for band in grouped for item in in_reading_order(band, box_of)]


def split(
    items: Sequence[Item], box_of: Callable[[Item], Box], *, axis: int, gap: float
) -> list[list[Item]]:
    """Groups that are parted by white space along the axis (0: x, 1: y)."""
    groups: list[list[Item]] = []
    reach = float("-inf")
    for item in sorted(items, key=lambda item: box_of(item)[axis]):
        box = box_of(item)
        if not groups or box[axis] - reach > gap:
            groups.append([])
            reach = float("-inf")
        groups[-1].append(item)
        reach = max(reach, box[axis + 2])
    return groups


def with_columns_together(
    bands: Sequence[list[Item]], box_of: Callable[[Item], Box]
) -> list[list[Item]]:
    """Join bands below each other that share a gutter, so that a column is read to its end."""
    joined: list[list[Item]] = []
    for band in bands:
        if joined and len(split(joined[-1], box_of, axis=0, gap=GUTTER)) > 1:
            both = joined[-1] + band
            if len(split(both, box_of, axis=0, gap=GUTTER)) > 1:
                joined[-1] = both
                continue
        joined.append(list(band))
    return joined
