from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock
from tests.postgres_server import Postgres

pytest.importorskip("psycopg_pool")

from loaders.storing.databases.postgres_database import PostgresDatabase
from loaders.storing.databases.postgres_lock import PostgresLock


class Machine:
    """A process with a folder of its own."""

    def __init__(self, url: str, home: Path, doing: str = "") -> None:
        home.mkdir(exist_ok=True)
        self.database = PostgresDatabase(url, doing)
        self.home = LibraryLock(home)
        self.lock = PostgresLock(self.database, self.home)


@pytest.fixture
def two(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    url = postgres.url(f"t{uuid4().hex[:12]}")
    machines = Machine(url, tmp_path / "a", "index"), Machine(url, tmp_path / "b")
    yield machines
    for one in machines:
        one.lock.release()
        one.database.close()


def test_one_writes_and_the_other_is_told_who(two: tuple[Machine, Machine]) -> None:
    first, second = two
    first.lock.acquire()
    with pytest.raises(LibraryError, match="in use by index"):
        second.lock.acquire()
    assert not first.lock.is_free()
    assert not second.lock.is_free()
    first.lock.release()
    first.lock.release()
    assert second.lock.is_free()
    second.lock.acquire()
    assert not first.lock.is_free()


def test_a_turn_is_given_back_to_whom_it_was(two: tuple[Machine, Machine]) -> None:
    first, second = two
    with first.lock.held(1):
        first.database.set_meta("a", "1")
        assert not second.lock.is_free()
    assert second.lock.is_free()
    first.lock.acquire()
    with first.lock.held(1):
        pass
    assert not second.lock.is_free()


def test_the_folder_of_this_machine_goes_with_it(two: tuple[Machine, Machine]) -> None:
    first, _ = two
    first.lock.acquire()
    assert not first.home.is_free()
    first.lock.release()
    assert first.home.is_free()


def test_who_lost_it_is_told_and_others_get_it(two: tuple[Machine, Machine]) -> None:
    first, second = two
    first.lock.acquire()
    second.database.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?",
        ("pagewise index",),
    )
    with pytest.raises(LibraryError), first.lock.held(1):
        first.database.set_meta("a", "1")
    second.lock.acquire(5)
    assert second.database.meta("a") == ""
