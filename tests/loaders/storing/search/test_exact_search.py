from __future__ import annotations

from itertools import count
from pathlib import Path

import numpy as np
import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.search import exact_search
from loaders.storing.search.exact_search import nearest
from loaders.storing.truth.catalog import Catalog, StoredChunk, text_hash
from loaders.storing.truth.embedding_cache import VectorCache
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.records import DocumentRecord
from tests.words import MODEL, WordEmbeddings, make_chunks

TEXTS = ("dues of the harbour", "cranes and ships", "dues of the cranes")


@pytest.fixture
def database(tmp_path: Path) -> SqliteDatabase:
    database = SqliteDatabase(tmp_path / "library.sqlite")
    for name in ("a.pdf", "b.pdf"):
        chunks = make_chunks(name, *TEXTS)
        rows = [StoredChunk.of(chunk, chunk.page_content) for chunk in chunks]
        Catalog(database).replace(DocumentRecord(name, name), rows, [b""] * 3)
    VectorCache(database, WordEmbeddings(), MODEL).embed({text_hash(text): text for text in TEXTS})
    return database


def query(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    vector = np.array(WordEmbeddings().embed_query(text), np.float32)
    return vector / np.linalg.norm(vector)


def found(database: SqliteDatabase, text: str, k: int, filters: Filters = EVERYTHING) -> list[str]:
    hits = nearest(database, MODEL, query(text), k, filters)
    chunks = Catalog(database).chunks([hit.chunk_id for hit in hits])
    documents = [chunk.document() for chunk in chunks]
    return [f"{one.metadata['source']} {one.page_content}" for one in documents]


def test_the_nearest_come_first_and_equal_ones_in_the_order_of_the_library(
    database: SqliteDatabase,
) -> None:
    assert found(database, "cranes and ships", 2) == [
        "a.pdf cranes and ships",
        "b.pdf cranes and ships",
    ]
    hits = nearest(database, MODEL, query("cranes and ships"), 6, EVERYTHING)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1.0, abs=1e-3)


def test_filters_are_kept(database: SqliteDatabase) -> None:
    assert found(database, "cranes and ships", 1, Filters(("b.pdf",))) == ["b.pdf cranes and ships"]
    assert found(database, "dues", 9, Filters(("b.pdf",), last_page=0)) == [
        "b.pdf dues of the harbour"
    ]
    assert found(database, "dues", 9, Filters(kinds=("table",))) == []


def test_vectors_of_another_length_are_told(database: SqliteDatabase) -> None:
    with pytest.raises(LibraryError, match="another embedding model"):
        nearest(database, MODEL, np.ones(3, np.float32), 1, EVERYTHING)


def test_of_another_model_there_are_no_vectors(tmp_path: Path) -> None:
    assert (
        nearest(SqliteDatabase(tmp_path / "empty.sqlite"), MODEL, query("dues"), 3, EVERYTHING)
        == []
    )


def test_four_times_as_many_chunks_are_four_times_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact_search, "AT_ONCE", 10)
    small, large = (_of_size(tmp_path / str(size), size) for size in (200, 800))
    assert _work(large, EVERYTHING) < 6 * _work(small, EVERYTHING)


def test_few_of_a_kind_are_found_without_a_look_at_all_others(tmp_path: Path) -> None:
    database, tables = _of_size(tmp_path, 800), Filters(kinds=("table",))
    assert _work(database, tables) < _work(database, EVERYTHING)
    assert nearest(database, MODEL, query("valve 1"), 1, tables) == []


def _of_size(home: Path, size: int) -> SqliteDatabase:
    home.mkdir(exist_ok=True)
    database = SqliteDatabase(home / "library.sqlite")
    texts = [f"valve {number}" for number in range(size)]
    chunks = make_chunks("a.pdf", *texts)
    rows = [StoredChunk.of(chunk, chunk.page_content) for chunk in chunks]
    Catalog(database).replace(DocumentRecord("a.pdf", "a"), rows, [b""] * size)
    VectorCache(database, WordEmbeddings(), MODEL).embed({text_hash(text): text for text in texts})
    return database


def _work(database: SqliteDatabase, filters: Filters) -> int:
    """Steps of SQLite's machine, which no load of this one changes."""
    steps = count()
    database._connection.set_progress_handler(lambda: next(steps) < 0, 10)
    nearest(database, MODEL, query("valve 7"), 5, filters)
    database._connection.set_progress_handler(None, 0)
    return next(steps)
