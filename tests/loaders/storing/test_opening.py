from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.opening import opened, opened_to_read
from tests.postgres_server import Postgres


def test_a_library_in_its_folder_is_held_until_it_is_released(tmp_path: Path) -> None:
    library = opened(tmp_path, "index", "", "")
    assert isinstance(library.database, SqliteDatabase)
    assert library.replica is None
    with pytest.raises(LibraryError, match="in use"):
        opened(tmp_path, "", "", "")
    library.lock.release()
    library.database.close()


def test_with_a_server_of_vectors_it_is_written_by_turns(tmp_path: Path) -> None:
    libraries = [opened(tmp_path, "", "http://127.0.0.1:1", "") for _ in range(2)]
    assert LibraryLock(tmp_path).is_free()
    for library in libraries:
        library.database.close()


def test_what_cannot_be_opened_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError):
        opened(tmp_path, "", "", "")
    assert LibraryLock(tmp_path).is_free()


def test_who_reads_holds_nobody_up(tmp_path: Path) -> None:
    library = opened(tmp_path, "", "", "")
    library.database.set_meta("a", "1")
    shown = opened_to_read(tmp_path, "")
    library.database.set_meta("a", "2")
    assert shown.database.meta("a") == "1"
    assert not shown.lock.is_free()
    shown.database.close()
    library.lock.release()
    library.database.close()


@pytest.mark.parametrize("chroma_url", ["", "http://127.0.0.1:1"])
def test_in_postgres_the_words_of_this_machine_follow(
    postgres: Postgres, tmp_path: Path, chroma_url: str
) -> None:
    url = postgres.url(f"t{uuid4().hex[:12]}")
    library = opened(tmp_path, "index", chroma_url, url)
    shown = opened_to_read(tmp_path, url)
    assert library.replica is not None
    assert shown.replica is not None
    assert shown.lock.is_free() is bool(chroma_url)
    library.lock.release()
    for database in (shown.database, library.database):
        database.close()
