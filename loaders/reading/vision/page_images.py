"""Page images as a model is shown them; the only door to Pillow."""

from __future__ import annotations

import io
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

WIDTH = 1152
"""Pixels: what Gemini makes of a page; more costs upload and nothing is read better."""
SHARP_WIDTH = 1632
"""Twice as many pixels, for a second look at twice the tokens."""
_PAPER = 245
"""Grey levels from here on are paper."""
_OVERLAP = 4
_INK = 28
"""Grey levels between ink and the paper around it: more than dust, show-through and noise have."""
_BLOCK = 8
"""Pixels of a page 1152 wide: a letter fills a part of two that touch, dust of one."""
_INKED = 0.15
"""Share of a block that is ink where there is print."""
_EDGE = 0.03
"""Of the page, where scanners leave shadows."""


def is_blank(png: bytes) -> bool:
    """Whether an image shows nothing but paper: no mark as large and dark as a letter.

    A model that is asked for a blank leaf invents what might stand on it.
    """
    try:
        with Image.open(io.BytesIO(png)) as image:
            edge = round(_EDGE * min(image.size))
            body = (edge, edge, image.width - edge, image.height - edge)
            grey = image.convert("L").crop(body)
    except OSError:
        return False
    ground = grey.reduce(4 * _BLOCK).filter(ImageFilter.MedianFilter(5)).resize(grey.size)
    ink = ImageChops.difference(grey, ground).point([0] * _INK + [255] * (256 - _INK))
    inked = ink.reduce(_BLOCK).point([0 if share < _INKED * 255 else 255 for share in range(256)])
    beside = ImageChops.offset(inked, 1, 0), ImageChops.offset(inked, 0, 1)
    return not any(ImageChops.multiply(inked, other).getbbox() for other in beside)


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
