from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.search.lexical_index import Lexical, entry_of
from loaders.storing.truth.catalog import CHUNKS, Catalog, StoredChunk
from loaders.storing.truth.records import DocumentRecord
from tests.postgres_server import Postgres
from tests.words import make_chunks

pytest.importorskip("psycopg_pool")

from loaders.storing.databases.postgres_database import PostgresDatabase
from loaders.storing.search.forward_index import lines_of
from loaders.storing.search.word_replica import WordReplica


class Machine:
    """The words of one machine."""

    def __init__(self, url: str, home: Path) -> None:
        home.mkdir(exist_ok=True)
        self.database = PostgresDatabase(url)
        self.catalog = Catalog(self.database)
        self.lexical = Lexical(home / "words")
        self.replica = WordReplica(home / "words", self.database, LibraryLock(home))
        self.written: list[str] = []

    def put(self, name: str, *texts: str) -> None:
        rows = [StoredChunk.of(one, one.page_content) for one in make_chunks(name, *texts)]
        with self.database.transaction():
            self.database.note(name, CHUNKS)
            self.catalog.replace(DocumentRecord(name, name), rows, [b""] * len(rows))

    def follow(self) -> None:
        def entries(name: str) -> Iterator[object]:
            self.written.append(name)
            for row in self.catalog.chunks_of(name):
                chunk = row.document()
                yield entry_of(chunk, lines_of(chunk, chunk.page_content))

        def anew() -> None:
            self.written.append("all")
            serial = self.replica.now()
            self.lexical.fill([])
            self.replica.remember(serial)

        self.replica.follow(self.lexical, entries, anew)  # type: ignore[arg-type]


@pytest.fixture
def machine(postgres: Postgres, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(postgres.url(f"t{uuid4().hex[:12]}"), tmp_path)
    yield made
    made.database.close()


def test_words_that_know_nothing_are_written_anew_then_follow(machine: Machine) -> None:
    assert machine.replica.seen() == 0
    machine.follow()
    assert machine.written == ["all"]
    machine.put("a.pdf", "dues of the harbour")
    assert not machine.replica.is_current()
    assert machine.replica.lag()[0] == 1
    machine.follow()
    assert machine.written == ["all", "a.pdf"]
    assert machine.replica.is_current()
    assert machine.lexical.count() == 1


def test_a_document_that_changed_twice_is_put_in_once(machine: Machine) -> None:
    machine.follow()
    for text in ("dues", "cranes"):
        machine.put("a.pdf", text)
    machine.follow()
    assert machine.written == ["all", "a.pdf"]
    assert machine.lexical.count() == 1


def test_what_another_library_or_nobody_remembered_counts_for_nothing(
    machine: Machine, tmp_path: Path
) -> None:
    machine.follow()
    seen = machine.replica.seen()
    assert seen > 0
    file = tmp_path / "words" / "seen.json"
    for told in ("no json", '["another library", "x", 7]'):
        file.write_text(told, encoding="utf-8")
        assert machine.replica.seen() == 0


def test_one_question_looks_once(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.storing.search.word_replica.FRESH", 600.0)
    assert [machine.replica.is_time() for _ in range(3)] == [True, False, False]
    monkeypatch.setattr("loaders.storing.search.word_replica.FRESH", 0.0)
    assert machine.replica.is_time()


def test_only_one_looks_at_a_time(machine: Machine, tmp_path: Path) -> None:
    other = WordReplica(tmp_path / "words", machine.database, LibraryLock(tmp_path))
    with machine.replica.turn_if_free() as is_mine, other.turn_if_free() as is_theirs:
        assert (is_mine, is_theirs) == (True, False)


def test_the_first_question_waits_and_later_ones_leave_it_to_somebody_beside(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.storing.search.word_replica.FRESH", 0.01)
    monkeypatch.setattr("loaders.storing.search.word_replica.LATE", 600.0)
    who: list[threading.Thread] = []

    def follow() -> None:
        who.append(threading.current_thread())
        machine.follow()

    machine.replica.keep_up(follow)
    assert who == [threading.current_thread()]
    machine.put("a.pdf", "dues of the harbour")
    while not machine.replica.is_current():
        machine.replica.keep_up(follow)
    machine.replica.close()
    assert threading.current_thread() not in who[1:]
    assert machine.lexical.count() == 1


@pytest.mark.parametrize("error", [LibraryError("the disk is full"), OSError("the disk is full")])
def test_what_fails_beside_is_told_to_who_asks(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr("loaders.storing.search.word_replica.FRESH", 0.01)
    monkeypatch.setattr("loaders.storing.search.word_replica.LATE", 0.2)
    failed = threading.Event()

    def fail() -> None:
        failed.set()
        raise error

    here = threading.current_thread()
    machine.replica.keep_up(lambda: None if threading.current_thread() is here else fail())
    failed.wait()

    def ask_on() -> None:
        while True:
            machine.replica.keep_up(fail)

    with pytest.raises(type(error), match="disk"):
        ask_on()
    machine.replica.close()
