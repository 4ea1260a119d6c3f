"""Boxes: how much of one lies in another, and what encloses them all."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.pages.word import Box


def area(box: Box) -> float:
    """Square points; 0 for a box turned inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def middle(box: Box) -> tuple[float, float]:
    """The point halfway between the edges."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Length that two intervals share; negative is the gap between them."""
    return min(end, other_end) - max(start, other_start)


def shared(box: Box, other: Box) -> float:
    """Area that two boxes share."""
    width = overlap(box[0], box[2], other[0], other[2])
    height = overlap(box[1], box[3], other[1], other[3])
    return width * height if width > 0 and height > 0 else 0.0


def inside(box: Box, outer: Box, part: float = 0.5) -> bool:
    """At least `part` of the box lies in the outer one; a box without area goes by its middle."""
    size = area(box)
    if size <= 0:
        x, y = middle(box)
        return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
    return shared(box, outer) >= part * size


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def grown(box: Box, by: float) -> Box:
    """The box with each edge moved outwards."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by
