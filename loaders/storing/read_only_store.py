"""A library for who only reads: beside a writer, on a full disk, on one that cannot be written.

Why not through the process that holds it: it may be busy, stopped, or none may be there at all,
and the disk be full. SQLite shows any number of readers one moment of the library while another
process writes. What cannot be shared is Chroma, so it is not opened: a question looks at every
vector, exactly, which takes no longer than to load Chroma does (0.5 s at 100,000 chunks).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from loaders.errors import LibraryError
from loaders.storing.opening import opened_to_read
from loaders.storing.search import exact_search
from loaders.storing.store import Store
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.records import Hit, shown_text
from loaders.storing.upgrades import is_up_to_date

if TYPE_CHECKING:
    from loaders.storing.search.lexical_index import Lexical

PATIENCE = 3.0
"""Seconds for a writer to bring the words in step; then they are indexed in memory."""


class ReadOnlyStore(Store):
    """Shows one moment of the library; whatever would change it is refused."""

    def __init__(
        self,
        home: Path,
        embeddings: Embeddings,
        embedding_name: str,
        searched_text: Callable[[Document], str] = shown_text,
        *,
        database_url: str = "",
    ) -> None:
        if home.exists() and not home.is_dir():
            raise LibraryError(f"{home}: is a file; a library is a folder, choose one with --home")
        self._home, self._chroma_url = home, ""
        self._model, self._searched_text = embedding_name, searched_text
        self._thread_turn = threading.RLock()
        self._snapshot, self._lock, self._replica = opened_to_read(home, database_url)
        self._database = self._snapshot
        self._lexical: Lexical | None = None
        if self._snapshot.is_current:
            self._read_from(self._snapshot, embeddings)

    @property
    def wants_writing(self) -> bool:
        """Whether there is something to bring up to date, and nobody who is at it."""
        if not self._snapshot.is_current:
            return True
        is_behind = not is_up_to_date(self._snapshot) or bool(self.catalog.unsynced())
        return is_behind and bool(self.catalog.count()) and self._lock.is_free()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        raise LibraryError(f"{self._home}: opened to be read; open it to write to change it")
        yield

    def _words_to_read(self) -> Lexical:
        with self._thread_turn:
            if self._lexical is None:
                self._lexical = self._in_step() or self._in_memory()
            return self._lexical

    def _in_step(self) -> Lexical | None:
        """The index on the disk, if it shows just this moment; a writer is given some time."""
        from loaders.storing.search.lexical_index import Lexical  # noqa: PLC0415 - half a second

        if self._replica and not self._replica.is_current():
            return None
        until = time.monotonic() + PATIENCE
        while True:
            self._snapshot.rest()
            version, is_behind = self._snapshot.version(), bool(self.catalog.unsynced())
            words = None if is_behind else Lexical.to_read(self._home / "words")
            self._snapshot.renew()
            # A writer commits before and after it writes words: none has, so the words are of now.
            is_now = self._snapshot.version() == version and not is_behind
            if is_now and (words is None or words.count() == self.catalog.count()):
                return words if is_up_to_date(self._snapshot) else None
            if time.monotonic() > until:
                return None
            time.sleep(0.05)

    def _in_memory(self) -> Lexical:
        from loaders.storing.search.lexical_index import Lexical, entries_of  # noqa: PLC0415

        chunks = (row.document() for batch in self.catalog.in_batches(1000) for row in batch)
        return Lexical.in_memory(entries_of(chunks, self._searched_text))

    def nearest(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[Hit]:
        self.require_model()
        self._require_vectors()
        return super().nearest(query, k, filters)

    def _require_vectors(self) -> None:
        """A writer may be at it: `reindex` embeds text by text."""
        lacking = self._snapshot.rows(
            "SELECT 1 FROM chunks WHERE NOT EXISTS (SELECT 1 FROM vectors"
            " WHERE model = ? AND vectors.text_hash = chunks.text_hash) LIMIT 1",
            (self._model,),
        )
        if lacking:
            raise LibraryError(
                "not all vectors are in the library: it is being embedded, or `reindex` was "
                "broken off; ask again when that has ended, or run `reindex`"
            )

    def _nearest(self, query: str, k: int, filters: Filters) -> list[Hit]:
        vector = self._cache.query(query)
        return exact_search.nearest(self._snapshot, self._model, vector, k, filters)

    def close(self) -> None:
        self._snapshot.close()


def open_to_read(show: Callable[[], ReadOnlyStore], write: Callable[[], Store]) -> ReadOnlyStore:
    """Open a library without holding it; what a killed writer left is finished first, if it can be.

    Raises:
        LibraryError: It is of an earlier version, and cannot be brought up to date now; or there is
            a file where its folder should be.
    """
    store = show()
    if not store.wants_writing:
        return store
    is_readable = store._snapshot.is_current
    store.close()
    with suppress(LibraryError) if is_readable else nullcontext(), write() as writer:
        writer.check()
    return show()
