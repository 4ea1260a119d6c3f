"""Documents that are read page by page as they are written, so that one page is held at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.errors import SourceError
from loaders.loader import PageLoader
from loaders.pages.page import Reading
from loaders.reading.document import Picture
from loaders.sources import Source, find_sources
from loaders.web_address import is_web_address
from pagewise import console
from pagewise.indexing.index_report import COMPLETE
from pagewise.models import providers
from pagewise.settings import Settings


class ReadDocument:
    """A document whose pages come once, in order; or, with a `failure`, why it has none."""

    def __init__(
        self,
        name: str,
        loader: PageLoader | None = None,
        readings: Iterator[Reading] | None = None,
        *,
        failure: str = "",
    ) -> None:
        """`name` is the path as it was given."""
        self.name, self.failure = name, failure
        self.is_complete = not failure
        """Whether every page so far was read."""
        self._loader, self._readings = loader, readings or iter(())

    @property
    def sha256(self) -> str:
        """Of the file; nothing if it could not be opened."""
        return self._loader.record.sha256 if self._loader and self._loader.record else ""

    @property
    def warning(self) -> str:
        """What had to be repaired to open the file."""
        return self._loader.warning if self._loader else ""

    def readings(self) -> Iterator[Reading]:
        for reading in self._readings:
            self.is_complete = self.is_complete and reading.outcome in COMPLETE
            yield reading

    def picture(self, page: int, width: int) -> Picture | None:
        """Draw the page that came last; None for text, which has no pages to look at.

        Raises:
            PageError: The page cannot be drawn.
        """
        document = self._loader.document if self._loader else None
        return document.picture(page, width=width) if document else None


def read_sources(
    names: Sequence[str], pages: Sequence[int] | None, settings: Settings
) -> Iterator[ReadDocument]:
    """Open one file after the other; one that cannot be opened does not stop the others.

    Each must be written before the next is asked for.
    """
    missing: list[SourceError] = []
    with TemporaryDirectory() as folder:
        downloads = None if settings.offline else Path(folder)
        sources = find_sources(names, downloads, on_error=missing.append)
        yield from (ReadDocument(error.source, failure=str(error)) for error in missing)
        for source in sources:
            yield _read(source, pages, settings)


def complained(
    documents: Iterable[ReadDocument], seen: list[ReadDocument]
) -> Iterator[ReadDocument]:
    """Complain of what is wrong with each document before it is written, and remember it."""
    for document in documents:
        seen.append(document)
        if document.failure:
            console.complain(document.failure)
        elif document.warning:
            console.complain(f"warning: {document.name}: {document.warning}")
        yield document


def _read(source: Source, pages: Sequence[int] | None, settings: Settings) -> ReadDocument:
    # A file is called what the user called it, a download by its address.
    name = source.origin if is_web_address(source.origin) else str(source.path)
    loader = PageLoader(source.path, providers.load_reader(settings), name=name, pages=pages)
    readings = loader.readings()
    try:
        first = next(readings)  # what cannot be opened says so before its first page
    except SourceError as error:
        return ReadDocument(name, failure=str(error))
    return ReadDocument(name, loader, chain([first], readings))
