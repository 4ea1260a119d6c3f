from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.indexes import Indexes
from loaders.storing.truth.catalog import Catalog, StoredChunk, text_hash
from loaders.storing.truth.embedding_cache import VectorCache
from loaders.storing.truth.records import DocumentRecord, shown_text
from tests.words import MODEL, WordEmbeddings, make_chunks

TEXTS = ("dues of the harbour", "cranes and ships")
REPORT = DocumentRecord("report.pdf", "aaa")


class Shelf:
    """A catalog with its indexes."""

    def __init__(self, home: Path, model: str = MODEL) -> None:
        self.database = SqliteDatabase(home / "library.sqlite")
        self.catalog = Catalog(self.database)
        self.cache = VectorCache(self.database, WordEmbeddings(), model)
        self.indexes = Indexes(home, self.catalog, self.cache, shown_text)

    def put(self, *texts: str) -> None:
        before = self.catalog.chunks_of(REPORT.name)
        self.cache.embed({text_hash(text): text for text in texts})
        rows = [
            StoredChunk.of(chunk, chunk.page_content) for chunk in make_chunks(REPORT.name, *texts)
        ]
        self.catalog.replace(REPORT, rows, [b""] * len(rows))
        self.indexes.follow(REPORT.name, before, rows, {})

    def counts(self) -> tuple[int, int, int]:
        return self.catalog.count(), self.indexes.vectors.count(), self.indexes.lexical.count()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    made.indexes.repair(counting=True)
    yield made
    made.indexes.close()


def test_both_follow_what_the_catalog_holds(shelf: Shelf) -> None:
    shelf.put(*TEXTS)
    assert shelf.counts() == (2, 2, 2)
    shelf.put(TEXTS[1])
    assert shelf.counts() == (1, 1, 1)
    assert shelf.catalog.unsynced() == []
    assert shelf.indexes.have_all_words()


def test_what_an_interrupted_run_left_undone_is_followed(shelf: Shelf) -> None:
    shelf.put(*TEXTS)
    [first, _] = shelf.catalog.chunks_of(REPORT.name)
    shelf.indexes.vectors.delete([first.chunk_id])
    shelf.catalog.mark_all_unsynced()
    assert not shelf.indexes.have_all_words()
    shelf.indexes.repair(counting=True)
    assert shelf.counts() == (2, 2, 2)
    assert shelf.catalog.unsynced() == []


def test_indexes_that_do_not_agree_are_made_again_without_a_model(shelf: Shelf) -> None:
    shelf.put(*TEXTS)
    shelf.indexes.vectors.clear()
    shelf.indexes.repair(counting=True)
    assert shelf.counts() == (2, 2, 2)


def test_words_can_be_written_again_alone(shelf: Shelf) -> None:
    shelf.put(*TEXTS)
    shelf.indexes.lexical.fill([])
    shelf.indexes.write_words()
    assert shelf.counts() == (2, 2, 2)


def test_another_model_is_refused_before_anything_is_thrown_away(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.put(*TEXTS)
    other = Shelf(tmp_path, "test:another")
    with pytest.raises(LibraryError, match=r"embedded with test:words"):
        other.indexes.rebuild()
    assert shelf.counts() == (2, 2, 2)


def test_few_spoiled_vectors_are_made_again(shelf: Shelf) -> None:
    shelf.put(*TEXTS)
    shelf.database.run("DELETE FROM vectors WHERE text_hash = ?", (text_hash(TEXTS[0]),))
    shelf.indexes.rebuild()
    assert shelf.counts() == (2, 2, 2)
    assert not shelf.cache.lacks([text_hash(text) for text in TEXTS])
