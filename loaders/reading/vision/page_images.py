"""Page images as a model is shown them; the only door to Pillow."""

from __future__ import annotations

import io
from itertools import pairwise

from PIL import Image, ImageStat

WIDTH = 1152
"""Pixels: what Gemini makes of a page; more costs upload and nothing is read better."""
_PAPER = 245
"""Grey levels from here on are paper."""
_OVERLAP = 4


def halves(png: bytes) -> list[bytes]:
    """Cut an image in two between lines, near its middle; a low one stays whole."""
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        if image.height < 64:
            return [png]
        cut = _emptiest_row(image)
        top = image.crop((0, 0, image.width, min(image.height, cut + _OVERLAP)))
        foot = image.crop((0, max(0, cut - _OVERLAP), image.width, image.height))
        return [_png(top), _png(foot)]


def _emptiest_row(image: Image.Image) -> int:
    """Return the middle of the tallest white band in the middle third, or else the middle."""
    first, last = image.height // 3, 2 * image.height // 3
    middle = image.convert("L").crop((0, first, image.width, last))
    inked = [row for row in range(middle.height) if _darkest(middle, row) < _PAPER]
    edges = [-1, *inked, middle.height]
    height, start = max((after - before, before) for before, after in pairwise(edges))
    return first + start + height // 2 if height > 2 else image.height // 2


def _darkest(grey: Image.Image, row: int) -> int:
    lowest, _ = ImageStat.Stat(grey.crop((0, row, grey.width, row + 1))).extrema[0]
    return int(lowest)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
