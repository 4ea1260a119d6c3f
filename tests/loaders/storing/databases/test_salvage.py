from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.pages.page import Outcome, Reading
from loaders.storing.databases.salvage import salvage
from loaders.storing.databases.sqlite_database import SqliteDatabase, is_sound
from loaders.storing.truth.catalog import Catalog, StoredChunk
from loaders.storing.truth.ledger import Ledger
from loaders.storing.truth.records import DocumentRecord
from tests.words import make_chunks

DOCUMENTS = [DocumentRecord(f"{number:03}.pdf", f"sha{number}") for number in range(40)]
TEXT = "The dues of the inner harbour rose by a tenth. " * 20


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    database = SqliteDatabase(path)
    for record in DOCUMENTS:
        chunks = make_chunks(record.name, *(f"{record.name} {n} {TEXT}" for n in range(5)))
        rows = [StoredChunk.of(chunk, chunk.page_content) for chunk in chunks]
        Catalog(database).replace(record, rows, [b""] * 5)
        Ledger(database).record(record, Reading(0, Outcome.OK, record.name, "local"), record.sha256)
    database.set_meta("collection", "mine")
    database.close()
    return path


def kept_of(path: Path) -> tuple[int, int, int]:
    database = SqliteDatabase(path)
    ledger = Ledger(database)
    readings = sum(ledger.reading(record.sha256) is not None for record in DOCUMENTS)
    found = len(Catalog(database).documents()), Catalog(database).count(), readings
    database.close()
    return found


def test_of_a_sound_file_all_is_kept_and_the_indexes_are_made_again(library: Path) -> None:
    beside = salvage(library)
    assert kept_of(library) == (40, 200, 40)
    assert beside.exists()
    database = SqliteDatabase(library)
    assert database.meta("collection") != "mine"
    database.close()


def test_what_stands_beside_the_damage_is_kept(library: Path) -> None:
    content = bytearray(library.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 16384] = b"\xff" * 16384
    library.write_bytes(content)
    assert not is_sound(library)
    salvage(library)
    assert is_sound(library)
    documents, chunks, readings = kept_of(library)
    assert documents >= 20
    assert chunks >= 100
    assert readings >= 20


def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError):
        salvage(path)
    assert path.read_bytes().startswith(b"no database")
