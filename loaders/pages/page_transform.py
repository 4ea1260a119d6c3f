"""Where a page that was turned or straightened to be read lies on the page as it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.pages.word import Box, Word

_BOX = re.compile(r'(?<=<chunk box=")[-\d. ]+(?=")|(?<=<table box=")[-\d. ]+(?=")')


@dataclass(frozen=True, slots=True)
class Frame:
    """From a place on the page as it reads to its place on the page as it is shown."""

    matrix: tuple[float, float, float, float, float, float]
    """`x' = a x + b y + c`, `y' = d x + e y + f`, in points."""
    width: float
    height: float
    """Of the page as it is shown."""

    def box(self, box: Box) -> Box:
        """Return what encloses the four corners, as far as it is on the page."""
        a, b, c, d, e, f = self.matrix
        x0, y0, x1, y1 = box
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        xs = [min(self.width, max(0.0, a * x + b * y + c)) for x, y in corners]
        ys = [min(self.height, max(0.0, d * x + e * y + f)) for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def words(self, words: Sequence[Word]) -> list[Word]:
        """Return the words, each at its place as it is shown."""
        return [Word(word.text, self.box(word.box)) for word in words]

    def markup(self, markup: str) -> str:
        """Return the markup with the boxes of its chunks and tables as they are shown.

        The text between them cannot forge a tag: its `<` are escaped.
        """
        return _BOX.sub(self._written, markup)

    def _written(self, match: re.Match[str]) -> str:
        x0, y0, x1, y1 = map(float, match[0].split())
        return " ".join(f"{value:.0f}" for value in self.box((x0, y0, x1, y1)))
