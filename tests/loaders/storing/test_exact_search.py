from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from loaders.errors import LibraryError
from loaders.storing.catalog import Catalog, StoredChunk, text_hash
from loaders.storing.embedding_cache import VectorCache
from loaders.storing.exact_search import nearest
from loaders.storing.filters import EVERYTHING, Filters
from loaders.storing.records import DocumentRecord
from loaders.storing.sqlite_database import SqliteDatabase
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
