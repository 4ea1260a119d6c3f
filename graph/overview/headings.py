"""The contents of a document: the bookmarks of its file, or the headings that were read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from langchain_core.documents import Document

from loaders.chunking.sections import Sections
from loaders.storing.truth.records import DocumentRecord, Heading

BETWEEN = " › "
_HEADING = re.compile(r"^(?P<level>#{1,6}) (?P<text>.*\S)", re.MULTILINE)
LEAST = 2
"""Bookmarks; a file that has one has it for itself."""


def contents_of(record: DocumentRecord, chunks: Iterable[Document]) -> list[Heading]:
    """The headings in order, each where it first stands."""
    marks = record.properties.contents
    return list(marks) if len(marks) >= LEAST else headings_read(chunks)


def headings_read(chunks: Iterable[Document]) -> list[Heading]:
    """What the chunks stand under and say; the document's title is no heading of its own."""
    found: dict[tuple[str, ...], Heading] = {}
    sections = Sections()
    for chunk in chunks:
        title, page = chunk.metadata.get("title"), int(chunk.metadata.get("page", 0))
        for path in _paths_of(chunk, sections):
            for depth in range(1, len(path) + 1):
                text = path[depth - 1].strip()
                if text and text != title:
                    found.setdefault(path[:depth], Heading(depth, text, page))
    return list(found.values())


def _paths_of(chunk: Document, sections: Sections) -> Iterator[tuple[str, ...]]:
    """That of its first section, and of those that begin in it."""
    yield tuple(str(chunk.metadata.get("section") or "").split(BETWEEN))
    end = -1
    for match in _HEADING.finditer(chunk.page_content):
        is_next = not chunk.page_content[end : match.start()].strip() if end >= 0 else False
        sections.enter(len(match["level"]), match["text"].strip(), directly=is_next)
        end = match.end()
        yield tuple(sections.path.split(BETWEEN))


def outermost(headings: list[Heading]) -> list[Heading]:
    """Those of the first level that has several."""
    for level in sorted({heading.level for heading in headings}):
        of_level = [heading for heading in headings if heading.level <= level]
        if len(of_level) >= LEAST:
            return of_level
    return headings
