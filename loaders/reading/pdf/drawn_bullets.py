"""Bullets that are drawn: without them the items of a list are one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import overlap
from loaders.pages.page_layout import Fill, Token
from loaders.pages.word import Box
from loaders.reading.pdf.drawn_marks import placed, sign_token

BULLET = "•"
SMALLEST, LARGEST = 1.5, 5.5
"""Points: the sides of a bullet."""
MOST = 120
"""More dots on one page are a drawing."""
NEAR = 16.0
"""Points from a bullet to the first word of its item."""


def with_bullets(tokens: Sequence[Token], fills: Sequence[Fill]) -> list[Token]:
    """The words and a sign for each drawn bullet.

    Bullets are alike and stand below each other; patches of a legend differ in colour.
    """
    columns: dict[tuple[str, int], list[Box]] = {}
    dots = [fill for fill in dict.fromkeys(fills) if is_dot(fill.box)]
    for fill in dots if len(dots) <= MOST else ():
        if begins_line(fill.box, tokens):
            columns.setdefault((fill.colour, round(fill.box[0])), []).append(fill.box)
    boxes = [box for column in columns.values() if len(column) > 1 for box in column]
    return placed([sign_token(BULLET, box) for box in boxes], tokens)


def is_dot(box: Box) -> bool:
    """As wide as high, and small."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) >= SMALLEST and max(wide, high) <= LARGEST and wide < 1.3 * high


def begins_line(dot: Box, tokens: Sequence[Token]) -> bool:
    """A word stands close at the right on the dot's height, and none close at its left."""
    beside = [t.box for t in tokens if overlap(t.box[1], t.box[3], dot[1], dot[3]) > 1]
    is_before = any(0 <= box[0] - dot[2] < NEAR for box in beside)
    return is_before and not any(-1 < dot[0] - box[2] < NEAR / 2 for box in beside)
