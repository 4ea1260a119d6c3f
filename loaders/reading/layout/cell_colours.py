"""Cells that say their value by a colour alone, as traffic lights do: the colour is written."""

from __future__ import annotations

import colorsys
from collections import Counter
from collections.abc import Sequence

from loaders.pages.geometry import middle, overlap, shared
from loaders.pages.page_layout import Fill, Token
from loaders.pages.word import Box

SMALLEST, LARGEST = 4.0, 130.0
"""Points: the sides of a light, or of a cell that is painted."""
HIGHEST = 40.0
FEWEST = 3
"""Fewer painted areas are an ornament."""
HUES = ((20, "red"), (50, "amber"), (70, "yellow"), (170, "green"), (260, "blue"), (330, "purple"))
"""The end of each part of the colour circle, in degrees."""
VIVID = 0.35
"""Saturation; what is paler is the ground of a row."""


def colour_words(tokens: Sequence[Token], fills: Sequence[Fill]) -> list[Token]:
    """A word for each painted area that stands for a value; none for legends and charts."""
    lights = [fill for fill in fills if is_light(fill, tokens)]
    columns = Counter(round(middle(fill.box)[0] / 3) for fill in lights)
    lights = [fill for fill in lights if columns[round(middle(fill.box)[0] / 3)] > 1]
    names = Counter(name_of(fill.colour) for fill in lights)
    if len(lights) < FEWEST or len(names) < 2 or len(lights) <= len(names):
        return []
    if len({tuple(round(side / 2) for side in size(fill.box)) for fill in lights}) > 2:
        return []
    line = max((token.line for token in tokens), default=0)
    return [word(fill, line + number) for number, fill in enumerate(lights, 1)]


def is_light(fill: Fill, tokens: Sequence[Token]) -> bool:
    """It is vivid, small, without words in it, and on the line of a word to its left."""
    wide, high = size(fill.box)
    if not (SMALLEST <= wide <= LARGEST and SMALLEST <= high <= HIGHEST) or not name_of(
        fill.colour
    ):
        return False
    return not any(shared(token.box, fill.box) > 0 for token in tokens) and any(
        token.box[2] < fill.box[0]
        and overlap(token.box[1], token.box[3], fill.box[1], fill.box[3]) > 2
        for token in tokens
    )


def size(box: Box) -> tuple[float, float]:
    """Width and height."""
    return box[2] - box[0], box[3] - box[1]


def name_of(colour: str) -> str:
    """The name of a vivid colour, `#rrggbb`; nothing for greys and pale ones."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < VIVID or value < 0.25:
        return ""
    return next((name for end, name in HUES if hue * 360 <= end), "red")


def word(fill: Fill, line: int) -> Token:
    """The colour's name in the middle of its area."""
    x, y = middle(fill.box)
    half = min(14.0, (fill.box[2] - fill.box[0]) / 2 + 4)
    name = name_of(fill.colour)
    return Token(name, (x - half, y - 4, x + half, y + 4), y + 3, 8, line=line)
