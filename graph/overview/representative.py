"""Chunks that stand for a whole document, within a budget: of each section its beginning first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from langchain_core.documents import Document

MOST_CHARACTERS = 48_000
MOST_CHUNKS = 48


def representative(chunks: Sequence[Document]) -> list[Document]:
    """In reading order; all of a short document."""
    sections: dict[str, list[Document]] = {}
    for chunk in chunks:
        sections.setdefault(str(chunk.metadata.get("section") or ""), []).append(chunk)
    rounds = chain.from_iterable(zip_longest(*sections.values()))
    kept: set[str] = set()
    room = MOST_CHARACTERS
    for chunk in (one for one in rounds if one is not None):
        room -= len(chunk.page_content)
        if (room < 0 and kept) or len(kept) == MOST_CHUNKS:
            break
        kept.add(str(chunk.metadata["chunk_id"]))
    return [chunk for chunk in chunks if str(chunk.metadata["chunk_id"]) in kept]
