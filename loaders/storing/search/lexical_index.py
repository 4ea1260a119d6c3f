"""The lexical index: which chunks hold which terms. The only door to tantivy."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

import tantivy
from langchain_core.documents import Document

from loaders.errors import LibraryError
from loaders.storing.search.forward_index import AT_ONCE, Lines, lines_of
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.records import Hit
from loaders.text.analyzer import LONGEST, content_pieces, halve, stem, terms_of
from loaders.text.tokenizer import fold

HEAP = 64_000_000
LAST_PAGE = 2**40
FEW = 10_000
"""Chunks that hold a term; they are looked at in a tenth of a millisecond."""
SHORTEST_WHOLE = 6
"""A compound has more letters, even where one stands for two, as in German."""


class Entry(NamedTuple):
    """A chunk as the lexical index takes it."""

    chunk_id: str
    document: str
    kind: str
    pages: Sequence[int]
    lines: Lines
    """The pieces of each line of the searched text."""


def entry_of(chunk: Document, lines: Lines) -> Entry:
    """A chunk of the library with the pieces of its lines."""
    metadata = chunk.metadata
    return Entry(
        chunk_id=metadata["chunk_id"],
        document=metadata["source"],
        kind=metadata.get("kind", "text"),
        pages=metadata.get("pages") or [metadata.get("page", 0)],
        lines=lines,
    )


def entries_of(
    chunks: Iterable[Document],
    searched_text: Callable[[Document], str],
    known: Mapping[str, Lines] = {},
) -> Iterator[Entry]:
    """The chunks by their searched texts; of some the lines are `known` already, by their ids."""
    for chunk in chunks:
        lines = known.get(chunk.metadata["chunk_id"])
        yield entry_of(chunk, lines or lines_of(chunk, searched_text(chunk)))


def _schema() -> Any:
    schema = tantivy.SchemaBuilder()
    for name in ("chunk_id", "document", "kind"):
        schema.add_text_field(
            name, stored=name == "chunk_id", tokenizer_name="raw", index_option="basic"
        )
    schema.add_unsigned_field("page", indexed=True, fast=True)
    # The terms come ready from `analysis`; blanks only keep them apart.
    schema.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return schema.build()


class Lexical:
    """BM25 over the terms of the searched texts."""

    def __init__(self, folder: Path, index: Any = None) -> None:
        """To be written in the folder, unless an `index` is given."""
        self._folder, self._schema = folder, _schema()
        if index is None:
            with self._translated():
                folder.mkdir(parents=True, exist_ok=True)
                index = self._opened()
        self._index = index

    @classmethod
    def to_read(cls, folder: Path) -> Self | None:
        """What stands in the folder, without writing there; None if that cannot be."""
        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")  # of now: it does not follow a writer
        except (ValueError, OSError):
            return None
        return cls(folder, index)

    @classmethod
    def in_memory(cls, entries: Iterable[Entry]) -> Self:
        """An index of its own, for who cannot read the one that is kept, or not in step."""
        made = cls(Path(), tantivy.Index(_schema()))
        made.fill(entries)
        return made

    def _opened(self) -> Any:
        """A damaged index is thrown away: the counts will not agree, and it is built again."""
        try:
            return tantivy.Index(self._schema, path=str(self._folder), reuse=True)
        except ValueError:
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            return tantivy.Index(self._schema, path=str(self._folder), reuse=True)

    def refresh(self) -> None:
        with self._translated():
            self._index.reload()

    def reopen(self) -> None:
        """Before writing after another process: the list of files to tidy is read only here."""
        with self._translated():
            self._index = self._opened()

    def change(self, *, gone: Iterable[str] = (), new: Iterable[Entry] = ()) -> None:
        """Take chunks out and put chunks in, in one commit."""
        self._write(gone, new, everything=False)

    def fill(self, entries: Iterable[Entry]) -> None:
        """Throw everything away and build it again."""
        self._write((), entries, everything=True)

    def _write(self, gone: Iterable[str], new: Iterable[Entry], *, everything: bool) -> None:
        with self._translated():
            writer = self._index.writer(heap_size=HEAP, num_threads=1)
            try:
                if everything:
                    writer.delete_all_documents()
                for chunk_id in gone:
                    writer.delete_documents_by_term("chunk_id", chunk_id)
                for document in _analysed(new):
                    writer.add_document(document)
                writer.commit()
                writer.wait_merging_threads()
            finally:
                del writer  # else the traceback of a failure would hold its lock
            self._index.reload()

    def matching(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[Hit]:
        """The chunks that hold the query's terms, best first.

        A term that more than half of all chunks hold hardly tells one from another, and among many
        it is most of the work: there it counts only if too few chunks hold any other.
        """
        with self._translated():
            searcher = self._index.searcher()
            held = [
                (term, searcher.doc_freq("terms", term)) for term in self._terms(query, searcher)
            ]
            known = [term for term, count in held if count]
            most = max(searcher.num_docs // 2, FEW)
            telling = [term for term, count in held if 0 < count <= most]
            hits = self._hits(telling, k, filters, searcher)
            if len(hits) < k and telling != known:
                hits = self._hits(known, k, filters, searcher)
            return [Hit(searcher.doc(address)["chunk_id"][0], score) for score, address in hits]

    def _terms(self, query: str, searcher: Any) -> list[str]:
        """Those of each piece, once; what two pieces share counts twice."""
        pieces = content_pieces(query)
        found = ([*terms_of(piece), *self._halves(piece, searcher)] for piece in pieces)
        return [term for terms in found for term in dict.fromkeys(terms)]

    def _hits(self, terms: Sequence[str], k: int, filters: Filters, searcher: Any) -> Any:
        """Addresses with their scores; one flat union, which tantivy is quickest at."""
        if not terms or k < 1:
            return []
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        holding = (tantivy.Query.term_query(self._schema, "terms", one, "freq") for one in terms)
        wanted = tantivy.Query.boolean_query([(should, query) for query in holding])
        conditions = [(must, condition) for condition in self._conditions(filters)]
        if conditions:
            wanted = tantivy.Query.boolean_query([(must, wanted), *conditions])
        return searcher.search(wanted, k, count=False).hits

    def _halves(self, piece: str, searcher: Any) -> tuple[str, ...]:
        """A compound in the question finds its halves in the index."""
        word = fold(piece)
        cuts = {stem(word[start:end]) for start, end in _halvings(word)}
        known = frozenset(cut for cut in cuts if searcher.doc_freq("terms", cut))
        return halve(word, known) or ()

    def _conditions(self, filters: Filters) -> Iterator[Any]:
        for field, values in (("document", filters.documents), ("kind", filters.kinds)):
            if values:
                yield tantivy.Query.term_set_query(self._schema, field, list(values))
        if filters.first_page is not None or filters.last_page is not None:
            yield tantivy.Query.range_query(
                self._schema,
                "page",
                tantivy.FieldType.Unsigned,
                filters.first_page or 0,
                LAST_PAGE if filters.last_page is None else filters.last_page,
            )

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each term tells: the logarithm of how few chunks hold it; 0 if none does."""
        with self._translated():
            searcher = self._index.searcher()
            total = int(searcher.num_docs)
            held = {term: int(searcher.doc_freq("terms", term)) for term in terms}
        return {
            term: math.log(1 + (total - count + 0.5) / (count + 0.5)) if count else 0.0
            for term, count in held.items()
        }

    def ids_of(self, document: str) -> list[str]:
        with self._translated():
            searcher = self._index.searcher()
            query = tantivy.Query.term_query(self._schema, "document", document, "basic")
            most = max(1, searcher.doc_freq("document", document))  # room is made for so many
            hits = searcher.search(query, most, count=False).hits
            return [searcher.doc(address)["chunk_id"][0] for _, address in hits]

    def count(self) -> int:
        with self._translated():
            return int(self._index.searcher().num_docs)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:
            raise LibraryError(
                f"{self._folder}: the word index cannot be used ({error}); check the disk's space "
                "and permissions and run it again (it is built again from what is stored)"
            ) from error


def _halvings(word: str) -> Iterator[tuple[int, int]]:
    if not word.isalpha() or not 8 <= len(word) <= LONGEST:
        return
    for cut in range(3, len(word) - 2):
        yield 0, cut
        yield cut, len(word)


def _analysed(entries: Iterable[Entry]) -> Iterator[Any]:
    """Ready for tantivy; compounds are split by the vocabulary of their own document so far.

    So far: a document of 80 pages is looked at as a whole, the pieces of a longer one in parts.
    """
    for _, of_a_document in groupby(entries, attrgetter("document")):
        vocabulary: set[str] = set()
        while batch := list(islice(of_a_document, AT_ONCE)):
            yield from _ready(batch, vocabulary)


def _ready(entries: Sequence[Entry], vocabulary: set[str]) -> Iterator[Any]:
    pieces = {piece for entry in entries for line in entry.lines for piece in line}
    halves = _halves_of(pieces, vocabulary)
    for entry in entries:
        words = list(chain.from_iterable(entry.lines))
        terms = [*map(_spelt, words), *(halves[word] for word in words if word in halves)]
        document = tantivy.Document()
        document.add_text("chunk_id", entry.chunk_id)
        document.add_text("document", entry.document)
        document.add_text("kind", entry.kind)
        for page in entry.pages:
            document.add_unsigned("page", page)
        document.add_text("terms", " ".join(terms))
        yield document


@lru_cache(maxsize=30_000)
def _spelt(piece: str) -> str:
    return " ".join(terms_of(piece))


def _halves_of(pieces: Iterable[str], vocabulary: set[str]) -> dict[str, str]:
    """The halves of those words that are made of two others; the vocabulary learns them all."""
    words = [piece for piece in pieces if piece.isalpha()]
    vocabulary.update(terms[0] for terms in map(terms_of, words) if terms)
    found = ((word, halve(fold(word), vocabulary)) for word in words if len(word) > SHORTEST_WHOLE)
    return {word: " ".join(halves) for word, halves in found if halves}
