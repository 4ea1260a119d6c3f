"""A library in a fresh folder, or with its tables in a fresh schema of a real Postgres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from langchain_core.embeddings import Embeddings

from loaders.pages.page import Audit, Outcome, Reading
from loaders.pages.word import Word
from loaders.storing.databases.database import Database
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.postgres_server import Postgres, servers
from tests.words import MODEL, WordEmbeddings, make_chunks

OpenStore = Callable[..., Store]
OpenDatabase = Callable[[], Database]
IN_A_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is about SQLite's file itself."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    yield from servers()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both, one after the other; SQLite needs no address."""
    if request.param == "sqlite":
        return ""
    server: Postgres = request.getfixturevalue("postgres")
    return server.url(f"t{uuid4().hex[:12]}")


@pytest.fixture
def embeddings() -> WordEmbeddings:
    return WordEmbeddings()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def open_database(home: Path, database_url: str) -> Iterator[OpenDatabase]:
    """Opens the tables of this test's library beside it, as another process would."""
    known: list[Database] = []

    def opener() -> Database:
        known.append(opened(home, database_url))
        return known[-1]

    yield opener
    for database in known:
        database.close()


def opened(home: Path, database_url: str) -> Database:
    """The tables alone, for the caller to close."""
    if not database_url:
        home.mkdir(exist_ok=True)
        return SqliteDatabase(home / "library.sqlite")
    from loaders.storing.databases.postgres_database import PostgresDatabase  # noqa: PLC0415 - an extra

    return PostgresDatabase(database_url)


@pytest.fixture
def open_store(
    home: Path, embeddings: WordEmbeddings, database_url: str
) -> Iterator[Callable[..., Store]]:
    """Opens the library of this test; whatever is open at the end is closed."""
    opened: list[Store] = []

    def opener(
        model: str = MODEL, with_embeddings: Embeddings | None = None, chroma_url: str = ""
    ) -> Store:
        store = Store(
            home,
            with_embeddings or embeddings,
            model,
            chroma_url=chroma_url,
            database_url=database_url,
        )
        opened.append(store)
        return store

    yield opener
    for store in opened:
        store.close()


NAMES = [f"report {number}.pdf" for number in range(8)]


def fill(store: Store, name: str) -> None:
    record = DocumentRecord(name, f"hash of {name}", source=f"/in/{name}", pages=3)
    texts = [f"page {page} of {name} tells of {'apples ' * 20}{page}" for page in range(3)]
    for page, text in enumerate(texts):
        words = [Word(word, (0, 0, 1, 1)) for word in text.split()]
        reading = Reading(page, Outcome.OK, text, "local", words=words, audit=Audit())
        store.ledger.record(record, reading, f"{name} {page}")
    store.replace(record, make_chunks(name, *texts))


@pytest.fixture
def filled(open_store: OpenStore, open_database: OpenDatabase) -> OpenDatabase:
    with open_store() as store:
        for name in NAMES:
            fill(store, name)
    return open_database


@pytest.fixture
def file(filled: OpenDatabase, home: Path) -> Path:
    """For what is about SQLite's file itself."""
    return home / "library.sqlite"
