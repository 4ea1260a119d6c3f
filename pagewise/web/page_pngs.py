"""Pictures of pages as PNG: drawn by the server from the file that was read, never by the browser.

The browser then shows what was audited, and parses no PDF that somebody has sent.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import NamedTuple

from loaders.reading.document import OpenDocument
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.source_files import open_original
from pagewise.library import Library

WIDTH = 1400
"""Pixels: small print can be read at twice the size that it has on the screen."""
_KEPT = 48
_OPENED = 2
"""Documents; two are compared at a time."""
_FOR_SIZE = 64


class PagePng(NamedTuple):
    """A page as it is shown; its size is in points, as boxes are."""

    png: bytes
    width: float
    height: float


class PagePngs:
    """Draws one page at a time; keeps what was drawn last, and the files that were looked at last.

    A page and its picture cost one drawing, and the next page no new start of a reading process.
    """

    def __init__(self, library: Library) -> None:
        self._settings = library.settings
        self._opened: OrderedDict[DocumentRecord, OpenDocument] = OrderedDict()
        self._turn = threading.Lock()
        self._drawn = lru_cache(_KEPT)(self._draw)

    def page(self, record: DocumentRecord, page: int) -> PagePng:
        """The picture of a page, counted from 0.

        Raises:
            SourceError: The file has gone, or is no longer the one that was indexed.
            PageError: The page cannot be drawn.
        """
        with self._turn:
            return self._drawn(record, page)

    def close(self) -> None:
        with self._turn:
            while self._opened:
                self._opened.popitem()[1].stop()

    def _draw(self, record: DocumentRecord, page: int) -> PagePng:
        document = self._open(record)
        size = document.picture(page, width=_FOR_SIZE)
        return PagePng(document.image(page, width=WIDTH), size.width, size.height)

    def _open(self, record: DocumentRecord) -> OpenDocument:
        if record not in self._opened:
            self._opened[record] = open_original(record, self._settings)
        self._opened.move_to_end(record)
        if len(self._opened) > _OPENED:
            self._opened.popitem(last=False)[1].stop()
        return self._opened[record]
