"""The library: documents and chunks in a database, and two indexes kept in step with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from loaders.errors import DamagedIndexError, LibraryError, NameTakenError
from loaders.storing.damage import damage_of
from loaders.storing.databases.database import Database
from loaders.storing.databases.lock import WAIT
from loaders.storing.opening import opened
from loaders.storing.search.forward_index import Lines, Profiles, packed_anew, packed_in_parts
from loaders.storing.truth.batch_jobs import BatchJobs
from loaders.storing.truth.catalog import Catalog, StoredChunk, text_hash
from loaders.storing.truth.embedding_cache import Charge, VectorCache
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.ledger import Ledger
from loaders.storing.truth.records import DocumentRecord, Hit, shown_text
from loaders.storing.upgrades import bring_up_to_date, is_up_to_date, profiles_of

if TYPE_CHECKING:
    from loaders.storing.indexes import Indexes
    from loaders.storing.search.lexical_index import Lexical

Write = Callable[[], None]
Rows = Sequence[StoredChunk]
Progress = Callable[[int, int], None]
"""Called with how many texts are embedded, and how many there are to embed."""


class Store:
    """A library in a folder: of one process, or of all on this machine that share its server.

    SQLite is the truth, or Postgres: then the folder holds only what can be made again from it. A
    document is replaced there in one transaction, which also marks it as unsynced; then the indexes
    follow, then the mark is taken away. Whoever opens a library with a mark, or with counts that
    disagree, brings the indexes up to date first, without a model.

    An embedded Chroma bears one process, which holds the lock as long as the library is open.
    With a server the lock is taken to write, after texts are embedded; who reads needs none.
    With Postgres too there may be any number of machines, each with words in its own folder.
    """

    def __init__(
        self,
        home: Path,
        embeddings: Embeddings,
        embedding_name: str,
        searched_text: Callable[[Document], str] = shown_text,
        *,
        chroma_url: str = "",
        database_url: str = "",
        holder: str = "",
    ) -> None:
        """`holder` says what is done with the library, for other processes that want it."""
        self._home, self._chroma_url = home, chroma_url
        self._model, self._searched_text = embedding_name, searched_text
        self._thread_turn = threading.RLock()
        self._is_in_step, self._has_all_words, self._seen_version = False, False, 0
        self._opened = opened(home, holder, chroma_url, database_url)
        self._database, self._lock, _ = self._opened
        self._read_from(self._database, embeddings)

    def _read_from(self, database: Database, embeddings: Embeddings) -> None:
        self.catalog = Catalog(database)
        """The rows as they are, for who looks names up."""
        self._cache = VectorCache(database, embeddings, self._model)
        self.ledger = Ledger(database)
        """What became of each page."""
        self.batches = BatchJobs(database, self._home / "batches")
        """What is being read elsewhere meanwhile."""

    @cached_property
    def _indexes(self) -> Indexes:
        """Opened when first needed: importing Chroma alone takes half a second."""
        from loaders.storing.indexes import Indexes  # noqa: PLC0415

        return Indexes(
            self._home,
            self.catalog,
            self._cache,
            self._searched_text,
            self._chroma_url,
            self._collection_name(),
            self._opened.replica,
        )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Nobody else writes meanwhile; whatever breaks off is looked for at the next use."""
        with self._thread_turn:
            try:
                takes_turns = self._chroma_url or self._opened.replica
                with self._lock.held(WAIT) if takes_turns else nullcontext():
                    yield
            except BaseException:
                self._is_in_step = self._has_all_words = False
                raise

    def _to_write(self) -> Indexes:
        """The indexes, brought up to date; to be called within a turn."""
        if self._chroma_url or not self._is_in_step:
            self._indexes.reopen()
            # To count takes longer the more there is: once, not before each document.
            self._indexes.repair(counting=not self._is_in_step)
            bring_up_to_date(self.catalog, self._indexes, self._searched_text)
            self._is_in_step = True
        return self._indexes

    def _to_read(self) -> Indexes:
        """The indexes, with what other processes have written."""
        if not self._is_in_step:
            with self._turn():
                self._to_write()
        if self._chroma_url:
            self._catch_up()
        return self._indexes

    def _words_to_read(self) -> Lexical:
        """The words alone, if nothing is to be brought up to date: then Chroma stays closed."""
        if not (self._chroma_url or self._is_in_step or self._has_all_words):
            self._has_all_words = is_up_to_date(self._database) and self._indexes.have_all_words()
        return self._indexes.lexical if self._has_all_words else self._to_read().lexical

    def _catch_up(self) -> None:
        """See what others have written; finish it, if who wrote was killed before the indexes."""
        if self._opened.replica and not self._opened.replica.is_time():
            return
        version = self._database.version()
        if version == self._seen_version:
            return
        are_seen = self._indexes.see_others()
        if not self.catalog.unsynced():
            self._seen_version = version if are_seen else 0
        elif self._lock.is_free() and self.catalog.unsynced():  # else it has just been finished
            with self._turn():
                self._to_write()

    def _collection_name(self) -> str:
        """On a server that several libraries share, each has its own collection."""
        if not self._chroma_url:
            return "pagewise"
        if not self._database.meta("library"):
            self._database.set_meta("library", uuid4().hex)
        return f"pagewise-{self._database.meta('library')}"

    def require_server(self) -> None:
        """Find out before the work, not after it, that the Chroma server does not answer."""
        if self._chroma_url:
            self.check()

    def require_model(self) -> None:
        """Refuse to go on with an embedding model that the library was not built with."""
        self._cache.require_model()

    def documents(self) -> list[DocumentRecord]:
        return self.catalog.documents()

    def document(self, name: str) -> DocumentRecord | None:
        return self.catalog.document(name)

    def embed(self, chunks: Sequence[Document], charge: Charge | None = None) -> None:
        """Make the vectors of chunks before their document is whole; `replace` finds them."""
        texts = {text_hash(text): text for text in map(self._searched_text, chunks)}
        self._cache.embed(texts, charge=charge)

    def replace(
        self,
        document: DocumentRecord,
        chunks: Sequence[Document],
        progress: Progress | None = None,
        charge: Charge | None = None,
    ) -> None:
        """Put a document into the library, whole, in the place of what had its name.

        What `charge` raises ends it; the vectors that were paid for by then are kept.

        Raises:
            NameTakenError: Meanwhile another process has given its name to another file.
        """
        self.require_model()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        stamped = replace(document, indexed_at=document.indexed_at or now, chunks=len(chunks))
        texts = [self._searched_text(chunk) for chunk in chunks]
        rows = [StoredChunk.of(chunk, text) for chunk, text in zip(chunks, texts, strict=True)]
        if len({row.chunk_id for row in rows}) < len(rows):
            raise ValueError(f"{document.name}: two chunks have the same chunk_id")
        wanted = {row.text_hash: text for row, text in zip(rows, texts, strict=True)}
        if not self._is_as_stored(document.name, rows):
            self._cache.embed(wanted, progress, charge)
        with self._turn():
            self.require_model()  # another process may have embedded all again
            earlier = self.document(document.name)
            if earlier and earlier.source and document.source not in {"", earlier.source}:
                raise NameTakenError(f"{document.name}: the name of {earlier.source}; take another")
            if self._is_as_stored(document.name, rows):
                self.catalog.describe(stamped)
                self._tidy((), earlier)
                return
            self._cache.embed(wanted, charge=charge)  # what another process has just forgotten
            lines: dict[str, Lines] = {}
            profiles = [*packed_in_parts(chunks, texts, lines)]
            del texts, wanted  # of a long document they are much
            write = partial(self.catalog.replace, stamped, rows, profiles)
            self._change(stamped.name, write, rows, lines)

    def _change(
        self, name: str, write: Write, now: Rows = (), lines: Mapping[str, Lines] | None = None
    ) -> None:
        """In the catalog, then in both indexes; what they hold of a damaged document is unknown."""
        indexes, earlier = self._to_write(), self.document(name)
        is_damaged = bool(earlier and self.damage(earlier))
        if is_damaged:
            self.catalog.drop_damaged()
        before = self.catalog.chunks_of(name)
        write()
        if is_damaged:
            indexes.restore(name)
        else:
            indexes.follow(name, before, now, lines or {})
        self._tidy(before, earlier)

    def damage(self, document: DocumentRecord) -> str:
        """What of a document cannot be read back as it was stored; nothing as a rule."""
        return damage_of(document, self.catalog, self._cache, self.ledger)

    def _is_as_stored(self, name: str, rows: Sequence[StoredChunk]) -> bool:
        return (
            name not in self.catalog.unsynced()
            and self.catalog.chunks_of(name) == rows
            and not self._cache.lacks([row.text_hash for row in rows])
        )

    def remove(self, name: str) -> None:
        """Take a document out, with its chunks, pages and readings; or only another name of it.

        Raises:
            LibraryError: There is none with this name.
        """
        if name in self.catalog.names():
            self.catalog.forget_name(name)
        elif self.document(name) is None:
            names = ", ".join(document.name for document in self.documents()) or "none"
            raise LibraryError(f"{name}: no such document in the library; it has: {names}")
        else:
            with self._turn():
                self._change(name, lambda: self.catalog.remove(name))

    def _tidy(self, before: Sequence[StoredChunk], earlier: DocumentRecord | None) -> None:
        """Drop what only the earlier state of a document needed."""
        self._cache.forget([chunk.text_hash for chunk in before])
        if earlier and not self.catalog.of_content(earlier.sha256):
            self.ledger.forget(earlier.sha256)

    def chunks(self, ids: Sequence[str]) -> list[Document]:
        """In the order asked for; ids that are gone are left out."""
        return [chunk.document() for chunk in self.catalog.chunks(ids)]

    def profiles(self, ids: Sequence[str]) -> Profiles:
        """What these chunks hold, for ranking; ids that are gone are left out."""
        self._words_to_read()
        return profiles_of(self.catalog, ids, self._searched_text)

    def chunks_of(self, name: str) -> list[Document]:
        """A document's chunks, in reading order."""
        return [chunk.document() for chunk in self.catalog.chunks_of(name)]

    def whole_table(self, chunk: Document) -> list[Document]:
        """All pieces of the table that the chunk is a piece of, in order."""
        table_id = chunk.metadata.get("table_id")
        if not table_id:
            return [chunk]
        return [one.document() for one in self.catalog.pieces(chunk.metadata["source"], table_id)]

    def nearest(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[Hit]:
        """The chunks nearest in meaning, with their cosine."""
        self.require_model()
        if not query.strip() or k < 1:
            return []
        if filters.documents or not self._chroma_url:
            self._words_to_read()  # what a killed run left undone is done first
            looked_at = self._cache.nearest(query, k, filters)
            if looked_at is not None:
                return looked_at
        return self._nearest(query, k, filters)

    def _nearest(self, query: str, k: int, filters: Filters) -> list[Hit]:
        indexes, vector = self._to_read(), self._cache.query(query)
        try:
            hits = indexes.vectors.nearest(vector, k, filters)
        except DamagedIndexError:
            with self._turn():
                indexes.remake()
            hits = indexes.vectors.nearest(vector, k, filters)
        if hits is None:  # another process makes the index anew: wait until it has
            self._is_in_step = False
            hits = self._to_read().vectors.nearest(vector, k, filters)
            self.require_model()  # it may have been for another model
        if hits is None:
            raise LibraryError(f"{self._home}: its index is being made anew; ask again")
        return hits

    def matching(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[Hit]:
        """The chunks that share rare words with the query, with their BM25."""
        return self._words_to_read().matching(query, k, filters)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each term of `analysis` tells in this library; 0 if nothing holds it."""
        return self._words_to_read().rarity(terms)

    def reindex(self, progress: Progress | None = None) -> None:
        """Embed everything again with the model of the settings, without reading again."""
        with self._turn():
            self._embed_again(progress)
            self._rebuild()
            self._is_in_step = True
            self._cache.forget_other_models()

    def _rebuild(self) -> None:
        try:
            self._indexes.reopen()
            self._indexes.rebuild()
        except DamagedIndexError:
            self._indexes.remake()

    def _embed_again(self, progress: Progress | None) -> None:
        """From the first moment the library is of the new model, and no index is trusted."""
        with self._database.transaction():
            self._database.set_meta("embedding_model", self._model)
            self._database.set_meta("embedding_dimension", "")
            self.catalog.mark_all_unsynced()
            for batch in self.catalog.in_batches(1000):
                self.catalog.rewrite(self._rewritten(batch))
        for chunk, text in self._texts(next(self.catalog.in_batches(1), ())):
            self._cache.begin(chunk.text_hash, text)
        for batch in self.catalog.in_batches(10_000):
            self._cache.embed(
                {chunk.text_hash: text for chunk, text in self._texts(batch)}, progress
            )

    def _rewritten(self, rows: Sequence[StoredChunk]) -> Iterator[tuple[StoredChunk, bytes]]:
        chunks = [row.document() for row in rows]
        now = [StoredChunk.of(chunk, self._searched_text(chunk)) for chunk in chunks]
        return zip(now, packed_anew(chunks, self._searched_text), strict=True)

    def _texts(self, chunks: Sequence[StoredChunk]) -> Iterator[tuple[StoredChunk, str]]:
        return ((chunk, self._searched_text(chunk.document())) for chunk in chunks)

    def mend(self) -> None:
        """Take out what cannot be read; `damage` goes on telling of what it was a part."""
        with self._turn():
            self.catalog.drop_damaged()
        self.check()

    def check(self) -> None:
        """Bring the indexes up to date if a mark or a count says that they are not."""
        with self._turn():
            self._is_in_step = self._has_all_words = False
            self._to_write()

    def counts(self) -> tuple[int, int, int]:
        """Chunks in SQLite, in the vector index, in the lexical index; equal unless interrupted."""
        with self._turn():
            indexes = self._to_write()
            return self.catalog.count(), indexes.vectors.count(), indexes.lexical.count()

    def lag(self) -> tuple[int, float] | None:
        """How many changes the words of this machine are behind, and seconds; None if never."""
        return self._opened.replica.lag() if self._opened.replica else None

    def close(self) -> None:
        """Give the library back; harmless when it is closed."""
        indexes = self.__dict__.pop("_indexes", None)  # if it was ever needed
        try:
            if indexes:
                indexes.close()
            self._lock.release()
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
