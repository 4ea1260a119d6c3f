"""The two indexes, derived from the catalog and kept in step with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from loaders.errors import DamagedIndexError, LibraryError
from loaders.storing.search.forward_index import Lines
from loaders.storing.search.lexical_index import Entry, Lexical, entries_of
from loaders.storing.search.word_replica import WordReplica
from loaders.storing.truth.catalog import Catalog, StoredChunk
from loaders.storing.truth.document_vectors import Vector
from loaders.storing.truth.embedding_cache import VectorCache

if TYPE_CHECKING:
    from loaders.storing.search.vector_index import Vectors

BATCH = 500
"""Chunks that are unpacked at once."""


class Indexes:
    """Vectors in Chroma and words in tantivy; both can be made again from the catalog."""

    def __init__(
        self,
        home: Path,
        catalog: Catalog,
        cache: VectorCache,
        searched_text: Callable[[Document], str],
        chroma_url: str = "",
        collection: str = "pagewise",
        replica: WordReplica | None = None,
    ) -> None:
        """With a `replica` the words are one machine's of several."""
        self._catalog, self._cache, self._searched_text = catalog, cache, searched_text
        self._at = home / "chroma", collection, chroma_url
        self.lexical, self._replica = Lexical(home / "words"), replica

    @cached_property
    def vectors(self) -> Vectors:
        """Opened when first needed: importing Chroma alone takes half a second."""
        from loaders.storing.search.vector_index import Vectors  # noqa: PLC0415

        return Vectors(*self._at)

    def close(self) -> None:
        """Give the vectors' folder or server back, if they were ever needed."""
        if self._replica:
            self._replica.close()
        if vectors := self.__dict__.pop("vectors", None):
            vectors.close()

    def have_all_words(self) -> bool:
        """Whether words can be searched as they are, whatever became of the vectors."""
        is_current = self._replica is None or self._replica.is_current()
        is_synced = is_current and not self._catalog.unsynced()
        return is_synced and self.lexical.count() == self._catalog.count()

    def reopen(self) -> None:
        """See everything that another process has done."""
        self.vectors.reopen()
        self.lexical.reopen()

    def follow(
        self,
        document: str,
        before: Sequence[StoredChunk],
        after: Sequence[StoredChunk],
        lines: Mapping[str, Lines],
    ) -> None:
        """Bring both from a document's earlier chunks to those that it has now; the rest stays.

        `lines` are those of the chunks now, by their ids. An interruption in between is repaired
        when the library is opened again.
        """
        old = {chunk.chunk_id: chunk for chunk in before}
        now = {chunk.chunk_id: chunk for chunk in after}
        gone = [key for key, chunk in old.items() if now.get(key) != chunk]
        new = [chunk for key, chunk in now.items() if old.get(key) != chunk]
        try:
            with self._remembered():
                self._change(gone, new, lines)
        except DamagedIndexError:
            self.remake()
        self._catalog.mark_synced(document)

    def see_others(self) -> bool:
        """Show what other processes have written; whether the words show all of it."""
        if self._replica:
            self._replica.keep_up(self._follow_others)
        self.lexical.refresh()
        return self._replica is None or self._replica.is_current()

    def _follow_others(self) -> None:
        if self._replica:
            self._replica.follow(self.lexical, self._entries_of, self.write_words)

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        """Afterwards the words hold all that was written before."""
        if self._replica is None:
            yield
            return
        with self._replica.turn:
            serial = self._replica.now()
            yield
            self._replica.remember(serial)

    def repair(self, *, counting: bool) -> None:
        """Follow what an interrupted run left undone; rebuild what cannot be followed.

        `counting` finds what no mark tells of: an index that lost what it had.

        Raises:
            LibraryError: There is something to do, and the settings name another model.
        """
        try:
            self._follow_others()
            self._catch_up(counting)
        except DamagedIndexError:
            self.remake()

    def remake(self) -> None:
        """Make both again where not even the collection can be thrown away."""
        self._cache.require_model()
        self.vectors.discard()
        self.rebuild()

    def _catch_up(self, counting: bool) -> None:
        known = self._catalog.collection()
        if known != self.vectors.identity and (known or not self.vectors.is_ours()):
            self.rebuild()  # it was kept elsewhere since, or the folder was somebody else's
            return
        for document in self._catalog.unsynced():
            self.restore(document)
        kept = self._catalog.count() if counting else 0
        if counting and not self.vectors.count() == self.lexical.count() == kept:
            self.rebuild()
        elif not known:
            self._catalog.remember_collection(self.vectors.identity)

    def restore(self, document: str) -> None:
        """Nobody knows how far the indexes came: the document is put in afresh."""
        self._cache.require_model()
        now = self._catalog.chunks_of(document)
        old = set(self.vectors.ids_of(document)) | set(self.lexical.ids_of(document))
        with self._remembered():
            self._change([*old], now, {})
        self._catalog.mark_synced(document)

    def rebuild(self) -> None:
        """Make both again from the catalog, without asking a model."""
        self._cache.require_model()
        self._catalog.drop_damaged()
        self.vectors.clear()
        with self._remembered():
            self.lexical.fill(self._filled(self._catalog.in_batches(BATCH), {}))
        self._catalog.mark_all_synced(self.vectors.identity)

    def write_words(self) -> None:
        """Make the lexical index again, the vectors stay."""
        batches = self._catalog.in_batches(BATCH)
        with self._remembered():
            self.lexical.fill(
                entry
                for batch in batches
                for entry in entries_of([row.document() for row in batch], self._searched_text)
            )

    def _entries_of(self, document: str) -> Iterator[Entry]:
        chunks = [row.document() for row in self._catalog.chunks_of(document)]
        return entries_of(chunks, self._searched_text)

    def _filled(
        self, batches: Iterable[Sequence[StoredChunk]], lines: Mapping[str, Lines]
    ) -> Iterator[Entry]:
        """Fills the vector index on the way, so that each chunk is unpacked once."""
        for batch in batches:
            chunks = [chunk.document() for chunk in batch]
            self._add_vectors(batch, chunks)
            yield from entries_of(chunks, self._searched_text, lines)

    def _change(
        self, gone: Sequence[str], new: Sequence[StoredChunk], lines: Mapping[str, Lines]
    ) -> None:
        if gone:
            self.vectors.delete(gone)
        if gone or new:
            parts = (new[start : start + BATCH] for start in range(0, len(new), BATCH))
            self.lexical.change(gone=gone, new=self._filled(parts, lines))

    def _add_vectors(self, rows: Sequence[StoredChunk], chunks: Sequence[Document]) -> None:
        vectors = self._vectors(rows, chunks)
        if rows:
            self.vectors.add(
                [row.chunk_id for row in rows],
                [vectors[row.text_hash] for row in rows],
                [chunk.page_content for chunk in chunks],
                [chunk.metadata for chunk in chunks],
            )

    def _vectors(
        self, rows: Sequence[StoredChunk], chunks: Sequence[Document]
    ) -> dict[bytes, Vector]:
        """Those of the rows; few that are missing were spoiled, and are made again."""
        keys = [row.text_hash for row in rows]
        known = self._cache.vectors(keys)
        missing = {
            key: self._searched_text(chunk)
            for key, chunk in zip(keys, chunks, strict=True)
            if key not in known
        }
        if not missing:
            return known
        if not self._cache.may_be_mended(len(missing)):
            raise LibraryError("vectors are missing in the library; run `reindex` to make them")
        self._cache.embed(missing)
        self._catalog.note_vectors()
        return self._cache.vectors(keys)
