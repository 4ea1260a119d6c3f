"""Whether a page's colours say something: a grey image is half as large and reads as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PREVIEW_WIDTH = 160
"""Pixels of the small image by which a page is judged."""
_VIVID = 48
"""Distance of the strongest from the weakest of red, green and blue."""
_HUES = 6
_SHARE_OF_PAGE = 0.0015


def carries_meaning(rgb: bytes) -> bool:
    """Tell whether two different colours each cover a little of the page, as in a chart's legend.

    Links, one accent colour and coloured paper are read as well in grey.
    """
    pixels = np.frombuffer(rgb, np.uint8).reshape(-1, 3)
    red, green, blue = pixels.T
    strongest = np.maximum(np.maximum(red, green), blue)
    weakest = np.minimum(np.minimum(red, green), blue)
    vivid = pixels[strongest - weakest > _VIVID].astype(np.float32)
    if len(vivid) < 2 * _SHARE_OF_PAGE * len(pixels):
        return False
    hues = np.bincount(_hue(vivid), minlength=_HUES)
    return int((hues > _SHARE_OF_PAGE * len(pixels)).sum()) > 1


def _hue(pixels: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return a sixth of the colour circle for each pixel, from red by green and blue to red."""
    red, green, blue = pixels.T
    angle = np.arctan2(np.sqrt(3.0) * (green - blue), 2 * red - green - blue)
    sixths: NDArray[np.int64] = np.round(angle / (2 * np.pi) * _HUES).astype(np.int64) % _HUES
    return sixths
