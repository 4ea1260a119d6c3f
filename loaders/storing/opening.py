"""Which database a library is in, and whose turn it is to write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from loaders.storing.databases.database import Database, Snapshot
from loaders.storing.databases.lock import WAIT, LibraryLock
from loaders.storing.databases.sqlite_database import SqliteDatabase, SqliteSnapshot

if TYPE_CHECKING:
    from loaders.storing.databases.postgres_lock import PostgresLock
    from loaders.storing.search.word_replica import WordReplica


Truth = TypeVar("Truth", bound=Database)


class Opened(NamedTuple, Generic[Truth]):
    """A library's truth, the turn to write it, and how far the words of this machine are."""

    database: Truth
    lock: LibraryLock | PostgresLock
    replica: WordReplica | None = None
    """Of SQLite none is needed: words are written by whoever writes the file."""


def opened(home: Path, holder: str, chroma_url: str, database_url: str) -> Opened[Database]:
    """Open or make it; without a Chroma server it is held until the lock is released.

    Raises:
        LibraryError: Another process holds it, or it cannot be opened.
    """
    lock = LibraryLock(home, holder)
    if database_url:
        return _in_postgres(home, lock, holder, chroma_url, database_url)
    lock.acquire(WAIT if chroma_url else 0)
    try:
        database = SqliteDatabase(home / "library.sqlite")
    except BaseException:
        lock.release()
        raise
    if chroma_url:
        lock.release()
    return Opened(database, lock)


def _in_postgres(
    home: Path, home_lock: LibraryLock, holder: str, chroma_url: str, database_url: str
) -> Opened[Database]:
    from loaders.storing.databases.postgres_database import PostgresDatabase  # noqa: PLC0415 - an extra
    from loaders.storing.databases.postgres_lock import PostgresLock  # noqa: PLC0415
    from loaders.storing.search.word_replica import WordReplica  # noqa: PLC0415

    database: Database = (made := PostgresDatabase(database_url, holder))
    lock = PostgresLock(made, home_lock)
    try:
        if not chroma_url:
            lock.acquire()
    except BaseException:
        database.close()
        raise
    return Opened(database, lock, WordReplica(home / "words", database, home_lock))


def opened_to_read(home: Path, database_url: str) -> Opened[Snapshot]:
    """Open it without holding it."""
    lock = LibraryLock(home)
    if not database_url:
        return Opened(SqliteSnapshot(home / "library.sqlite"), lock)
    from loaders.storing.databases.postgres_database import PostgresSnapshot  # noqa: PLC0415
    from loaders.storing.databases.postgres_lock import PostgresLock  # noqa: PLC0415
    from loaders.storing.search.word_replica import WordReplica  # noqa: PLC0415

    snapshot = PostgresSnapshot(database_url)
    replica = WordReplica(home / "words", snapshot, lock)
    return Opened(snapshot, PostgresLock(snapshot, lock), replica)
