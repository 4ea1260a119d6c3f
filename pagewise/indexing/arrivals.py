"""Documents while they are being read: embedded ahead, and asked as far as they are in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

from langchain_core.documents import Document

from loaders.errors import PagewiseError
from loaders.loader import PageLoader
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord

Embed = Callable[[Sequence[Document]], None]
AT_ONCE = 16
"""Chunks that are embedded together: few, as who stops waits for no more than these."""
FIRST = 24
"""Chunks after which there is something to ask: about eight pages."""
GROWTH = 2
"""What is in grows so much before it is put in again: all that together costs one more writing."""

IN_PART = re.compile(r" \(in part: (\d+)\)$")
"""Stands behind the reader's name, with how many pages are in, as long as not all are."""


def arriving(documents: Iterable[DocumentRecord]) -> dict[str, tuple[int, int]]:
    """By name: how many pages, from the first, are in, and of how many.

    The library holds it as any other document, only shorter, for every process; a run that is
    killed leaves it so, and the next one goes on.
    """
    likely = (one for one in documents if one.reader.endswith(")"))  # of thousands, few
    found = ((one, IN_PART.search(one.reader)) for one in likely)
    return {one.name: (int(pages[1]), one.pages) for one, pages in found if pages}


def embedded_ahead(
    chunks: Iterable[Document], embed: Embed, at_once: int = AT_ONCE
) -> Iterator[Document]:
    """Pass the chunks on, and hand them to `embed`, some at a time, in a thread beside.

    What is not embedded when they end is left to whoever stores them; so is all after a failure,
    who then tells why. Only references wait in between.
    """
    pool = ThreadPoolExecutor(1, "embedding")
    waiting: list[Document] = []
    has_failed = Event()

    def embed_unless_failed(some: Sequence[Document]) -> None:
        if not has_failed.is_set():
            has_failed.set()
            embed(some)
            has_failed.clear()

    try:
        for chunk in chunks:
            waiting.append(chunk)
            if len(waiting) == at_once:
                pool.submit(embed_unless_failed, waiting)
                waiting = []
            yield chunk
    finally:
        pool.shutdown(cancel_futures=True)


def passed_on(
    store: Store, loader: PageLoader, chunks: Iterable[Document], embed: Embed
) -> Iterator[Document]:
    """Pass a document's chunks on, and put those that are there into the library.

    Where the embedding model fails the rest is not put in before its time: then it is told why.
    """
    ready: list[Document] = []
    wanted = max(FIRST, GROWTH * len(store.chunks_of(loader.name)))
    chunks = iter(chunks)
    for chunk in chunks:
        ready.append(chunk)
        yield chunk
        if len(ready) < wanted:
            continue
        whole = without_part_of_a_table(ready)
        pages = int(whole[-1].metadata["page"]) if whole else 0
        if pages and loader.record:
            reader = f"{loader.record.reader} (in part: {pages})"
            try:
                embed(whole)
            except PagewiseError:
                yield from chunks
                return
            store.replace(replace(loader.record, reader=reader), whole)
            wanted = GROWTH * len(ready)


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
