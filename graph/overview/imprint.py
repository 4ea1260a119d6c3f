"""What the first pages print about the document itself: author, date, version, abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from langchain_core.documents import Document

from graph.evidence.sources import plain
from graph.knowledge import toml_data
from graph.query.document_questions import KIND
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import fold

FIRST_PAGES = 2
ABSTRACT_PAGES = 12
LONGEST_LINE = 100
SENTENCES = 3
SHORTEST_SURNAME = 3
SHORTEST_PARAGRAPH = 80
_NUMERIC_DATE = r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./]\d{1,2}[./]\d{4}"


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document, and the chunk that they stand in."""

    text: str
    chunk: Document


def title_in(chunks: Iterable[Document]) -> Place | None:
    """The title that was read, where it stands."""
    for chunk in chunks:
        if title := str(chunk.metadata.get("title") or "").strip():
            return Place(title, chunk)
        if int(chunk.metadata.get("page", 0)) >= FIRST_PAGES:
            return None
    return None


def line_of(kind: str, chunks: Iterable[Document]) -> Place | None:
    """The first line of the first pages that tells author, date or version, in any language."""
    for line in _lines(chunks):
        folded = fold(line.text)
        if any(pattern.search(folded) for pattern in _imprint(kind)):
            return line
    return None


def byline(author: str, chunks: Iterable[Document]) -> Place | None:
    """The line of the first pages that names who the file says has written it: others may too."""
    surname = fold(author).split(",")[0].split()[-1:]
    if not surname or len(surname[0]) < SHORTEST_SURNAME:
        return None
    name = re.compile(rf"(?<!\w){re.escape(surname[0])}(?!\w)")
    return next((line for line in _lines(chunks) if name.search(fold(line.text))), None)


def opening(chunks: Sequence[Document]) -> Place | None:
    """The first sentences of the abstract, or else of the first paragraph."""
    early = [chunk for chunk in chunks if int(chunk.metadata.get("page", 0)) < ABSTRACT_PAGES]
    prose = [chunk for chunk in early if chunk.metadata.get("kind") == "text"]
    for chunk in [*filter(_is_abstract, prose), *prose]:
        if place := _first_sentences(chunk):
            return place
    return None


def _is_abstract(chunk: Document) -> bool:
    section = fold(str(chunk.metadata.get("section") or "").rpartition(" › ")[2])
    return any(pattern.search(section) for pattern in _imprint("abstract"))


def _first_sentences(chunk: Document) -> Place | None:
    for paragraph in plain(chunk.page_content).split("\n\n"):
        text = paragraph.strip()
        sentences = cut(text)[:SENTENCES]
        if len(text) >= SHORTEST_PARAGRAPH and sentences and sentences[0][-1:] in ".!?。！？":
            end = text.find(sentences[-1]) + len(sentences[-1])
            return Place(text[:end], chunk)
    return None


def _lines(chunks: Iterable[Document]) -> Iterator[Place]:
    for chunk in chunks:
        if int(chunk.metadata.get("page", 0)) >= FIRST_PAGES:
            return
        for line in plain(chunk.page_content).splitlines():
            if 0 < len(line.strip()) <= LONGEST_LINE:
                yield Place(line.strip(), chunk)


@cache
def _imprint(kind: str) -> tuple[re.Pattern[str], ...]:
    """A document may be in another language than the question: the patterns of all of them."""
    found = []
    for language in toml_data.languages(KIND):
        told = toml_data.load(f"{KIND}.{language}")["imprint"]
        written = told["written_date"].replace("{months}", told["months"])
        found.append(re.compile(told[kind].replace("{date}", f"(?:{_NUMERIC_DATE}|{written})")))
    return tuple(found)
