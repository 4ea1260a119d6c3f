"""What is dark in a picture of a page: ruling lines, the gaps between words, lone dashes."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.pages.word import Box
from loaders.reading.ocr.ocr_models import Pixels

Mask = NDArray[np.uint8]
"""1 where there is ink."""

FAINT = 40
"""Steps of 255 below the paper at which a ruling line counts as drawn."""
THICKEST = 8
"""Pixels; what is thicker is no ruling line but an area."""


def paper(picture: Pixels) -> int:
    """The grey of the ground: the commonest one."""
    return int(np.bincount(picture.ravel(), minlength=256).argmax())


def on_white(picture: Pixels) -> Pixels:
    """Dark print on a light ground: what is printed the other way round is inverted."""
    return picture if paper(picture) >= 110 else np.asarray(255 - picture, dtype=np.uint8)


def ink(picture: Pixels, faint: int = 0) -> Mask:
    """Where the picture is dark; by Otsu's threshold, or `faint` steps below the paper."""
    if faint:
        level = max(1, paper(picture) - faint)
    else:
        otsu, _ = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        level = int(min(otsu, max(1, paper(picture) - faint)))
    return np.asarray(picture <= level, dtype=np.uint8)


def without_rules(picture: Pixels, length: int) -> tuple[Pixels, list[Box]]:
    """The picture with its straight lines painted over, and their places in pixels.

    A line that touches a letter is read as a letter; `length` is the shortest to be taken for one.
    """
    dark = ink(picture, FAINT)
    found: list[Box] = []
    drawn = np.zeros_like(dark)
    length |= 1  # an even kernel would shift what it finds
    for kernel in (np.ones((1, length), np.uint8), np.ones((length, 1), np.uint8)):
        straight = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        across = 1 if kernel.shape[0] == 1 else 0
        joined = cv2.dilate(straight, np.ones((3, 3), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
        for label in range(1, count):
            x, y, width, height = (int(value) for value in stats[label, :4])
            thin, long = (height, width) if across else (width, height)
            if thin - 2 > THICKEST or long < 12 * (thin - 2):
                continue
            found.append((x + 1, y + 1, x + width - 1, y + height - 1))
            part = labels[y : y + height, x : x + width] == label
            drawn[y : y + height, x : x + width] |= part.astype(np.uint8)
    clean = picture.copy()
    clean[drawn > 0] = paper(picture)
    return clean, found


def white_runs(dark: Mask) -> list[tuple[int, int]]:
    """Runs of columns without ink inside a line: where words may part."""
    columns = dark.any(axis=0)
    steps = np.flatnonzero(np.diff(np.concatenate(([1], columns.astype(np.int8), [1]))))
    return [(int(start), int(end)) for start, end in steps.reshape(-1, 2)]


def band(dark: Mask) -> tuple[int, int]:
    """Rows of the line that runs through the middle; ink of its neighbours is left out."""
    rows: NDArray[np.bool_] = np.asarray(dark.any(axis=1))
    height = len(dark)
    if not rows.any():
        return 0, height
    filled = np.flatnonzero(rows)
    middle = int(filled[np.abs(filled - height // 2).argmin()])
    leap = max(1, round(height * 0.1))
    top = bottom = middle
    for row in filled[filled < middle][::-1]:
        if top - row > leap:
            break
        top = int(row)
    for row in filled[filled > middle]:
        if row - bottom > leap:
            break
        bottom = int(row)
    return top, bottom + 1


def blobs(dark: Mask, size: float) -> Iterator[tuple[Box, bool]]:
    """Ink as large as a letter of `size` pixels, and whether it has the shape of a dash."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    for x, y, width, height, _ in stats[1:].tolist():
        box: Box = (x, y, x + width, y + height)
        if is_dash(width, height, size):
            yield box, True
        elif 0.4 * size < height < 1.3 * size and 0.08 * size < width < 1.3 * size:
            yield box, False


def is_dash(width: float, height: float, size: float) -> bool:
    """A short, flat stroke, as it stands in a cell without a figure."""
    return 0.15 * size <= width <= 1.3 * size and height <= 0.25 * size and width >= 1.7 * height


def dash_like(dark: Mask) -> bool:
    """All ink is one flat stroke in the middle of the line."""
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return False
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    middle = (int(rows[0]) + int(rows[-1])) / 2 / len(dark)
    return wide > 2 * high and 0.3 < middle < 0.75 and high < 0.2 * len(dark)


def is_alone(dark: Mask, box: Box, size: float) -> bool:
    """No other ink stands to the left or right of the box."""
    x0, y0, x1, y1 = (int(value) for value in box)
    reach = max(2, round(size * 0.6))
    top, bottom = max(0, y0 - reach // 2), y1 + reach // 2
    left = dark[top:bottom, max(0, x0 - reach) : max(0, x0 - 1)]
    right = dark[top:bottom, x1 + 1 : x1 + reach]
    return not left.any() and not right.any()
