"""Text in the pictures of a page that has a text layer: pasted tables, scans under a letterhead.

What the text layer has in the same place is painted over first: it is not read twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import fmean, median

from loaders.pages.geometry import area, shared
from loaders.pages.page_layout import ReadPicture, Rule, Sheet, Token
from loaders.pages.word import Box
from loaders.reading.layout.picture_regions import STAMP, Drawn, to_read
from loaders.reading.ocr.binarization import paper
from loaders.reading.ocr.line_words import SeenWord, tokens_of
from loaders.reading.ocr.ocr_models import Pixels, as_pixels
from loaders.reading.ocr.recognizer import SURE, Scan, read_picture, zoom_for
from loaders.reading.text_layer.word_boxes import shapeless_told

CERTAIN = 0.75
"""Below this confidence, words in a photograph are its texture."""
PROSE = 3
"""Words in a line; pictures whose lines have fewer, and no table, are charts and drawings."""
MOST = 12
"""Pictures of one page that are read."""


def read_pictures(sheet: Sheet, drawn: Drawn) -> None:
    """Add the words of its pictures to the page, and say so."""
    boxes = to_read(sheet)
    words: list[SeenWord] = []
    for box in boxes[:MOST]:
        found = read_one(sheet, box, drawn)
        if found is None:
            continue
        words += found
    if words:
        sure = fmean(word.confidence for word in words)
        sheet.notes.append(f"{len(words)} words read by OCR in pictures; confidence {sure:.2f}")
    if len(boxes) > MOST:
        sheet.notes.append(f"pictures not read: {len(boxes) - MOST}")


def read_one(sheet: Sheet, box: Box, drawn: Drawn) -> list[SeenWord] | None:
    """The words of one picture, now on the sheet; None if it has none."""
    left, top = max(0.0, box[0]), max(0.0, box[1])
    box = (left, top, min(sheet.width, box[2]), min(sheet.height, box[3]))
    if area(box) < STAMP:
        return None
    zoom = zoom_for(box[2] - left, box[3] - top)
    picture = painted_over(as_pixels(*drawn(box, zoom)), sheet.tokens, box, zoom)
    scan = read_picture(picture, zoom)
    sheet.notes += shapeless_told(scan.printed_boxes)
    words = certain(scan)
    if not words:
        return None
    line = max((token.line for token in sheet.tokens), default=0) + 1
    frame = scan.frame(zoom)  # a picture that lies on its side stays readable
    tokens = list(
        tokens_of(words, lambda one: moved(frame.box(one) if frame else one, left, top), line)
    )
    sheet.tokens += tokens
    sheet.read_pictures.append(ReadPicture(box, is_prose(words), doubtful(words, tokens, scan)))
    sheet.unsure += [word.text for word in words if word.is_unsure]
    if frame is None:
        sheet.rules += [Rule(moved(rule, left, top)) for rule in scan.rules]
    return words


def certain(scan: Scan) -> list[SeenWord]:
    """The words that are surely text; lone signs only among many words, as in a table."""
    words = [word for word in scan.words if word.confidence > CERTAIN and not word.is_mark]
    if not any(len(word.text) > 2 for word in words):
        return []
    marks = [word for word in scan.words if word.is_mark and word.confidence > CERTAIN]
    return words + (marks if len(words) > 8 else [])


def doubtful(words: Sequence[SeenWord], tokens: Sequence[Token], scan: Scan) -> list[Token]:
    """The words that are not sure, where little of the picture is: an engraving, a photograph."""
    letters = [word for word in scan.words if not word.is_mark]
    if replace(scan, words=letters).confidence >= SURE:
        return []
    pairs = zip(words, tokens, strict=True)
    return [token for word, token in pairs if word.is_mark or word.confidence < SURE]


def painted_over(picture: Pixels, tokens: Sequence[Token], box: Box, zoom: float) -> Pixels:
    """The picture without the words that the text layer has."""
    clean = picture.copy()
    ground = paper(picture)
    for token in tokens:
        if shared(token.box, box) > 0:
            x0, y0, x1, y1 = (
                int((value - start) * zoom)
                for value, start in zip(token.box, (box[0], box[1]) * 2, strict=True)
            )
            clean[max(0, y0 - 2) : max(0, y1 + 3), max(0, x0 - 2) : max(0, x1 + 3)] = ground
    return clean


def moved(box: Box, x: float, y: float) -> Box:
    """The box, so far to the right and down."""
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def is_prose(words: Sequence[SeenWord]) -> bool:
    """Most lines are sentences."""
    lines = [len(list(line)) for _, line in groupby(words, key=lambda word: word.line)]
    return median(lines) >= PROSE
