"""Documents that can be asked while they are still being read: what is in the library of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from loaders.errors import PagewiseError
from loaders.loader import PageLoader
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.embedding_ahead import Embed

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
