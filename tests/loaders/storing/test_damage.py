"""A disk that changes what was written: told, kept out, mended; the rest of the library stays."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from loaders.storing.databases.salvage import salvage
from loaders.storing.databases.sqlite_database import is_sound
from tests.loaders.storing.conftest import IN_A_FILE, NAMES, OpenDatabase, OpenStore, fill


def flipped(value: object) -> object:
    if isinstance(value, bytes):
        middle = len(value) // 2
        return value[:middle] + bytes([value[middle] ^ 0x10]) + value[middle + 1 :]
    if isinstance(value, str):
        return "\x01{" + value[1:]
    return 77 if value is None or isinstance(value, int | float) else value


@pytest.mark.parametrize(
    ("table", "column", "where", "told"),
    [
        ("chunks", "content", "document = 'report 3.pdf' AND ordinal = 1", "1 of 3 chunks"),
        ("chunks", "metadata", "document = 'report 3.pdf' AND ordinal = 1", "1 of 3 chunks"),
        ("chunks", "text_hash", "document = 'report 3.pdf' AND ordinal = 1", "1 of 3 chunks"),
        ("chunks", "document", "document = 'report 3.pdf' AND ordinal = 1", "1 of 3 chunks"),
        ("readings", "markup", "fingerprint = 'report 3.pdf 1'", "page 2"),
        ("readings", "audit", "fingerprint = 'report 3.pdf 1'", "page 2"),
        ("readings", "words", "fingerprint = 'report 3.pdf 1'", "page 2"),
        ("readings", "outcome", "fingerprint = 'report 3.pdf 1'", "page 2"),
        ("documents", "properties", "name = 'report 3.pdf'", "what is known of it"),
        ("documents", "pages", "name = 'report 3.pdf'", "what is known of it"),
        ("vectors", "vector", "text_hash = (SELECT text_hash FROM chunks WHERE document ="
         " 'report 3.pdf' AND ordinal = 1)", "vectors"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named_and_the_document_is_mended_when_it_is_indexed_again(
    open_store: OpenStore, filled: OpenDatabase, table: str, column: str, where: str, told: str
) -> None:
    raw = filled()
    [[value]] = raw.rows(f"SELECT {column} FROM {table} WHERE {where}")
    raw.run(f"UPDATE {table} SET {column} = ? WHERE {where}", (flipped(value),))
    with open_store() as store:
        damage = {record.name: store.damage(record) for record in store.documents()}
        assert {name: what for name, what in damage.items() if what} == {
            "report 3.pdf": damage["report 3.pdf"]
        }
        assert told in damage["report 3.pdf"]
        for name in NAMES:
            store.ledger.pages(name), store.ledger.outcomes(name), store.ledger.words(name, 1)
            assert len(store.chunks_of(name)) >= 2
        assert store.nearest("apples", 30)
        assert store.matching("apples", 30)
        fill(store, "report 3.pdf")
        assert not any(store.damage(record) for record in store.documents())
        assert store.counts() == (24, 24, 24)
    with open_store() as store:
        for name in NAMES[3:5]:
            store.remove(name)
        assert store.counts() == (18, 18, 18)


def test_a_damaged_chunk_does_not_come_back_with_a_new_index(
    open_store: OpenStore, filled: OpenDatabase, home: Path
) -> None:
    filled().run("UPDATE chunks SET metadata = 'no json' WHERE number = 5")
    (home / "words" / "meta.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        with open_store() as store:
            assert store.counts() == (23, 23, 23)
            assert len(store.matching("apples", 30)) == 23


@pytest.mark.parametrize("how", ["no SQLite", "empty", "middle", "half", "flips"])
def test_a_damaged_chroma_is_made_again(
    open_store: OpenStore, filled: OpenDatabase, home: Path, how: str
) -> None:
    path = home / "chroma" / "chroma.sqlite3"
    path.write_bytes(damaged(path.read_bytes(), how, random.Random(1)))
    with open_store() as store:
        assert store.nearest("page 1 of report 3.pdf", 1)
        fill(store, "report 9.pdf")
        store.remove("report 9.pdf")
        assert store.counts() == (24, 24, 24)


def test_a_chroma_damaged_while_it_is_open_is_made_again_by_reindex(
    open_store: OpenStore, filled: OpenDatabase, home: Path
) -> None:
    with open_store() as store:
        store.nearest("apples", 1)
        path = home / "chroma" / "chroma.sqlite3"
        path.write_bytes(bytes(path.stat().st_size))
        store.reindex()
        assert store.counts() == (24, 24, 24)
        assert store.nearest("page 1 of report 3.pdf", 1)


def damaged(data: bytes, how: str, draw: random.Random) -> bytes:
    size = len(data)
    if how == "flips":
        flips = bytearray(data)
        for _ in range(200):
            flips[draw.randrange(size)] ^= 1 << draw.randrange(8)
        return bytes(flips)
    middle = data[: size // 3] + bytes(size // 3) + data[2 * (size // 3) :]
    return {"no SQLite": b"x" * 9000, "empty": b"", "middle": middle, "half": data[: size // 2]}[
        how
    ]


@IN_A_FILE
@pytest.mark.parametrize("page", [2, 3, 5, 8, 11])
def test_a_library_with_a_page_of_zeros_is_told_and_salvaged(
    open_store: OpenStore, file: Path, page: int
) -> None:
    """A page is 16 kB here; the first is not among them: without it, it is no database."""
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    data = bytearray(file.read_bytes())
    data[page * 16384 : (page + 1) * 16384] = bytes(16384)
    file.write_bytes(data)
    assert not is_sound(file)
    kept = salvage(file)
    assert kept.exists()
    assert is_sound(file)
    with open_store() as store:
        try:
            store.mend()
        except LibraryError:  # the page held all the vectors
            store.reindex()
        lost = [name for name in NAMES if store.document(name) is None]
        hurt = [record.name for record in store.documents() if store.damage(record)]
        for name in [*lost, *hurt]:
            fill(store, name)
        assert [record.name for record in store.documents()] == NAMES
        assert not any(store.damage(record) for record in store.documents())
        assert store.counts() == (24, 24, 24)


@IN_A_FILE
def test_what_is_lost_is_not_denied(open_store: OpenStore, file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + bytes(9000))
    with pytest.raises(LibraryError) as failure:
        open_store()
    assert "nothing that was stored is lost" not in str(failure.value)
