"""Pictures of pages as PNG: drawn by the server from the file that was read, never by the browser.

The browser then shows what was audited, and parses no PDF that somebody has sent.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from loaders.errors import SourceError
from loaders.reading.document import open_document
from pagewise.source_files import original_of

if TYPE_CHECKING:
    from loaders.storing.records import DocumentRecord
    from pagewise.library import Library

WIDTH = 1400
"""Pixels: small print can be read at twice the size that it has on the screen."""
_KEPT = 48
_FOR_SIZE = 64


class PagePng(NamedTuple):
    """A page as it is shown; its size is in points, as boxes are."""

    png: bytes
    width: float
    height: float


class PagePngs:
    """The pictures that were drawn last, so that a page and its picture cost one drawing."""

    def __init__(self, library: Library) -> None:
        self._downloads = library.settings.home / "downloads"
        self._drawn = lru_cache(_KEPT)(self._draw)

    def page(self, record: DocumentRecord, page: int) -> PagePng:
        """The picture of a page, counted from 0.

        Raises:
            SourceError: The file has gone, or is no longer the one that was indexed.
            PageError: The page cannot be drawn.
        """
        return self._drawn(record, page)

    def _draw(self, record: DocumentRecord, page: int) -> PagePng:
        with open_document(original_of(record, self._downloads)) as document:
            if document.sha256 != record.sha256:
                raise SourceError(record.name, "has changed since it was indexed; index it again")
            size = document.picture(page, width=_FOR_SIZE)
            return PagePng(document.image(page, width=WIDTH), size.width, size.height)
