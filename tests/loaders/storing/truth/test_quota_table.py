from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest

from loaders.errors import LibraryError
from tests.postgres_server import Postgres

pytest.importorskip("psycopg_pool")

from loaders.storing.databases.postgres import conninfo_of
from loaders.storing.truth.quota_table import QuotaTable

SECRET = "canary-of-a-key"


Open = Callable[..., QuotaTable]


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.url(f"t{uuid4().hex[:12]}")


@pytest.fixture
def opened(url: str) -> Iterator[Open]:
    """Another process's table, as it were."""
    known: list[QuotaTable] = []

    def opener(*secret: str) -> QuotaTable:
        known.append(QuotaTable(url, *secret))
        return known[-1]

    yield opener
    for table in known:
        table.close()


def test_what_one_has_learned_another_reads_and_the_key_is_not_in_it(
    url: str, opened: Open
) -> None:
    with opened("service", SECRET, "model").turn() as known:
        assert known.text == ""
        known.text = "ten a minute"
        first = known.now
    with opened("service", SECRET, "model").turn() as known:
        assert known.text == "ten a minute"
        assert known.now >= first
    with psycopg.connect(conninfo_of(url)) as connection:
        assert SECRET not in str(connection.execute("SELECT * FROM quotas").fetchall())


@pytest.mark.parametrize("other", [("s", "k", "other"), ("s", "other", "m"), ("other", "k", "m")])
def test_each_service_key_and_model_has_a_row_of_its_own(
    opened: Open, other: tuple[str, ...]
) -> None:
    with opened("s", "k", "m").turn() as known:
        known.text = "ten a minute"
    with opened(*other).turn() as known:
        assert known.text == ""


def test_a_turn_is_waited_for(opened: Open) -> None:
    first, second = opened("s", "k", "m"), opened("s", "k", "m")
    begun, order = Event(), list[str]()

    def wait() -> None:
        begun.set()
        with second.turn() as known:
            order.append(known.text)

    waiting = Thread(target=wait)
    with first.turn() as known:
        waiting.start()
        begun.wait()
        known.text = "of the first"
        order.append("first")
    waiting.join()
    assert order == ["first", "of the first"]


def test_what_fails_in_a_turn_is_not_kept(opened: Open) -> None:
    table = opened("s", "k", "m")

    def fail() -> None:
        with table.turn() as known:
            known.text = "half a thought"
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with table.turn() as known:
        assert known.text == ""


def test_a_server_that_is_not_there_is_told_without_its_address() -> None:
    table = QuotaTable("postgresql://nobody:canary@127.0.0.1:9/none", "s", "k", "m")
    with pytest.raises(LibraryError, match="DATABASE_URL: no answer") as told, table.turn():
        pass
    assert "canary" not in str(told.value)
