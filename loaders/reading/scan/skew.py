"""How a page lies in its picture: quarter turns, upside down, and the few degrees of a scanner."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ink import paper
from loaders.reading.scan.recognition import Pixels

Quad = NDArray[np.float32]
"""Four corners of a line as it lies."""

NOTICED = 0.2
"""Degrees; a smaller skew harms nothing."""
MOST = 20.0


def lies(mask: NDArray[np.uint8]) -> tuple[bool, float]:
    """Whether the lines of text run up or down, and by how many degrees they miss the level."""
    level: list[tuple[float, float]] = []
    upright: list[tuple[float, float]] = []
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        corners = cv2.boxPoints(cv2.minAreaRect(contour))
        edges = np.diff(np.concatenate((corners, corners[:1])), axis=0)
        lengths = np.linalg.norm(edges, axis=1)
        if lengths.max() < 40 or lengths.max() < 4 * lengths.min():
            continue
        x, y = edges[int(lengths.argmax())]
        degrees = math.degrees(math.atan2(y, x)) % 180
        weight = float(lengths.max())
        if 45 < degrees < 135:
            upright.append((degrees - 90, weight))
        else:
            level.append((degrees if degrees <= 45 else degrees - 180, weight))
    is_turned = sum(weight for _, weight in upright) > 2 * sum(weight for _, weight in level)
    skew = weighted_median(upright if is_turned else level)
    return is_turned, skew if NOTICED < abs(skew) < MOST else 0.0


def weighted_median(values: list[tuple[float, float]]) -> float:
    """The value that half of the weight lies below; 0 without values."""
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def straightened(picture: Pixels, degrees: float) -> Pixels:
    """The picture turned about its middle so that lines which fall by `degrees` run level."""
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper(picture)
    )
    return np.asarray(turned, dtype=np.uint8)


def quarter_turned(picture: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90)))
