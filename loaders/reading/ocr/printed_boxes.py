"""Boxes that a picture shows where a font had no sign: they say nothing, and are not read.

OCR takes them for noughts, ones, or signs that look like frames. A frame that stands three times
in a row without a difference is no writing, and neither is the same frame elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.pages.geometry import inside
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.ocr.binarization import FAINT, Mask, ink, paper
from loaders.reading.ocr.ocr_models import Pixels, Sign
from loaders.reading.text_layer.word_boxes import UNCODED

ROW = 3
"""Frames that stand next to each other; no word has a sign so often."""
SIDE = 0.95
"""Part of a frame's side that is drawn."""
NARROWEST, WIDEST = 0.25, 1.3
"""Of a frame, in heights."""
TOUCHING, APART = 0.35, 0.6
"""Of a frame's width: how far the next reaches into it, with whom it shares a side; the white."""
LOWEST, HIGHEST = 0.55, 2.0
"""Sizes of the page's print: as high as a capital, since small letters with feet look closed."""
ALIKE = 0.8
"""Part of the ink that two frames share, one laid on the other."""


@dataclass(frozen=True)
class Frame:
    """One frame: where it stands, and its ink."""

    x: int
    y: int
    ink: NDArray[np.bool_]

    @property
    def size(self) -> tuple[int, int]:
        high, wide = self.ink.shape
        return wide, high

    @property
    def box(self) -> Box:
        wide, high = self.size
        return self.x, self.y, self.x + wide, self.y + high


def printed_boxes(picture: Pixels, size: float) -> list[Box]:
    """The frames that are no writing, in a picture whose print is of that size."""
    found = list(frames(ink(picture, FAINT), size))
    looks: list[Frame] = []
    for line in runs(sorted(found, key=lambda one: one.y), lambda line, o: o.y - line[0].y > 2):
        row: list[Frame] = []
        for frame in sorted(line, key=lambda one: one.x):
            row = [*row, frame] if row and follows(row[-1], frame) else [frame]
            if len(row) == ROW and not any(alike(frame, look) for look in looks):
                looks.append(frame)
    return [frame.box for frame in found if any(alike(frame, look) for look in looks)]


def follows(one: Frame, other: Frame) -> bool:
    """The other stands right behind the first, and is the same."""
    wide, _ = one.size
    gap = other.x - one.x - wide
    return -TOUCHING * wide <= gap < APART * wide and alike(one, other)


def alike(one: Frame, other: Frame) -> bool:
    """Two frames of one size whose ink is the same, but for a pixel at their edges."""
    (wide, high), (w, h) = one.size, other.size
    if abs(wide - w) > max(2, 0.15 * wide) or abs(high - h) > max(1, 0.1 * high):
        return False
    first = one.ink
    second = resized(other.ink, wide, high)
    shared = (first & thick(second)).sum() + (second & thick(first)).sum()
    return bool(shared > ALIKE * (first.sum() + second.sum()))


def resized(part: NDArray[np.bool_], wide: int, high: int) -> NDArray[np.bool_]:
    """The ink in another size."""
    made = cv2.resize(part.astype(np.uint8), (wide, high), interpolation=cv2.INTER_NEAREST)
    return np.asarray(made, dtype=np.bool_)


def thick(part: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink and the pixels around it."""
    return np.asarray(cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)), dtype=np.bool_)


def frames(dark: Mask, size: float) -> Iterator[Frame]:
    """Ink with a straight side all round; frames that touch are taken apart."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    for label in range(1, count):
        x, y, wide, high, pixels = (int(value) for value in stats[label])
        if not LOWEST * size <= high <= HIGHEST * size or wide < NARROWEST * high:
            continue
        if pixels > 0.8 * wide * high or pixels < wide + 2 * high:
            continue
        part = labels[y : y + high, x : x + wide] == label
        for left, right in cells(part):
            cell = part[:, left:right]
            within = dark[y : y + high, x + left : x + right] > 0
            if (
                NARROWEST * high <= right - left <= WIDEST * high
                and has_sides(cell)
                and not (within & ~cell).any()  # a figure in a box of a form
            ):
                yield Frame(x + left, y, cell)


def has_sides(part: NDArray[np.bool_]) -> bool:
    """The ink runs along the whole of its top, foot, left and right."""
    high, wide = part.shape
    deep, broad = max(2, round(0.12 * high)), max(2, round(0.12 * min(wide, high)))
    sides = (
        part[:deep].any(axis=0),
        part[-deep:].any(axis=0),
        part[:, :broad].any(axis=1),
        part[:, -broad:].any(axis=1),
    )
    return all(side.mean() >= SIDE for side in sides)


def cells(part: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From one upright line to the next."""
    upright = np.diff(np.concatenate(([0], part.mean(axis=0) >= SIDE, [0])).astype(np.int8))
    starts, ends = np.flatnonzero(upright > 0), np.flatnonzero(upright < 0)
    return [(int(left), int(right)) for left, right in zip(starts, ends[1:], strict=False)]


def without(picture: Pixels, boxes: Sequence[Box]) -> Pixels:
    """The picture with paper in their places."""
    clean = picture.copy()
    for x0, y0, x1, y1 in boxes:
        clean[int(y0) - 1 : int(y1) + 1, max(0, int(x0) - 1) : int(x1) + 1] = paper(picture)
    return clean


def with_boxes(
    signs: list[Sign], dark: Mask, line: Box, boxes: Sequence[Box]
) -> tuple[list[Sign], Mask]:
    """The signs of a line and its ink, with one that nobody can read for each of the boxes."""
    within = [
        (x0 - line[0], x1 - line[0]) for x0, y0, x1, y1 in boxes if inside((x0, y0, x1, y1), line)
    ]
    if not within:
        return signs, dark
    filled = dark.copy()
    for left, right in within:
        filled[len(dark) // 3 : 2 * len(dark) // 3, max(0, int(left)) : int(right)] = 1
    unread = [Sign(UNCODED, (left + right) / 2, 1.0) for left, right in within]
    return sorted([*signs, *unread], key=lambda sign: sign.x), filled
