from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from tests.postgres_server import Postgres

pytest.importorskip("psycopg_pool")

from loaders.storing.databases.postgres_database import PostgresDatabase, PostgresSnapshot


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.url(f"t{uuid4().hex[:12]}")


def test_a_library_is_made_once_and_known_again(url: str) -> None:
    first, second = PostgresDatabase(url), PostgresDatabase(url)
    assert first.meta("library") == second.meta("library") != ""
    for database in (first, second):
        database.close()


def test_a_transaction_is_all_or_nothing_and_one_inside_belongs_to_it(url: str) -> None:
    database = PostgresDatabase(url)
    with suppress(ZeroDivisionError), database.transaction():
        database.set_meta("a", "1")
        with database.transaction():
            database.set_meta("b", "2")
        assert database.meta("b") == "2"
        raise ZeroDivisionError
    assert database.meta("a") == database.meta("b") == ""
    database.close()


def test_whole_rows_take_the_place_of_those_with_their_key(url: str) -> None:
    database = PostgresDatabase(url)
    database.put("meta", [("a", "1"), ("b", "100% ?")])
    database.put("meta", [("a", "2")])
    assert database.rows("SELECT value FROM meta WHERE key IN (?, ?) ORDER BY key", ("a", "b")) == [
        ("2",),
        ("100% ?",),
    ]
    database.close()


def test_each_change_has_a_number_beyond_the_last(url: str) -> None:
    database = PostgresDatabase(url)
    serials = []
    for document in ("a.pdf", "b.pdf", "a.pdf"):
        database.note(document, "chunks")
        serials.append(database.version())
    assert serials == sorted(set(serials))
    rows = database.rows("SELECT document FROM changes WHERE what = ? ORDER BY serial", ("chunks",))
    assert rows == [("b.pdf",), ("a.pdf",)]
    database.close()


def test_a_moment_is_shown_until_it_is_renewed(url: str) -> None:
    database = PostgresDatabase(url)
    shown = PostgresSnapshot(url)
    database.set_meta("a", "1")
    assert shown.meta("a") == ""
    shown.renew()
    assert shown.meta("a") == "1"
    with pytest.raises(LibraryError, match="read-only"):
        shown.run("DELETE FROM meta")
    shown.close()
    database.close()


def test_a_library_of_another_version_is_refused(url: str) -> None:
    database = PostgresDatabase(url)
    database.set_meta("format", "99")
    database.close()
    with pytest.raises(LibraryError, match="another version of Pagewise"):
        PostgresDatabase(url)
