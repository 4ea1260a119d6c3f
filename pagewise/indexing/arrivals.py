"""Documents that can be asked while they are still being read: what is in the library of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from loaders.loader import PageLoader
from loaders.storing.store import Store

FIRST = 24
"""Chunks after which there is something to ask: about eight pages."""
GROWTH = 2
"""What is in grows so much before it is put in again: all that together costs one more writing."""

IN_PART = " (in part)"
"""Stands behind the reader's name as long as not all is in, so that the next run goes on."""


class Arrivals:
    """How many pages, from the first, are in of each document that is on its way, and of how many.

    The library holds it as any other document, only shorter; a run that is killed leaves it so, and
    the next one goes on.
    """

    def __init__(self) -> None:
        self._pages: dict[str, tuple[int, int]] = {}

    def pages(self) -> Mapping[str, tuple[int, int]]:
        """By name."""
        return dict(self._pages)

    def passed_on(
        self, store: Store, loader: PageLoader, chunks: Iterable[Document]
    ) -> Iterator[Document]:
        """Pass a document's chunks on, and put those that are there into the library."""
        try:
            yield from self._put_in(store, loader, chunks)
        except BaseException:
            self.end(loader.name)
            raise

    def _put_in(
        self, store: Store, loader: PageLoader, chunks: Iterable[Document]
    ) -> Iterator[Document]:
        ready: list[Document] = []
        wanted = max(FIRST, GROWTH * len(store.chunks_of(loader.name)))
        for chunk in chunks:
            ready.append(chunk)
            yield chunk
            if len(ready) < wanted:
                continue
            whole = without_part_of_a_table(ready)
            pages = int(whole[-1].metadata["page"]) if whole else 0
            if pages and loader.record:
                reader = f"{loader.record.reader}{IN_PART}"
                store.replace(replace(loader.record, reader=reader), whole)
                self._pages[loader.name] = pages, loader.record.pages
                wanted = GROWTH * len(ready)

    def end(self, name: str) -> None:
        """All of it is in, or as much as will be."""
        self._pages.pop(name, None)


def without_part_of_a_table(chunks: Sequence[Document]) -> Sequence[Document]:
    """Without the last pieces of a table that goes on: its highest value may be still to come."""
    end = len(chunks)
    last = chunks[-1].metadata
    if last.get("piece", 0) + 1 < last.get("pieces", 1):
        end = next(
            place
            for place, chunk in enumerate(chunks)
            if chunk.metadata.get("table_id") == last["table_id"]
        )
    return chunks[:end]
