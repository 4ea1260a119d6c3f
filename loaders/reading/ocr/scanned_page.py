"""A page whose words must be read from its image, made into the same sheet as any other page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from loaders.pages.geometry import grown, inside, shared
from loaders.pages.page_layout import Region, Rule, Sheet
from loaders.pages.word import Box
from loaders.reading.layout.layout_model import regions_of_picture
from loaders.reading.ocr.line_words import SeenWord, tokens_of
from loaders.reading.ocr.ocr_models import as_pixels
from loaders.reading.ocr.printed_boxes import without
from loaders.reading.ocr.recognizer import Scan, read_picture, zoom_for
from loaders.reading.ocr.text_layer_check import agrees
from loaders.reading.ocr.text_layer_trust import COVERED, suspicion
from loaders.reading.pdf import mupdf
from loaders.reading.text_layer.word_boxes import shapeless_told

MOST_DOUBTS = 12


def scanned_sheet(document: Any, number: int, sheet: Sheet, *, layout: bool) -> Sheet:
    """The sheet read from the image; the one given, if its text layer proves true."""
    reason = suspicion(sheet)
    if not reason:
        return sheet
    zoom = zoom_for(sheet.width, sheet.height)
    picture = as_pixels(*mupdf.grey(document[number], zoom))
    if reason is not COVERED and sheet.tokens and agrees(sheet.tokens, picture, zoom):
        sheet.detail = f"{reason}; a sample of it agrees with the image"
        return sheet
    boxes = [(x0 * zoom, y0 * zoom, x1 * zoom, y1 * zoom) for x0, y0, x1, y1 in sheet.shapeless]
    scan = read_picture(without(picture, boxes), zoom)
    if reason is COVERED and len(scan.words) < 1.5 * len(sheet.tokens):
        sheet.detail = f"{reason}; the text layer has all words in it"
        return sheet
    if not scan.words:
        sheet.scanned = sheet.detail = reason
        return sheet
    read = sheet_of(scan, zoom, reason, layout=layout)
    read.notes = shapeless_told(len(boxes) + scan.printed_boxes)
    read.unsure += beside(read, sheet.shapeless)
    return read


def beside(sheet: Sheet, boxes: Sequence[Box]) -> list[str]:
    """The words that stand at signs that nobody can read, which may belong to them."""
    way = sheet.frame.box if sheet.frame else lambda box: box
    return [
        token.text
        for token in sheet.tokens
        if any(shared(grown(way(token.box), 0.3 * token.size), box) > 0 for box in boxes)
    ]


def sheet_of(scan: Scan, zoom: float, reason: str, *, layout: bool) -> Sheet:
    """What OCR saw, in the form in which the layout of every page is made."""
    pixels_high, pixels_wide = scan.picture.shape
    width, height = pixels_wide / zoom, pixels_high / zoom
    sheet = Sheet(
        width=width,
        height=height,
        tokens=[],
        rules=[Rule(box) for box in scan.rules],
        has_ink=True,
        frame=scan.frame(zoom),
        scanned=reason,
        detail=told(scan, reason),
    )
    sure = [word for word in scan.words if not word.is_mark]
    if layout and sure:
        picture = scan.picture.tobytes(), pixels_wide, pixels_high
        words = [(word.text, word.box) for word in sure]
        sheet.regions = regions_of_picture(picture, (width, height), words)
    kept = believed(scan.words, sheet.regions)
    sheet.tokens = list(tokens_of(kept))
    sheet.unsure = [word.text for word in kept if word.is_unsure]
    return sheet


def believed(words: Iterable[SeenWord], regions: Sequence[Region]) -> list[SeenWord]:
    """The words without the specks: a lone dash is one, unless it stands in a table."""
    tables = [region.box for region in regions if region.kind == "table"]
    return [
        word for word in words if not word.is_mark or any(inside(word.box, box) for box in tables)
    ]


def told(scan: Scan, reason: str) -> str:
    """How well the page was read, for the ledger."""
    doubts = scan.doubtful
    text = f"read by OCR ({reason}); confidence {scan.confidence:.2f}"
    if scan.turned:
        text += f"; turned by {scan.turned} degrees"
    if doubts:
        more = " …" if len(doubts) > MOST_DOUBTS else ""
        text += f"; in doubt: {', '.join(doubts[:MOST_DOUBTS])}{more}"
    return text
