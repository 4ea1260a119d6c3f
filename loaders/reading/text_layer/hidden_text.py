"""Text that nobody sees: not painted, in the colour of its ground, tiny, covered, off the page.

What is seen is decided by the rendered page: where a word stands, the paint must vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from loaders.pages.geometry import enclosing, grown, inside
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.text_layer.word_boxes import Glyph

TINY = 2.0
"""Print below this size, in points, is not meant to be read."""
CONTRAST = 12
"""Steps of 255 between the darkest and the lightest paint where a word stands."""


@dataclass(frozen=True)
class Paint:
    """The page as it is painted, in grey, `zoom` pixels a point: 1, or less for a huge page."""

    samples: bytes
    width: int
    height: int
    stride: int
    zoom: float = 1.0

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        flat = np.frombuffer(self.samples, dtype=np.uint8)
        return flat.reshape(self.height, self.stride)[:, : self.width]

    def contrast(self, box: Box) -> int:
        """Difference between the darkest and the lightest pixel in the box."""
        x0, y0, x1, y1 = (value * self.zoom for value in box)
        left, top = max(0, int(x0)), max(0, int(y0))
        right, bottom = min(self.width, int(x1) + 1), min(self.height, int(y1) + 1)
        part = self.pixels[top:bottom, left:right]
        return int(part.max()) - int(part.min()) if part.size else 0

    def has_ink(self) -> bool:
        return bool(self.pixels.size) and int(self.pixels.max()) - int(self.pixels.min()) > CONTRAST


def without_hidden(
    glyphs: Sequence[Glyph],
    alphas: Sequence[int],
    paint: Paint,
    pictures: Sequence[Box],
    page: Box,
) -> tuple[list[Glyph], list[str]]:
    """The glyphs that are seen, and the hidden text run by run.

    Unpainted text over a picture is the text layer of a scan: it is what the picture shows.
    """
    seen: list[Glyph] = []
    hidden: list[str] = []
    for run in words_of(glyphs, alphas):
        text = "".join(glyphs[index].char for index in run).strip()
        if not text:
            seen += [glyphs[index] for index in run]
            continue
        box = enclosing(glyphs[index].box for index in run)
        if is_seen(glyphs[run[0]], alphas[run[0]], box, paint, pictures, page):
            seen += [glyphs[index] for index in run]
        else:
            hidden.append(text)
    return seen, hidden


def words_of(glyphs: Sequence[Glyph], alphas: Sequence[int]) -> list[list[int]]:
    """Indices of neighbouring glyphs of one word that are painted alike."""
    looks = [(g.line, alpha, g.char.isspace()) for g, alpha in zip(glyphs, alphas, strict=True)]
    return runs(range(len(glyphs)), lambda run, index: looks[index] != looks[run[-1]])


def is_seen(
    glyph: Glyph, alpha: int, box: Box, paint: Paint, pictures: Sequence[Box], page: Box
) -> bool:
    """A reader of the page sees this run of print."""
    if glyph.size < TINY or not inside(box, page, 0.3):
        return False
    if alpha == 0:
        return any(inside(box, picture) for picture in pictures)
    return alpha > 12 and paint.contrast(grown(box, 1)) >= CONTRAST
