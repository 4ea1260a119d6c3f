"""The pictures of a page: which may hold text, and what the layout makes of their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.pages.geometry import area, enclosing, inside
from loaders.pages.page_layout import Region, Sheet
from loaders.pages.word import Box

STAMP = 6_000.0
"""Square points: a smaller picture is a logo, an icon, a signature."""
NARROW = 15.0
"""Points: what is thinner is a rule or a border."""

Drawn = Callable[[Box, float], tuple[bytes, int, int, int]]
"""Draws a part of the page in grey, so many pixels a point: samples, width, height, row bytes."""


def to_read(sheet: Sheet) -> list[Box]:
    """The pictures that may hold text: larger than a stamp, and no ground of the whole print."""
    return [
        box
        for box in sheet.pictures
        if area(box) > STAMP and min(box[2] - box[0], box[3] - box[1]) > NARROW
    ]


def with_pictures(sheet: Sheet) -> list[Region]:
    """The regions, those in pictures that are neither prose nor a table made one picture."""
    drawings = [
        box
        for box, is_text in sheet.read_pictures
        if not is_text and not any(r.kind == "table" and inside(r.box, box) for r in sheet.regions)
    ]
    kept = [r for r in sheet.regions if not any(inside(r.box, box) for box in drawings)]
    return kept + [Region("picture", box) for box in drawings]


def joined_strips(boxes: Sequence[Box]) -> list[Box]:
    """Pictures that touch along a whole side are one: scanners write pages in strips."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        match = next((n for n, other in enumerate(found) if go_on(other, box)), None)
        if match is None:
            found.append(box)
        else:
            found[match] = enclosing((found[match], box))
    return found


def go_on(one: Box, other: Box) -> bool:
    """The second stands right under or beside the first, and is as wide or as high."""
    under = abs(other[1] - one[3]) < 2 and abs(other[0] - one[0]) < 2 > abs(other[2] - one[2])
    beside = abs(other[0] - one[2]) < 2 and abs(other[1] - one[1]) < 2 > abs(other[3] - one[3])
    return under or beside
