"""Whether the text layer says what the image shows: some of its words are read there by OCR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from statistics import fmean

from loaders.pages.page_layout import Token
from loaders.pages.word import Box
from loaders.reading.ocr.ocr_models import Pixels
from loaders.reading.ocr.recognizer import cut, models

SAMPLE = 14
"""Words that are looked at."""
SURE = 0.9
"""What is read in the image with less confidence says nothing about the text layer."""
AGREED = 0.85


def agrees(tokens: Sequence[Token], picture: Pixels, zoom: float) -> bool:
    """Read some words of the text layer in the image: they are the same, or nobody can tell.

    A layer that an older OCR made may be near the truth and yet worse than reading anew.
    """
    long = [token for token in tokens if len(token.text) >= 3] or list(tokens)
    sample = long[:: max(1, len(long) // SAMPLE)][:SAMPLE]
    lines = models().texts([cut(picture, around(token.box, zoom, picture)) for token in sample])
    found: list[float] = []
    for token, signs in zip(sample, lines, strict=True):
        if signs and fmean(sign.confidence for sign in signs) > SURE:
            found.append(likeness(token.text, "".join(sign.char for sign in signs)))
    return len(found) < 3 or fmean(found) > AGREED


def likeness(text: str, seen: str) -> float:
    """How much of a word is the same, from 0 to 1; signs between letters do not count."""
    first = re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).casefold()
    second = re.sub(r"\W", "", unicodedata.normalize("NFKC", seen)).casefold()
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def around(box: Box, zoom: float, picture: Pixels) -> Box:
    """The place of a word in the picture with some paper around it."""
    by = 0.2 * (box[3] - box[1]) * zoom
    height, width = picture.shape
    return (
        min(width - 1.0, max(0.0, box[0] * zoom - by)),
        min(height - 1.0, max(0.0, box[1] * zoom - by)),
        min(float(width), box[2] * zoom + by),
        min(float(height), box[3] * zoom + by),
    )
