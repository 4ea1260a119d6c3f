"""Whether the text layer of a page may be believed: some lack, some lie about the image."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from loaders.pages.geometry import area
from loaders.pages.page_layout import Sheet, Token
from loaders.reading.layout.picture_regions import to_read

NO_LAYER = "no text layer"
COVERED = "a picture covers the page"
FEW_WORDS = 60
"""A page that is one picture holds more words than these; a stamp on it holds fewer."""
UNREADABLE = 0.15
"""Part of the characters that may stand for nothing: icons, signs of one's own."""
VOWELS = re.compile(r"[aeiouyäöüáéíóúàèùâêîôûåæøœ]", re.IGNORECASE)
TANGLED = re.compile(r"[A-Za-z][^\w\s.,'’/@:&()\-–\u2e80-\uffff]+[A-Za-z0-9]")


def suspicion(sheet: Sheet) -> str:
    """Why the words should be read from the image, by the text layer alone; or nothing."""
    if not sheet.tokens:
        return NO_LAYER if sheet.has_ink else ""
    text = "".join(token.text for token in sheet.tokens)
    shapeless = sum(token.uncoded.count(None) for token in sheet.tokens)
    unreadable = (sum(is_unreadable(char) for char in text) - shapeless) / len(text)
    if max(unreadable, sheet.unmapped) > UNREADABLE:
        return "the text layer does not say which letters it has"
    if covered(sheet) > 0.6:
        if sheet.unpainted > 0.5:
            return "the text layer lies unseen under a picture"
        if len(sheet.tokens) < FEW_WORDS:
            return COVERED
    if is_nonsense(sheet.tokens):
        return "the text layer makes no words"
    return ""


def unread(sheet: Sheet) -> list[str]:
    """What a text layer that is to be believed does not say, and OCR may tell."""
    if sheet.scanned or not sheet.tokens or suspicion(sheet):
        return []
    pictures, words = len(to_read(sheet)), sum(any(token.uncoded) for token in sheet.tokens)
    told = [f"pictures not read: {pictures}"] if pictures else []
    return told + ([f"glyphs without a code: in {words} words"] if words else [])


def is_unreadable(char: str) -> bool:
    """A character that no reader of the page can mean."""
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs")


def covered(sheet: Sheet) -> float:
    """Part of the page that its largest picture covers."""
    largest = max((area(picture) for picture in sheet.pictures), default=0.0)
    return largest / max(1.0, sheet.width * sheet.height)


def is_nonsense(tokens: Sequence[Token]) -> bool:
    """Letters without vowels, signs amidst letters: the font maps its glyphs to wrong letters."""
    long = [token.text for token in tokens if len(token.text) >= 4]
    words = [text for text in long if text.isascii() and any(char.isalpha() for char in text)]
    if len(words) < 15:
        return False
    letters = [text for text in words if text.isalpha()]
    mute = sum(not VOWELS.search(text) for text in letters) / max(1, len(letters))
    tangled = sum(bool(TANGLED.search(text)) for text in words) / len(words)
    return (len(letters) >= 15 and mute > 0.4) or tangled > 0.3
