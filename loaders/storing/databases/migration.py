"""A library's way from its file into Postgres: every row once, counted and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.databases.postgres_database import PostgresDatabase
from loaders.storing.databases.postgres_tables import tables
from loaders.storing.databases.sqlite_database import SqliteSnapshot

KEYS = {
    "documents": ("name",),
    "names": ("name",),
    "readings": ("fingerprint",),
    "pages": ("sha256", "page"),
    "chunks": ("document", "ordinal"),
    "vectors": ("model", "text_hash"),
}
"""The tables that are moved, with the order in which they are read."""
META = ("embedding_model", "embedding_dimension", "profiles")
"""What the library knows of itself; its indexes are made again where it is now."""
AT_ONCE = 1000


def moved(home: Path, url: str) -> dict[str, int]:
    """Copy the library of a folder, which stays as it is; how many rows of each table.

    Raises:
        LibraryError: There is none, or it is in use or of an earlier version; or there is one at
            the other end; or what arrived there is not what left here: then nothing stays there.
    """
    file = home / "library.sqlite"
    if not file.exists():
        raise LibraryError(f"{home}: no library is there; name its folder with --home")
    with LibraryLock(home, "migrate").held(0):
        old, new = SqliteSnapshot(file), PostgresDatabase(url, "migrate")
        try:
            _require_current(old, home)
            with new.transaction():
                _require_empty(new)
                for key in META:
                    new.set_meta(key, old.meta(key))
                return {table: _copied(old, new, table) for table in KEYS}
        finally:
            old.close()
            new.close()


def _require_current(old: SqliteSnapshot, home: Path) -> None:
    if not old.is_current:
        raise LibraryError(
            f"{home}: the library is of an earlier version; run `doctor` without DATABASE_URL, "
            "which brings it up to date, and `migrate` again"
        )


def _require_empty(new: PostgresDatabase) -> None:
    for table in KEYS:
        if new.rows(f"SELECT 1 FROM {table} LIMIT 1"):
            raise LibraryError(
                f"the library in schema {new.schema} is not empty (it has {table}); move to "
                "another one, with ?schema=… at the end of the address"
            )


def _copied(old: Database, new: Database, table: str) -> int:
    names = [one.name for one in tables().tables[table].columns if one.name != "number"]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    for rows in _batches(old, table, names):
        new.run_many(statement, rows)
    left, arrived = _digest(old, table, names), _digest(new, table, names)
    if left != arrived:
        raise LibraryError(
            f"{table}: {arrived[0]} of {left[0]} rows arrived, or with other contents; nothing was "
            "moved"
        )
    return left[0]


def _batches(database: Database, table: str, names: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    return database.batches(", ".join(names), table, ", ".join(KEYS[table]), AT_ONCE)


def _digest(database: Database, table: str, names: list[str]) -> tuple[int, str]:
    """How many rows there are, and the SHA-256 of all their values."""
    count, digest = 0, hashlib.sha256()
    for rows in _batches(database, table, names):
        count += len(rows)
        digest.update(repr(rows).encode("utf-8", "backslashreplace"))
    return count, digest.hexdigest()
