from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.database import SCHEMA_VERSION
from loaders.storing.databases.sqlite_database import SqliteDatabase, SqliteSnapshot, is_sound


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def test_a_transaction_is_all_or_nothing_and_one_inside_belongs_to_it(path: Path) -> None:
    database = SqliteDatabase(path)
    with suppress(ZeroDivisionError), database.transaction():
        database.set_meta("a", "1")
        with database.transaction():
            database.set_meta("b", "2")
        raise ZeroDivisionError
    assert database.meta("a") == database.meta("b") == ""


def test_a_moment_is_shown_whatever_is_written_meanwhile(path: Path) -> None:
    database = SqliteDatabase(path)
    database.set_meta("a", "1")
    shown = SqliteSnapshot(path)
    database.set_meta("a", "2")
    assert shown.meta("a") == "1"
    shown.renew()
    assert shown.meta("a") == "2"
    database.set_meta("a", "3")
    shown.rest()
    assert shown.meta("a") == "3"
    with pytest.raises(LibraryError, match="cannot be written"):
        shown.set_meta("a", "4")


def test_a_library_that_is_not_there_is_an_empty_one_and_is_not_made(path: Path) -> None:
    shown = SqliteSnapshot(path)
    assert shown.rows("SELECT * FROM documents") == []
    assert shown.is_current
    assert not path.exists()


def test_an_older_library_is_brought_up_to_date_and_a_later_one_refused(path: Path) -> None:
    SqliteDatabase(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryError, match=f"format 99, this one reads {SCHEMA_VERSION}"):
        SqliteDatabase(path)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_library_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    if not content:
        assert SqliteDatabase(path).rows("SELECT * FROM documents") == []
        return
    assert not is_sound(path)
    with pytest.raises(LibraryError, match="is not a library, or is damaged"):
        SqliteDatabase(path)


def test_a_file_that_cannot_be_opened_is_told_and_not_taken_for_damaged(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LibraryError, match="cannot be opened"):
        is_sound(path)


def test_a_damaged_page_is_found(path: Path) -> None:
    database = SqliteDatabase(path)
    database.put("meta", [(f"key {number}", "x" * 1000) for number in range(100)])
    database.close()
    assert is_sound(path)
    content = bytearray(path.read_bytes())
    content[-16384:] = b"\xff" * 16384
    path.write_bytes(content)
    assert not is_sound(path)
