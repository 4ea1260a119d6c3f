"""A library of an earlier version is brought up to date; a later one is never brought back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database
from loaders.storing.search.forward_index import FORMAT
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.chroma_server import Server
from tests.loaders.storing.conftest import IN_A_FILE, OpenDatabase, OpenStore, opened
from tests.postgres_server import Postgres
from tests.words import MODEL, WordEmbeddings, make_chunks

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LATER = str(int(FORMAT) + 1)


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "chroma server")
    yield server
    server.kill()
    gc.collect()  # Chroma's sockets, here and not in some other test


def fill(store: Store, name: str = "report.pdf") -> None:
    store.replace(DocumentRecord(name, name), make_chunks(name, "dues of the harbour"))


@IN_A_FILE
def test_profiles_of_any_other_version_are_packed_again_in_a_folder(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    with open_store() as store:
        fill(store)
    database = open_database()
    database.set_meta("profiles", LATER)
    with open_store() as store:
        assert len(store.matching("harbour", 3)) == 1
    assert database.meta("profiles") == FORMAT


def test_versions_that_share_a_library_do_not_undo_each_others_work(
    postgres: Postgres, chroma: Server, tmp_path: Path
) -> None:
    url = postgres.url(f"t{uuid4().hex[:12]}")

    def machine(name: str) -> Store:
        where = tmp_path / name, WordEmbeddings(), MODEL
        return Store(*where, chroma_url=chroma.url, database_url=url)

    def told(change: tuple[str, str]) -> Database:
        database = opened(tmp_path, url)
        database.set_meta(*change)
        return database

    with machine("one") as one:
        fill(one)
        seen = (tmp_path / "one" / "words" / "seen.json").read_text(encoding="utf-8")
        told(("analyzer", "of another version")).close()
        assert len(one.matching("harbour", 3)) == 1
        assert (tmp_path / "one" / "words" / "seen.json").read_text(encoding="utf-8") == seen
        ids = [hit.chunk_id for hit in one.matching("harbour", 3)]
        kept = one.profiles(ids)
        database = told(("profiles", LATER))
        database.run("UPDATE chunks SET profile = ?", (b"else",))
        packed = one.profiles(ids)
        assert (packed.ids, packed.documents) == (kept.ids, kept.documents)
        assert packed.numbers.tolist() == kept.numbers.tolist()
        with pytest.raises(LibraryError, match="later version"):
            fill(one, "new.pdf")
    with machine("two") as two, pytest.raises(LibraryError, match="later version"):
        two.check()
    assert database.meta("profiles") == LATER
    database.close()
