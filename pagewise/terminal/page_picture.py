"""The picture of a cited page, with a frame around what an answer cites from it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from graph.answer import Citation
from loaders.errors import LibraryError, SourceError, without_page
from loaders.pages.geometry import grown
from loaders.pages.page import Outcome
from loaders.pages.word import Box, Word
from loaders.reading.document import open_document
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.source_files import original_of
from pagewise.settings import Settings

WIDTH = 1200
"""Pixels: small print can be read, and a terminal takes it at once."""
_FRAME = (208, 32, 32)
_LINE = 4
_MARGIN = 3.0
"""Points between what is cited and its frame."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A PNG in a file; `is_changed` if the PDF is no longer the one that was indexed."""

    path: Path
    png: bytes
    is_changed: bool


def draw_page(
    record: DocumentRecord, page: int, cited: Sequence[Citation], settings: Settings
) -> PagePicture:
    """Draw a page, counted from 0, into a file in the library, with what is cited of it.

    Raises:
        SourceError: The PDF has gone, or has no such page.
        LibraryError: The file cannot be written.
    """
    source, folder = original_of(record, settings), settings.home / "pictures"
    if not 0 <= page < record.pages:
        raise SourceError(record.name, without_page(record.pages, page + 1))
    with open_document(source) as document:
        [shown] = document.pages([page], layout=False, image_width=WIDTH, ocr=False)
        is_changed = document.sha256 != record.sha256
    if shown.outcome is Outcome.FAILED or not shown.image:
        raise SourceError(record.name, f"page {page + 1} cannot be drawn: {shown.detail}")
    boxes = [citation.box for citation in cited if citation.box]
    values = [box for citation in cited for box in _value_boxes(citation, shown.words)]
    png = framed(shown.image, boxes, shown.width, values)
    name = re.sub(r"[^\w.-]+", "_", record.name).strip(".")
    path = folder / f"{name}-p{page + 1}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)
    except OSError as error:
        raise LibraryError(f"{path}: cannot be written ({error.strerror})") from error
    return PagePicture(path, png, is_changed)


def framed(png: bytes, boxes: Sequence[Box], width: float, values: Sequence[Box] = ()) -> bytes:
    """The picture of a page that is `width` points wide: boxes framed, values set off."""
    with Image.open(io.BytesIO(png)) as image:
        picture = image.convert("RGB")
    pen = ImageDraw.Draw(picture)
    zoom = picture.width / width if width else 1.0
    for box in dict.fromkeys([*boxes, *values]):
        corners = [corner * zoom for corner in grown(box, _MARGIN)]
        pen.rectangle(corners, outline=_FRAME, width=_LINE)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _value_boxes(citation: Citation, words: Sequence[Word]) -> list[Box]:
    """Where the cited cell's value stands: in the cited box, on the line of its row's label."""
    if citation.cell is None or citation.box is None:
        return []
    left, top, right, bottom = citation.box
    inside = [
        word
        for word in words
        if left - 1 <= word.box[0] and word.box[2] <= right + 1
        if top - 1 <= word.box[1] and word.box[3] <= bottom + 1
    ]
    label = (citation.cell.row[-1] if citation.cell.row else "").split()
    lines = [word.box for word in inside if label and word.text == label[0]]
    return [
        word.box
        for word in inside
        if word.text == citation.cell.value
        and any(line[1] < (word.box[1] + word.box[3]) / 2 < line[3] for line in lines)
    ]
