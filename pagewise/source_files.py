"""The PDFs that a library was made from: where they are, and pictures of their pages for a model.

A library keeps what was read, not the files; they may have been moved, or changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from loaders.errors import SourceError
from loaders.pages.word import Box
from loaders.reading.document import open_document
from loaders.reading.vision.page_images import WIDTH
from loaders.storing.records import DocumentRecord
from loaders.web_address import is_web_address

_MARGIN = 12.0
"""Points around a chunk: its box may cut off labels at its edge."""
_ZOOM = 3.0
"""Pixels a point: enlarged further, small print is no easier to read."""
_KEPT = 8
"""Pictures in memory: an answer that is written twice is shown the same ones."""


def original_of(record: DocumentRecord, downloads: Path) -> Path:
    """The file that a document was read from.

    Raises:
        SourceError: It is no longer there.
    """
    path = Path(record.source)
    if is_web_address(record.source):
        from loaders.download import folder_of  # brings the network; only for what came from it

        path = next(folder_of(record.source, downloads).glob("*"), downloads)
    if not path.is_file():
        raise SourceError(
            record.name, f"the PDF is no longer at {path}; put it back, or /add it from its place"
        )
    return path


class Originals:
    """Pictures of pages, drawn by the guarded child process from the files as they were indexed."""

    def __init__(self, record_of: Callable[[str], DocumentRecord | None], downloads: Path) -> None:
        self._record_of, self._downloads = record_of, downloads
        self._drawn = lru_cache(_KEPT)(self._draw)

    def picture(self, name: str, page: int, box: Box | None) -> bytes:
        """PNG of a page, or of the part in a box with a margin.

        Raises:
            SourceError: The file has gone, or is no longer the one that was indexed.
            PageError: The page cannot be drawn.
        """
        record = self._record_of(name)
        if record is None:
            raise SourceError(name, "is not in the library")
        return self._drawn(record, page, box)

    def _draw(self, record: DocumentRecord, page: int, box: Box | None) -> bytes:
        with open_document(original_of(record, self._downloads)) as document:
            if document.sha256 != record.sha256:
                raise SourceError(record.name, "has changed since it was indexed; index it again")
            if box is None:
                return document.image(page, width=WIDTH)
            around = (box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN)
            left, top = max(0.0, around[0]), max(0.0, around[1])
            width = max(1, min(WIDTH, round((around[2] - left) * _ZOOM)))
            return document.image(page, width=width, box=(left, top, around[2], around[3]))
