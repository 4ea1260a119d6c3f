"""One bad reply of an embedding model, and libraries that an earlier version kept one in."""

from __future__ import annotations

import math
import sys
import threading

import numpy as np
import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database
from loaders.storing.truth.embedding_cache import KEPT_QUERIES, unit_vectors
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentRecord
from tests.loaders.storing.conftest import OpenDatabase, OpenStore
from tests.words import WordEmbeddings, make_chunks

NOTES = DocumentRecord("notes.pdf", "bbb")
TEXTS = ("minutes of a meeting", "who was there", "what was said")


class Spoiling(WordEmbeddings):
    """The first replies are not what was asked for."""

    def __init__(self, replies: list[list[float]]) -> None:
        super().__init__()
        self.replies = replies

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = super().embed_documents(texts)
        return [self.replies.pop(0), *vectors[1:]] if self.replies else vectors


SPOILED = {
    "not a number": [math.nan] * 32,
    "infinite": [math.inf, *[0.0] * 31],
    "short": [1.0] * 31,
    "empty": [],
}


@pytest.mark.parametrize("reply", SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_reply_is_asked_for_once_more(open_store: OpenStore, reply: list[float]) -> None:
    store = open_store(with_embeddings=Spoiling([reply]))
    store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
    assert store.nearest("who was there", 1)[0].score > 0.99


@pytest.mark.parametrize("reply", SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_reply_is_never_kept(open_store: OpenStore, reply: list[float]) -> None:
    store = open_store(with_embeddings=Spoiling([reply, reply]))
    with pytest.raises(LibraryError, match="finite numbers"):
        store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
    store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
    assert store.nearest("who was there", 1)[0].score > 0.99
    store.remove("notes.pdf")
    assert store.counts() == (0, 0, 0)


class Shortened(WordEmbeddings):
    """In the first reply all vectors have another length than the model's."""

    is_first = True

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = super().embed_documents(texts)
        was_first, self.is_first = self.is_first, False
        return [vector[:3] for vector in vectors] if was_first else vectors


def test_a_first_reply_of_a_wrong_length_is_mended_by_reindex(open_store: OpenStore) -> None:
    """Nothing tells that it is wrong but the first question."""
    store = open_store(with_embeddings=Shortened())
    store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
    with pytest.raises(LibraryError, match="run `reindex`"):
        store.nearest("who was there", 1)
    store.reindex()
    assert store.nearest("who was there", 1)[0].score > 0.99


def test_numbers_beyond_half_floats_are_kept_as_directions() -> None:
    vectors = unit_vectors([[3e5, 4e5], [3e-9, 4e-9], [3e200, 4e200], [0.0, 0.0]], 4)
    assert vectors is not None
    assert vectors.astype(np.float16).tolist() == [
        *[[np.float16(0.6), np.float16(0.8)]] * 3,
        [0.0, 0.0],
    ]


def spoil(database: Database, vector: bytes, synced: bool) -> None:
    database.run(
        "UPDATE vectors SET vector = ? WHERE text_hash ="
        " (SELECT text_hash FROM chunks WHERE ordinal = 1)",
        (vector,),
    )
    if not synced:
        database.run("INSERT INTO unsynced VALUES ('notes.pdf')")


@pytest.mark.parametrize("synced", [True, False], ids=["in step", "not in step"])
@pytest.mark.parametrize(
    "vector", [np.full(32, np.nan, np.float16).tobytes(), b"ab"], ids=["nan", "short"]
)
def test_a_library_that_kept_one_mends_itself(
    open_store: OpenStore, open_database: OpenDatabase, vector: bytes, *, synced: bool
) -> None:
    with open_store() as store:
        store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
        store.replace(DocumentRecord("other.pdf", "c"), make_chunks("other.pdf", "another text"))
    spoil(open_database(), vector, synced)
    with open_store() as store:
        only = Filters(documents=("notes.pdf",))
        assert [hit.score > 0.99 for hit in store.nearest("minutes of a meeting", 1, only)] == [
            True
        ]
        store.remove("other.pdf")
        assert store.counts() == (3, 3, 3)
        assert store.nearest("minutes of a meeting", 1)[0].score > 0.99
        store.reindex()
        assert store.nearest("who was there", 1)[0].score > 0.99


@pytest.mark.no_cover  # threads that start at once cannot all install a tracer
def test_many_threads_ask_more_questions_than_are_remembered(open_store: OpenStore) -> None:
    store = open_store()
    store.replace(NOTES, make_chunks("notes.pdf", *TEXTS))
    failures: list[BaseException] = []
    only = Filters(documents=("notes.pdf",))

    def ask(thread: int) -> None:
        try:
            for number in range(KEPT_QUERIES):
                store.nearest(f"question {number + thread * 40}", 1, only)
        except BaseException as error:  # noqa: BLE001 - a thread of its own
            failures.append(error)

    switched = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(switched)
    assert failures == []
