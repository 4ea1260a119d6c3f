"""From the picture of a page to its words, each with its place and how sure the reading is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import fmean, median

import cv2
import numpy as np

from loaders.pages.geometry import inside
from loaders.pages.page_transform import Frame
from loaders.pages.word import Box
from loaders.reading.ocr.binarization import (
    Mask,
    blobs,
    ink,
    is_alone,
    is_dash,
    on_white,
    without_rules,
)
from loaders.reading.ocr.deskew import lies, quarter_turned, straightened, way_back
from loaders.reading.ocr.line_words import SeenWord, weakest_digit, words_in
from loaders.reading.ocr.ocr_models import Models, Pixels
from loaders.reading.ocr.printed_boxes import printed_boxes, with_boxes, without
from loaders.reading.text_layer.word_boxes import UNCODED

DOTS = 200 / 72
"""Pixels a point, if the page is not too large."""
MOST_PIXELS = 6_000_000
FINDER_PIXELS = 2_300_000
"""Lines are found at a lower resolution than they are read at: memory grows with it."""
LEAST_CONFIDENCE = 0.5
"""Below, what was read is no text at all: a curve of a chart, a stain."""
DOUBTFUL = 0.85
SURE = 0.93
"""Lines that are read with this confidence do not stand upside down."""
SAMPLE_WIDTH = 14
"""Heights of a line: so much of it tells which way up it stands."""
MOST_LINES = 2_500
DASHES = "-—–−=一_~0 "


@dataclass(slots=True)
class Scan:
    """What a picture shows; all lengths in points of the page as `picture` has it."""

    words: list[SeenWord]
    rules: list[Box] = field(default_factory=list)
    turned: int = 0
    """Degrees, clockwise, by which the picture had to be turned."""
    skew: float = 0.0
    """Degrees by which its lines fell, after the turn."""
    picture: Pixels = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    """Upright and straight."""
    printed_boxes: int = 0
    """Signs that are no more than a box, for which some font had no shape."""

    @property
    def confidence(self) -> float:
        """1 only if nothing is in doubt: hundredths, never rounded up."""
        weights = sum(len(word.text) for word in self.words)
        total = sum(word.confidence * len(word.text) for word in self.words)
        return math.floor(100 * total / max(1, weights)) / 100

    def frame(self, zoom: float) -> Frame | None:
        """How the picture, `zoom` pixels a point, lay before it was turned; None if it was not."""
        if not self.turned and not self.skew:
            return None
        a, b, c, d, e, f = way_back(self.picture.shape, self.skew, self.turned)
        height, width = self.picture.shape
        if self.turned % 180:
            height, width = width, height
        return Frame((a, b, c / zoom, d, e, f / zoom), width / zoom, height / zoom)

    @property
    def doubtful(self) -> list[str]:
        return [word.text for word in self.words if word.confidence < DOUBTFUL]


@cache
def models() -> Models:
    """The models, loaded once in a process."""
    return Models()


def zoom_for(width: float, height: float) -> float:
    """Pixels a point for a page of that many points; a tiny one is enlarged."""
    most = math.sqrt(MOST_PIXELS / (width * height))
    return min(most, max(DOTS, min(8.0, 900 / max(width, height))))


def read_picture(picture: Pixels, zoom: float) -> Scan:
    """Turn the picture as it is to be read, and read it; `zoom` is its pixels a point."""
    picture, boxes, turned, skew = upright(on_white(picture))
    size = median(box[3] - box[1] for box in boxes) * 0.7 if boxes else 10 * zoom
    empty = printed_boxes(picture, size)
    clean, rules = without_rules(without(picture, empty), max(24, round(2 * size)))
    words = list(words_of(clean, boxes, empty))
    words += outside(empty, boxes, size)
    words += marks(clean, boxes, median([word.size for word in words] or [size]), len(boxes))
    return Scan(
        words=[scaled(word, zoom) for word in words],
        rules=[points(box, zoom) for box in rules],
        turned=turned,
        skew=skew,
        picture=picture,
        printed_boxes=len(empty),
    )


def upright(picture: Pixels) -> tuple[Pixels, list[Box], int, float]:
    """The picture with its lines level and on their feet, their boxes, its turn and its skew."""
    mask = text_mask(picture)
    is_turned, skew = lies(mask)
    turned = 90 if is_turned else 0
    if turned:
        picture = quarter_turned(picture, turned)
    if skew:
        picture = straightened(picture, skew)
    if turned or skew:
        mask = text_mask(picture)
    boxes = line_boxes(mask, picture.shape)
    if is_upside_down(picture, boxes):
        height, width = picture.shape
        picture, turned = quarter_turned(picture, 180), (turned + 180) % 360
        boxes = [(width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in boxes]
    boxes.sort(key=lambda box: (box[1], box[0]))
    return picture, boxes, turned, skew


def text_mask(picture: Pixels) -> Mask:
    """1 where the core of a line of text is; as large as the picture."""
    height, width = picture.shape
    part = min(0.75, (FINDER_PIXELS / (height * width)) ** 0.5)
    found = models().text_map(picture, part)
    mask = cv2.dilate((found > 0.3).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels = cv2.connectedComponents(mask)
    sums = np.bincount(labels.ravel(), weights=found.ravel(), minlength=count)
    pixels = np.bincount(labels.ravel(), minlength=count)
    is_text = sums / np.maximum(1, pixels) > 0.45
    is_text[0] = False
    mask = is_text[labels].astype(np.uint8)
    return np.asarray(
        cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8
    )


def line_boxes(mask: Mask, shape: tuple[int, ...]) -> list[Box]:
    """A box around each line: the model marks the core, print stands out of it."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    largest = stats[1:][np.argsort(-stats[1:, 4])[:MOST_LINES]]
    found: list[Box] = []
    for x, y, width, height, _ in largest.tolist():
        by = width * height * 0.6 / (width + height)
        found.append(
            (
                max(0.0, x - by),
                max(0.0, y - by),
                min(float(shape[1]), x + width + by),
                min(float(shape[0]), y + height + by),
            )
        )
    return found


def is_upside_down(picture: Pixels, boxes: Sequence[Box]) -> bool:
    """The longest lines are read with more confidence when they are turned round."""
    longest = sorted(boxes, key=lambda box: box[0] - box[2])[:6]
    lines = [
        cut(picture, (x0, y0, min(x1, x0 + SAMPLE_WIDTH * (y1 - y0)), y1))
        for x0, y0, x1, y1 in longest
    ]
    if not lines or (sure := confidence_of(lines)) > SURE:
        return False
    return confidence_of([quarter_turned(line, 180) for line in lines]) > sure + 0.03


def confidence_of(lines: Sequence[Pixels]) -> float:
    """Mean over the characters of all lines; lines without any count as unsure."""
    signs = [sign for line in models().texts(lines) for sign in line]
    return fmean(sign.confidence for sign in signs) if signs else 0.0


def cut(picture: Pixels, box: Box) -> Pixels:
    """The part of the picture in the box."""
    x0, y0, x1, y1 = (int(value) for value in box)
    return np.ascontiguousarray(picture[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)])


def words_of(
    picture: Pixels, boxes: Sequence[Box], empty: Sequence[Box] = ()
) -> Iterator[SeenWord]:
    """The words of all lines; a line that runs up the page is read from its side.

    Signs that nobody can read stood where it is `empty`.
    """
    usual = median(box[3] - box[1] for box in boxes) if boxes else 0.0
    lines: list[Pixels] = []
    for box in boxes:
        line = cut(picture, box)
        high, wide = line.shape
        lines.append(quarter_turned(line, 90) if high > 2 * max(wide, usual) else line)
    texts = models().texts(lines)
    for number, (box, line, signs) in enumerate(zip(boxes, lines, texts, strict=True)):
        signs, dark = with_boxes(signs, ink(line), box, empty)
        text = "".join(sign.char for sign in signs).strip()
        sure = fmean(sign.confidence for sign in signs) if text else 0.0
        if line.shape != cut(picture, box).shape:
            if len(text) > 2 and sure > DOUBTFUL:
                size = (box[2] - box[0]) * 0.7
                yield SeenWord(text, box, size, number, sure, weakest_digit(signs))
        elif dash_shaped(dark, usual * 0.7) and not text.strip(DASHES):
            yield mark(box, dark, usual * 0.7, number)
        elif sure > LEAST_CONFIDENCE:
            is_mark = len(text) < 3 and sure < DOUBTFUL
            for word in words_in(signs, dark, box, number):
                yield replace(word, is_mark=is_mark)


def outside(empty: Sequence[Box], lines: Sequence[Box], size: float) -> Iterator[SeenWord]:
    """Signs that nobody can read where no line was found."""
    for box in empty:
        if not any(inside(box, line) for line in lines):
            yield SeenWord(UNCODED, box, size, len(lines) + int(box[1] / size), 1.0)


def dash_shaped(dark: Mask, size: float) -> bool:
    """All ink of the line is one flat stroke."""
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return False
    return is_dash(int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1), size)


def mark(box: Box, dark: Mask, size: float, line: int) -> SeenWord:
    """A dash that stands alone."""
    columns = np.flatnonzero(dark.any(axis=0))
    left, right = box[0] + float(columns[0]), box[0] + float(columns[-1] + 1)
    middle = (box[1] + box[3]) / 2
    place: Box = (left, middle - 0.3 * size, right, middle + 0.3 * size)
    return SeenWord("-", place, size, line, 1.0, is_mark=True)


def marks(picture: Pixels, boxes: Sequence[Box], size: float, line: int) -> Iterator[SeenWord]:
    """Letters and dashes that the finder passed over: it was made for lines, not for cells."""
    dark = ink(picture)
    covered = dark.copy()
    for x0, y0, x1, y1 in boxes:
        covered[int(y0) : int(y1), int(x0) : int(x1)] = 0
    letters: list[Box] = []
    for box, is_flat in blobs(covered, size):
        if not is_alone(dark, box, size):
            continue
        if is_flat:
            line += 1
            flat = cut(dark, box)
            yield mark(box, flat, size, line)
        else:
            letters.append(box)
    letters = letters[:60]
    around = round(0.3 * size)
    grown = [
        (max(0, x0 - around), max(0, y0 - around), x1 + around, y1 + around)
        for x0, y0, x1, y1 in letters
    ]
    for box, signs in zip(letters, models().texts([cut(picture, b) for b in grown]), strict=True):
        text = "".join(sign.char for sign in signs).strip()
        line += 1
        if text and (sure := fmean(sign.confidence for sign in signs)) > 0.8:
            weakest = weakest_digit(signs)
            yield SeenWord(text, box, size, line, sure, weakest, is_mark=True)


def scaled(word: SeenWord, zoom: float) -> SeenWord:
    """The word with its place in points."""
    return replace(word, box=points(word.box, zoom), size=word.size / zoom)


def points(box: Box, zoom: float) -> Box:
    """Pixels to points."""
    return box[0] / zoom, box[1] / zoom, box[2] / zoom, box[3] / zoom
