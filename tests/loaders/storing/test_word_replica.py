from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from loaders.storing.catalog import CHUNKS, Catalog, StoredChunk
from loaders.storing.lexical_index import Lexical, entry_of
from loaders.storing.lock import LibraryLock
from loaders.storing.records import DocumentRecord
from tests.postgres_server import Postgres
from tests.words import make_chunks

pytest.importorskip("psycopg_pool")

from loaders.storing.forward_index import lines_of
from loaders.storing.postgres_database import PostgresDatabase
from loaders.storing.word_replica import WordReplica


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


def test_only_one_looks_at_a_time_and_not_too_often(machine: Machine) -> None:
    with machine.replica.turn_if_free() as is_mine:
        assert is_mine
    with machine.replica.turn_if_free() as is_mine:
        assert not is_mine
