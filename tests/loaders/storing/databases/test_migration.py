from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.catalog import Catalog, StoredChunk
from loaders.storing.truth.records import DocumentRecord
from tests.postgres_server import Postgres
from tests.words import make_chunks

pytest.importorskip("psycopg_pool")

from loaders.storing.databases.migration import moved
from loaders.storing.databases.postgres_database import PostgresDatabase

REPORT = DocumentRecord("report.pdf", "aaa", title="净利润")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    database = SqliteDatabase(tmp_path / "library.sqlite")
    rows = [StoredChunk.of(one, one.page_content) for one in make_chunks("report.pdf", "a", "b")]
    Catalog(database).replace(REPORT, rows, [b"\0\1"] * 2)
    database.set_meta("embedding_model", "test:words")
    database.close()
    return tmp_path


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.url(f"t{uuid4().hex[:12]}")


def test_every_row_is_there_once(home: Path, url: str) -> None:
    counts = moved(home, url)
    assert (counts["documents"], counts["chunks"], counts["vectors"]) == (1, 2, 0)
    database = PostgresDatabase(url)
    catalog = Catalog(database)
    assert catalog.documents() == [REPORT]
    assert [one.document().page_content for one in catalog.chunks_of("report.pdf")] == ["a", "b"]
    assert database.meta("embedding_model") == "test:words"
    assert not catalog.is_damaged
    database.close()


def test_what_is_there_is_never_overwritten(home: Path, url: str) -> None:
    moved(home, url)
    with pytest.raises(LibraryError, match="is not empty"):
        moved(home, url)


def test_no_library_one_in_use_and_an_earlier_one_are_told(home: Path, url: str) -> None:
    with pytest.raises(LibraryError, match="no library is there"):
        moved(home / "nowhere", url)
    with LibraryLock(home).held(0), pytest.raises(LibraryError, match="in use"):
        moved(home, url)
    database = SqliteDatabase(home / "library.sqlite")
    database.run("PRAGMA user_version = 4")
    database.close()
    with pytest.raises(LibraryError, match="earlier version"):
        moved(home, url)
