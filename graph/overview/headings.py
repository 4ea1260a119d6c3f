"""The contents of a document: the bookmarks of its file, or the headings that were read."""

from __future__ import annotations

from collections.abc import Iterable

from langchain_core.documents import Document

from loaders.storing.truth.records import DocumentRecord, Heading

BETWEEN = " › "
LEAST = 2
"""Bookmarks; a file that has one has it for itself."""


def contents_of(record: DocumentRecord, chunks: Iterable[Document]) -> list[Heading]:
    """The headings in order, each where it first stands."""
    marks = record.properties.contents
    return list(marks) if len(marks) >= LEAST else headings_read(chunks)


def headings_read(chunks: Iterable[Document]) -> list[Heading]:
    """What the chunks stand under; the document's title is no heading of its own."""
    found: dict[tuple[str, ...], Heading] = {}
    for chunk in chunks:
        path = tuple(str(chunk.metadata.get("section") or "").split(BETWEEN))
        title, page = chunk.metadata.get("title"), int(chunk.metadata.get("page", 0))
        for depth in range(1, len(path) + 1):
            text = path[depth - 1].strip()
            if text and text != title:
                found.setdefault(path[:depth], Heading(depth, text, page))
    return list(found.values())


def outermost(headings: list[Heading]) -> list[Heading]:
    """Those of the first level that has several."""
    for level in sorted({heading.level for heading in headings}):
        of_level = [heading for heading in headings if heading.level <= level]
        if len(of_level) >= LEAST:
            return of_level
    return headings
