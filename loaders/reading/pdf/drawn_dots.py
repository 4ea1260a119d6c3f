"""Dots that are drawn in the cells of a table, full or empty: they say yes and no."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Token
from loaders.pages.word import Box
from loaders.reading.pdf.drawn_marks import RING, Shape, has_words, placed, sign_token

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
