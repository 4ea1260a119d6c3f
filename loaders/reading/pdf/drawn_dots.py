"""Dots that are drawn: in the cells of a table they say yes and no, before lines they are bullets.

Without its bullets the items of a list are one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Fill, Token
from loaders.pages.word import Box
from loaders.reading.pdf.drawn_marks import RING, Shape, has_words, placed, sign_token

BULLET = "•"
SMALLEST, LARGEST = 1.5, 5.5
"""Points: the sides of a bullet."""
SIGNS = {"disc": "●", "block": "■", RING: "○"}
MOST = 120
"""More dots on one page are a drawing."""
MOSTLY = 0.6
"""Part of the dots that stand in rows and columns."""
LEVEL = 1.5
"""Points by which the middles of dots in one row or column miss each other."""
NEAR = 16.0
"""Points from a bullet, or the sign of a legend, to its first word."""

Dot = tuple[Box, str]


def with_dots(tokens: Sequence[Token], small: Sequence[Shape]) -> tuple[list[Token], bool]:
    """The words and a sign for each dot, if most stand in rows and columns; and a change.

    Those of a legend begin their words: they have signs if those of a table have.
    """
    dots = [(shape.box, kind) for shape in small if (kind := shape.solid or shape.outline) in SIGNS]
    told = [dot for dot in dict.fromkeys(dots) if has_words(dot[0], tokens)]
    inner = [dot for dot in told if not begins_words(dot[0], tokens)]
    in_cells = [dot for dot in inner if stands_in_grid(dot, inner)]
    if not in_cells or len(dots) > MOST or len(in_cells) < MOSTLY * len(dots):
        return list(tokens), False
    return placed([sign_token(SIGNS[kind], box) for box, kind in told], tokens), True


def stands_in_grid(dot: Dot, dots: Sequence[Dot]) -> bool:
    """Others stand below or above it, and beside it or of another kind."""
    x, y = middle(dot[0])
    column = [one for one in dots if abs(middle(one[0])[0] - x) < LEVEL]
    row = [one for one in dots if abs(middle(one[0])[1] - y) < LEVEL]
    return len(column) > 1 and (len(row) > 1 or len({kind for _, kind in column}) > 1)


def begins_words(box: Box, tokens: Sequence[Token]) -> bool:
    """A word stands close at the right."""
    return any(
        0 <= token.box[0] - box[2] < NEAR
        and overlap(token.box[1], token.box[3], box[1], box[3]) > 1
        for token in tokens
    )


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
