"""Glyphs of which the font does not say what they show: their picture is read.

A minus without a code would turn a loss into a profit. Nothing is guessed: what cannot be read
stays as U+FFFD, and the word is in doubt.
"""

from __future__ import annotations

from loaders.pages.page_layout import Sheet, Token
from loaders.pages.word import Box
from loaders.reading.layout.picture_regions import Drawn
from loaders.reading.ocr.binarization import dash_like, ink, on_white
from loaders.reading.ocr.ocr_models import Pixels, Sign, as_pixels
from loaders.reading.ocr.recognizer import models
from loaders.reading.text_layer.word_boxes import UNCODED

MOST = 400
"""Words of one page that are looked at."""
ZOOM = 5.0
"""Pixels a point: a line of print as high as the model wants it."""
SURE = 0.8
MINUS = "−"


def read_uncoded(sheet: Sheet, drawn: Drawn) -> None:
    """Write what their pictures show for the glyphs that have no code."""
    words = [token for token in sheet.tokens if any(token.uncoded)][:MOST]
    boxes = [word_box(token) for token in words]
    pictures = [on_white(as_pixels(*drawn(box, ZOOM))) for box in boxes]
    texts = models().texts(pictures)
    for token, box, picture, signs in zip(words, boxes, pictures, texts, strict=True):
        write(token, box, picture, signs)
        if UNCODED in token.text or any(sign.confidence < SURE for sign in signs):
            sheet.unsure.append(token.text)
    if words:
        sheet.is_altered = True
    left = sum(UNCODED in token.text for token in sheet.tokens if any(token.uncoded))
    read = len(words) - sum(UNCODED in token.text for token in words)
    if read:
        sheet.notes.append(f"{read} words have glyphs without a code, read from their picture")
    if left:
        sheet.notes.append(f"glyphs without a code that could not be read: in {left} words")


def word_box(token: Token) -> Box:
    """The word with the paper that a line of print has around it, a flat sign's too."""
    x0, y0, x1, y1 = token.box
    top, foot = min(y0, token.baseline - 0.8 * token.size), token.baseline + 0.25 * token.size
    return x0 - 1.5, top, x1 + 1.5, max(y1, foot)


def write(token: Token, box: Box, picture: Pixels, signs: list[Sign]) -> None:
    """Put the sign that was read at the place of each glyph without a code."""
    whole = "".join(sign.char for sign in signs if not sign.char.isspace())
    if (
        set(token.text) == {UNCODED}
        and all(token.uncoded)
        and len(whole) >= len(token.text) - 1
        and len(whole) > 1
    ):
        token.text = whole
        token.uncoded = []
        return
    left = list(token.uncoded)
    text: list[str] = []
    for char in token.text:
        text.append(sign_at(left.pop(0), box, picture, signs) if char == UNCODED else char)
    token.text = "".join(text)


def sign_at(glyph: Box | None, box: Box, picture: Pixels, signs: list[Sign]) -> str:
    """What stands at the glyph's place: a flat stroke is a minus, whatever the model reads."""
    if glyph is None:
        return UNCODED
    left, right = (glyph[0] - box[0]) * ZOOM, (glyph[2] - box[0]) * ZOOM
    if dash_like(ink(picture)[:, max(0, int(left)) : int(right) + 1]):
        return MINUS
    near = [sign for sign in signs if left - 2 <= sign.x <= right + 2 and not sign.char.isspace()]
    best = min(near, key=lambda sign: abs(sign.x - (left + right) / 2), default=None)
    return best.char if best and best.confidence > 0.5 else UNCODED
