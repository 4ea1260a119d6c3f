"""How a page lies in its picture: quarter turns, upside down, and the few degrees of a scanner."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.ocr.binarization import paper
from loaders.reading.ocr.ocr_models import Pixels

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
    turned = cv2.warpAffine(
        picture,
        straightening(picture.shape, degrees),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderValue=paper(picture),
    )
    return np.asarray(turned, dtype=np.uint8)


def straightening(shape: tuple[int, ...], degrees: float) -> NDArray[np.float64]:
    """Where `straightened` moves the points of a picture of that shape (rows, columns)."""
    middle = shape[1] / 2, shape[0] / 2
    return np.asarray(cv2.getRotationMatrix2D(middle, degrees, 1.0), dtype=np.float64)


def quarter_turned(picture: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90)))


def way_back(
    shape: tuple[int, ...], skew: float, degrees: int
) -> tuple[float, float, float, float, float, float]:
    """From points of an upright picture of that shape to those of the picture that it was.

    Undone are first the quarter turns, clockwise by `degrees`, and then, in the picture as it
    was, the straightening of `skew`: a rotation about the middle, whatever came before it.
    """
    height, width = shape
    wide, high = (height, width) if degrees % 180 else (width, height)
    turns = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        90: [[0, 1, 0], [-1, 0, high], [0, 0, 1]],
        180: [[-1, 0, wide], [0, -1, high], [0, 0, 1]],
        270: [[0, -1, wide], [1, 0, 0], [0, 0, 1]],
    }
    straight = np.vstack((straightening((high, wide), skew), [0, 0, 1]))
    matrix = np.linalg.inv(straight) @ np.array(turns[degrees % 360])
    a, b, c, d, e, f = (float(value) for value in matrix[:2].ravel())
    return a, b, c, d, e, f
