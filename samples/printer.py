"""A page that a test or a generator prints line by line, with PyMuPDF's own fonts.

What is set is the truth: nothing is measured afterwards. Heights are baselines, in points from the
top of the page.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf

SMALL = 0.6
"""Part of the size in which raised marks are set."""
RISE = 0.35
"""Part of the size by which they are raised."""
PROSE = (
    "The council met four times in the year and heard the officers of both harbours.",
    "It agreed to the budget of 2.4 million and to the purchase of two tugs, and asked",
    "the harbour master to report on the state of the north quay before the winter.",
    "The accounts were found to be in order, and the treasurer was thanked for his work.",
)


def length(text: str, font: str, size: float) -> float:
    """Points that a text takes; a font of the page's own is as wide as Helvetica."""
    known = font if font in ("hebo", "tiro", "tibo", "cour") else "helv"
    return float(pymupdf.Font(known).text_length(text, size))


class Printer:
    """A document and the page that is being printed."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.document: Any = pymupdf.open()
        self.size = width, height
        self.page: Any = self.document.new_page(width=width, height=height)

    def new_page(self) -> None:
        """Go on with an empty page of the same size."""
        self.page = self.document.new_page(width=self.size[0], height=self.size[1])

    def text(
        self, x: float, y: float, text: str, size: float = 10, font: str = "helv", **how: Any
    ) -> float:
        """Set one line and return where it ends; `^…^` is a raised mark."""
        for number, part in enumerate(text.split("^")):
            small, rise = (size * SMALL, size * RISE) if number % 2 else (size, 0.0)
            if part:
                self.page.insert_text((x, y - rise), part, fontsize=small, fontname=font, **how)
                x += length(part, font, small)
        return x

    def width_of(self, text: str, size: float = 10, font: str = "helv") -> float:
        """Points that the text takes, its raised marks left out."""
        plain = "".join(text.split("^")[::2])
        return length(plain, font, size)

    def prose(self, y: float, lines: Sequence[str] = PROSE, x: float = 60) -> float:
        """Set a paragraph and return the height of the next line."""
        for line in lines:
            self.text(x, y, line)
            y += 13
        return y + 8

    def table(
        self,
        y: float,
        rows: Sequence[Sequence[str]],
        places: Sequence[float] = (64, 300, 400, 500),
        *,
        pitch: float = 18,
        ruled: bool = False,
        right: Sequence[int] | None = None,
    ) -> float:
        """Set rows, the first bold: text begins at its place, columns in `right` end there."""
        ended = range(1, len(places)) if right is None else right
        for number, row in enumerate(rows):
            font = "hebo" if number == 0 else "helv"
            for column, text in enumerate(row):
                x = places[column]
                shift = self.width_of(text, 9, font) if column in ended else 0
                self.text(x - shift, y, text, 9, font)
            if ruled:
                self.rule(places[0] - 4, y + 5, places[-1] + 8, y + 5)
            y += pitch
        return y + 8

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """Draw a straight line."""
        self.page.draw_line((x0, y0), (x1, y1), width=width)

    def save(self, path: Path) -> Path:
        """Write the file."""
        self.document.save(path)
        return path
