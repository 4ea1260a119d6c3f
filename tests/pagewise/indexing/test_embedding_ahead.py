from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from langchain_core.documents import Document

from loaders.errors import LibraryError
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.embedding_ahead import AT_ONCE, embedded_ahead
from tests.words import MODEL, WordEmbeddings, make_chunks

TEXTS = [f"text {number}" for number in range(2 * AT_ONCE + 3)]
PATIENCE = 60


def test_chunks_are_embedded_while_others_are_still_read() -> None:
    """The reader waits for the first vectors before it gives the rest: nobody else makes them."""
    begun = threading.Event()
    chunks = make_chunks("a.pdf", *TEXTS)

    def read() -> Iterator[Document]:
        for number, chunk in enumerate(chunks):
            if number == AT_ONCE + 1:
                assert begun.wait(PATIENCE)
            yield chunk

    assert list(embedded_ahead(read(), lambda some: begun.set())) == chunks


def test_a_library_embeds_at_the_end_only_what_is_left(tmp_path: Path) -> None:
    model = WordEmbeddings()
    ready = threading.Semaphore(0)
    with Store(tmp_path, model, MODEL) as store:

        def embed(some: Sequence[Document]) -> None:
            store.embed(some)
            ready.release()

        chunks = list(embedded_ahead(_read(make_chunks("a.pdf", *TEXTS), ready), embed))
        assert model.texts == TEXTS[: 2 * AT_ONCE]
        store.replace(DocumentRecord("a.pdf", "a"), chunks)
        assert sorted(model.texts) == sorted(TEXTS)
        assert len(store.nearest("text 3", len(TEXTS))) == len(TEXTS)


def _read(chunks: Sequence[Document], ready: threading.Semaphore) -> Iterator[Document]:
    yield from chunks
    for _ in range(2):
        assert ready.acquire(timeout=PATIENCE)


def test_what_fails_beside_fails_where_it_is_needed(tmp_path: Path) -> None:
    class Failing(WordEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise LibraryError("no model")

    with Store(tmp_path, Failing(), MODEL) as store:
        chunks = list(embedded_ahead(make_chunks("a.pdf", *TEXTS), store.embed))
        with pytest.raises(LibraryError, match="no model"):
            store.replace(DocumentRecord("a.pdf", "a"), chunks)


def test_after_a_failure_nothing_more_is_asked_beside() -> None:
    asked: list[Sequence[Document]] = []

    def fail(some: Sequence[Document]) -> None:
        asked.append(some)
        raise LibraryError("no model")

    assert len([*embedded_ahead(make_chunks("a.pdf", *TEXTS), fail, at_once=2)]) == len(TEXTS)
    assert len(asked) == 1


def test_who_stops_reading_stops_embedding() -> None:
    asked: list[Document] = []
    passing = embedded_ahead(make_chunks("a.pdf", *TEXTS), asked.extend)
    next(passing)
    passing.close()  # type: ignore[attr-defined]
    assert asked == []
