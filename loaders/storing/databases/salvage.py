"""A library whose file is damaged: what can still be read of it goes into a new one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from loaders.errors import LibraryError
from loaders.storing.databases.sqlite_database import SqliteDatabase

KEYS = {
    "documents": "name",
    "pages": "sha256, page",
    "readings": "fingerprint",
    "meta": "key",
    "names": "name",
}
"""Of tables that are kept in the order of their keys."""
ROWS = ("chunks", "vectors")
MAGIC = b"SQLite format 3\0"
MOST_MISSING = 1000
"""Times what is there; a head that says more is damaged itself."""
AT_ONCE = 1000
LEAST_ROW = 50
"""Bytes: a file holds no more rows than that."""


def salvage(path: Path) -> Path:
    """Put a new file in the place of a damaged one, which is kept beside it.

    The new one is empty if nothing can be read.

    Raises:
        LibraryError: It is no library, or the disk is full.
    """
    made, kept = path.with_suffix(".salvaged"), path.with_suffix(".damaged")
    made.unlink(missing_ok=True)
    shutil.copy2(path, kept)
    _lengthen(path)
    new = SqliteDatabase(made)
    try:
        _salvage(path, new)
    finally:
        new.close()
    for beside in ("-wal", "-shm"):  # they belong to the damaged one
        path.with_name(path.name + beside).unlink(missing_ok=True)
    made.replace(path)
    return kept


def _lengthen(path: Path) -> None:
    """SQLite opens no file that is shorter than its head says, whatever stands in the rest."""
    with path.open("r+b") as file:
        head = file.read(32)
        pages, page_bytes = head[28:32], head[16:18].replace(b"\0\1", b"\1\0\0")
        size = int.from_bytes(pages, "big") * int.from_bytes(page_bytes, "big")
        is_cut = path.stat().st_size < size <= MOST_MISSING * path.stat().st_size
        if head.startswith(MAGIC) and is_cut:
            file.truncate(size)


def _salvage(path: Path, new: SqliteDatabase) -> None:
    try:
        old = SqliteDatabase(path)
    except LibraryError:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise
        return
    try:
        _copy(old, new, path.stat().st_size // LEAST_ROW)
    finally:
        old.close()


def _copy(old: SqliteDatabase, new: SqliteDatabase, most_rows: int) -> None:
    with new.transaction():
        for table in ROWS:
            _put(new, table, _in_range(old, table, 1, most_rows))
        for table in KEYS:
            for downwards in (False, True):
                _put(new, table, _until_damage(old, table, downwards=downwards))
        # What stands between two damaged places is found by its key, where that is known.
        _put(new, "documents", _named(old, "documents", new.rows("SELECT document FROM chunks")))
        _put(new, "readings", _named(old, "readings", new.rows("SELECT fingerprint FROM pages")))
        new.set_meta("collection", "of the damaged library")  # the indexes are made again


def _put(new: SqliteDatabase, table: str, rows: Iterator[Sequence[Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        new.run(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)


def _in_range(old: SqliteDatabase, table: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """The rows of these numbers; where they cannot be read, those of each half."""
    statement = f"SELECT * FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ?"
    try:
        rows = old.rows(statement, (first, last)) if last - first < AT_ONCE else None
    except LibraryError:
        rows = [] if first == last else None
    if rows is not None:
        yield from rows
        return
    middle = (first + last) // 2
    yield from _in_range(old, table, first, middle)
    yield from _in_range(old, table, middle + 1, last)


def _until_damage(old: SqliteDatabase, table: str, *, downwards: bool) -> Iterator[tuple[Any, ...]]:
    """In the order of the keys: many at once, then one by one to the damaged place."""
    parts = KEYS[table].split(", ")
    sign, order = ("<", " DESC") if downwards else (">", "")
    ordered = ", ".join(part + order for part in parts)
    beyond, values, count = "", (), AT_ONCE
    while True:
        try:
            rows = old.rows(
                f"SELECT {KEYS[table]}, * FROM {table} {beyond} ORDER BY {ordered} LIMIT {count}",
                values,
            )
        except LibraryError:
            if count == 1:
                return
            count = 1
            continue
        yield from (row[len(parts) :] for row in rows)
        if len(rows) < count:
            return
        values = rows[-1][: len(parts)]
        beyond = f"WHERE ({KEYS[table]}) {sign} ({', '.join('?' * len(parts))})"


def _named(
    old: SqliteDatabase, table: str, keys: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    for key in dict.fromkeys(keys):
        try:
            yield from old.rows(f"SELECT * FROM {table} WHERE {KEYS[table]} = ?", key)
        except LibraryError:
            continue
