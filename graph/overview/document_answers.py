"""Answers to questions about a document as a whole, told by code from what the library knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from langchain_core.documents import Document

from graph.answer import Citation, Computed, Kind
from graph.evidence.sources import Source
from graph.knowledge import toml_data
from graph.overview.headings import contents_of, outermost
from graph.overview.imprint import Place, byline, line_of, opening, title_in
from graph.query.document_questions import KIND, DocumentQuestion
from graph.verification.citation_boxes import PageWords, Places, box_of
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord, Heading
from loaders.text.printable import one_line

MOST_HEADINGS = 60
MOST_SECTIONS = 12
MOST_SAYING = 200
"""Chunks among which the documents that are about something are looked for."""
MOST_NAMES = 20
"""Documents that are named; a library may hold thousands."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that needs no writer."""

    text: str
    kind: Kind = "quote"
    citations: tuple[Citation, ...] = ()
    computed: tuple[Computed, ...] = ()
    abstained: bool = False


@dataclass(frozen=True)
class Overview:
    """What the library knows of its documents beside what they say."""

    records: Callable[[], Sequence[DocumentRecord]] = tuple
    chunks_of: Callable[[str], Sequence[Document]] = lambda name: ()
    search: Callable[[str], Sequence[Document]] = lambda query: ()
    """Where words stand, best first."""
    words: PageWords = lambda document, page: ()

    @classmethod
    def of(cls, store: Store) -> Self:

        def search(words: str) -> Sequence[Document]:
            return store.chunks([hit.chunk_id for hit in store.matching(words, MOST_SAYING)])

        return cls(store.documents, store.chunks_of, search, store.ledger.words)

    def names(self) -> list[str]:
        return [record.name for record in self.records()]

    def answer(self, asked: DocumentQuestion) -> Told | None:
        """None if the library does not know: the question goes the ordinary way."""
        records = [one for one in self.records() if one.name in asked.documents]
        if not records:
            return None
        if asked.kind == "library":
            return Told(_library(asked, records), "none")
        if asked.kind == "library_about":
            return self._about(asked)
        if asked.kind == "pages":
            return _pages(asked, records[:MOST_NAMES])
        if len(records) > 1:
            names = _listed([one.name for one in records], say(asked.language, "or"))
            return Told(say(asked.language, "which", names=names), "none", abstained=True)
        return self._of_one(asked, records[0])

    def _of_one(self, asked: DocumentQuestion, record: DocumentRecord) -> Told | None:
        chunks = self.chunks_of(record.name)
        told = _Telling(record, asked.language, self.words)
        if asked.kind == "contents":
            return told.contents(contents_of(record, chunks))
        if asked.kind == "summary":
            return told.summary(chunks, contents_of(record, chunks))
        if asked.kind == "title":
            return told.quoted(title_in(chunks)) or told.title_of_file()
        place = line_of(asked.kind, chunks)
        if asked.kind == "author":
            place = place or byline(record.properties.author, chunks)
        return told.quoted(place) or told.of_file(asked.kind)

    def _about(self, asked: DocumentQuestion) -> Told | None:
        """The documents that say it, each with the passage that does."""
        wanted = asked.about.casefold()
        best: dict[str, Document] = {}
        for chunk in self.search(asked.about):
            if wanted in chunk.page_content.casefold():
                best.setdefault(str(chunk.metadata["source"]), chunk)
        if not best:
            return None
        citations = tuple(
            _citation(number, Place(asked.about, chunk), self.words)
            for number, chunk in enumerate(best.values(), start=1)
        )
        names = ", ".join(f"{name} [{number}]" for number, name in enumerate(best, start=1))
        text = say(asked.language, "library_about", about=asked.about, names=names)
        return Told(text, "quote", citations)


@dataclass
class _Telling:
    """One document's answer as it grows: text and citations."""

    record: DocumentRecord
    language: str
    words: PageWords
    citations: list[Citation] = field(default_factory=list)

    def quoted(self, place: Place | None) -> Told | None:
        return self._told(self._quote(place)) if place else None

    def contents(self, headings: Sequence[Heading]) -> Told | None:
        """A line for each heading, with its page."""
        if not headings:
            return None
        lines = [say(self.language, "contents", document=self.record.name)]
        least = min(heading.level for heading in headings)
        for heading in headings[:MOST_HEADINGS]:
            lines.append(f"{'  ' * (heading.level - least)}- {heading.text} {self._at(heading)}")
        if more := len(headings) - MOST_HEADINGS:
            lines += [say(self.language, "more", count=str(more))] * (more > 0)
        return self._told("\n".join(lines))

    def summary(self, chunks: Sequence[Document], headings: list[Heading]) -> Told | None:
        """Title, first sentences and sections, all of them quoted."""
        title, first = title_in(chunks), opening(chunks)
        if first is None:
            return None
        lines = [self._quote(title)] if title else []
        lines.append(self._quote(first))
        if shown := outermost(headings)[:MOST_SECTIONS]:
            names = ", ".join(f"{heading.text} {self._at(heading)}" for heading in shown)
            lines.append(say(self.language, "sections", names=names))
        return self._told("\n\n".join(lines))

    def title_of_file(self) -> Told | None:
        """The title that the file claims; without one its record has the file's name."""
        stem = self.record.name.rpartition(".")[0]
        if self.record.title in {"", stem, self.record.name}:
            return None
        return self._of_file("title_file", value=self.record.title)

    def of_file(self, kind: str) -> Told | None:
        """What the file's properties say, told as theirs."""
        properties = self.record.properties
        if kind == "author" and properties.author:
            return self._of_file("author_file", value=properties.author)
        if kind != "date" or not properties.created:
            return None
        if properties.modified in {"", properties.created}:
            return self._of_file("created_file", value=properties.created)
        return self._of_file("modified_file", created=properties.created, value=properties.modified)

    def _of_file(self, reply: str, **values: str) -> Told:
        return self._told(say(self.language, reply, document=self.record.name, **values))

    def _told(self, text: str) -> Told:
        return Told(text, "quote", tuple(self.citations))

    def _quote(self, place: Place) -> str:
        self.citations.append(_citation(len(self.citations) + 1, place, self.words))
        return f"{place.text} [{len(self.citations)}]"

    def _at(self, heading: Heading) -> str:
        """Its page in words, and a marker."""
        number, labels = len(self.citations) + 1, self.record.properties.labels
        label = labels[heading.page] if heading.page < len(labels) else ""
        self.citations.append(
            Citation(
                marker=number,
                document=self.record.name,
                page=heading.page + 1,
                label=label,
                kind="text",
                quote=heading.text,
                box=box_of(heading.text, self.words(self.record.name, heading.page)),
            )
        )
        page = say(self.language, "page", page=str(heading.page + 1))
        return f"({page}) [{number}]"


def say(language: str, reply: str, **values: str) -> str:
    """A reply of `knowledge/documents.*.toml`; a value's own braces stay as they are."""
    template: str = toml_data.load(f"{KIND}.{language}")["replies"][reply]
    return template.format(**{key: one_line(value) for key, value in values.items()})


def _library(asked: DocumentQuestion, records: Sequence[DocumentRecord]) -> str:
    names = ", ".join(record.name for record in records[:MOST_NAMES])
    if more := max(0, len(records) - MOST_NAMES):
        names += " " + say(asked.language, "more", count=str(more))
    reply = "library_one" if len(records) == 1 else "library"
    return say(asked.language, reply, count=str(len(records)), names=names)


def _pages(asked: DocumentQuestion, records: Sequence[DocumentRecord]) -> Told:
    lines = [
        say(
            asked.language,
            "pages_one" if record.pages == 1 else "pages",
            document=record.name,
            count=str(record.pages),
        )
        for record in records
    ]
    computed = tuple(
        Computed(expression=f"pages({record.name})", result=str(record.pages)) for record in records
    )
    return Told("\n".join(lines), "computed", computed=computed)


def _citation(number: int, place: Place, words: PageWords) -> Citation:
    source = Source(number, place.chunk, 0.0)
    citation = Citation(
        marker=number,
        document=source.document,
        page=source.page + 1,
        label=source.label_of(source.page),
        kind=source.kind,
        quote=place.text,
        box=source.box,
    )
    return Places(words).placed(citation, source)


def _listed(names: Sequence[str], last: str) -> str:
    shown = list(names[:MOST_NAMES])
    return ", ".join(shown[:-1]) + last + shown[-1] if len(shown) > 1 else "".join(shown)
