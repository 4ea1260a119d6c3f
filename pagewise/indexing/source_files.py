"""The PDFs that a library was made from: where they are, and pictures of their pages for a model.

A library keeps what was read, not the files; they may have been moved, or changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import SourceError, UsageError
from loaders.pages.geometry import grown
from loaders.pages.word import Box
from loaders.reading.document import OpenDocument, checked_sha256, open_document
from loaders.reading.vision.page_images import WIDTH
from loaders.storing.truth.records import DocumentRecord
from loaders.web_address import is_web_address
from pagewise.settings import Settings

if TYPE_CHECKING:
    from loaders.storing.file_store import FileStore

_MARGIN = 12.0
"""Points around a chunk: its box may cut off labels at its edge."""
_ZOOM = 3.0
"""Pixels a point: enlarged further, small print is no easier to read."""
_KEPT = 8
"""Pictures in memory: an answer that is written twice is shown the same ones."""


def file_store(settings: Settings) -> FileStore | None:
    """Where originals are kept for all machines, if they are."""
    if not settings.files:
        return None
    from loaders.storing.file_store import FileStore

    return FileStore(settings.files, settings.home / "originals")


def require_files(settings: Settings) -> FileStore:
    """The same, where there must be one.

    Raises:
        UsageError: There is none.
    """
    if files := file_store(settings):
        return files
    raise UsageError("set PAGEWISE_FILES to a folder or s3://… that all machines reach")


def original_of(record: DocumentRecord, settings: Settings) -> Path:
    """The file that a document was read from; from PAGEWISE_FILES, if it is not here as it was.

    Raises:
        SourceError: It is no longer there.
    """
    path = _in_place(record, settings.home / "downloads")
    if (files := file_store(settings)) and not (
        path.is_file() and checked_sha256(path) == record.sha256
    ):
        return kept_file(record, files)
    if not path.is_file():
        raise SourceError(
            record.name, f"the PDF is no longer at {path}; put it back, or /add it from its place"
        )
    return path


def open_original(record: DocumentRecord, settings: Settings) -> OpenDocument:
    """The same, opened.

    Raises:
        SourceError: It has gone, or is no longer the one that was indexed.
    """
    document = open_document(original_of(record, settings))
    if document.sha256 != record.sha256:
        document.stop()
        raise SourceError(record.name, "has changed since it was indexed; index it again")
    return document


def kept_file(record: DocumentRecord, files: FileStore) -> Path:
    """A document's file, from where all machines have it.

    Raises:
        SourceError: It was never kept.
    """
    return files.path_of(record.sha256, Path(record.name).suffix)


def forget_original(
    gone: DocumentRecord, others: Sequence[DocumentRecord], settings: Settings
) -> None:
    """Delete what was fetched or kept for a document alone that has left the library."""
    if is_web_address(gone.source) and all(one.source != gone.source for one in others):
        from loaders.download import forget

        forget(gone.source, settings.home / "downloads")
    if (files := file_store(settings)) and all(one.sha256 != gone.sha256 for one in others):
        files.forget(gone.sha256, Path(gone.name).suffix)


def _in_place(record: DocumentRecord, downloads: Path) -> Path:
    path = Path(record.source)
    if is_web_address(record.source):
        from loaders.download import folder_of  # brings the network; only for what came from it

        return next(folder_of(record.source, downloads).glob("*"), downloads)
    return path


class Originals:
    """Pictures of pages, drawn by the guarded child process from the files as they were indexed."""

    def __init__(
        self, record_of: Callable[[str], DocumentRecord | None], settings: Settings
    ) -> None:
        self._record_of, self._settings = record_of, settings
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
        with open_original(record, self._settings) as document:
            if box is None:
                return document.image(page, width=WIDTH)
            left, top, right, bottom = grown(box, _MARGIN)
            left, top = max(0.0, left), max(0.0, top)
            width = max(1, min(WIDTH, round((right - left) * _ZOOM)))
            return document.image(page, width=width, box=(left, top, right, bottom))
