"""Conversations in a file of the library's folder."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite import SqliteSaver

from loaders.errors import LibraryError
from pagewise.checkpointers.error_translating_saver import ErrorTranslatingSaver, data_only

BUSY_SECONDS = 5.0
"""To wait for another process's commit."""
OF_THE_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


class SqliteThreads(ErrorTranslatingSaver, SqliteSaver):
    """Conversations in a file."""

    path: Path
    failures = (sqlite3.Error,)

    def told(self, error: Exception) -> LibraryError:
        return _told(self.path, "the conversation cannot be read or kept", error)


def open_sqlite(path: Path) -> BaseCheckpointSaver[Any]:
    """The checkpointer in this file.

    Raises:
        LibraryError: The file is damaged; history is never dropped in silence.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA journal_mode=WAL")
        # A question's checkpoint may be lost with the power, never with the process: 8 times
        # faster than FULL, and SQLite's own advice for WAL.
        connection.execute("PRAGMA synchronous=NORMAL")
        saver = SqliteThreads(connection, serde=data_only())
        saver.path = path
        saver.setup()
    except (sqlite3.Error, OSError) as error:
        raise _told(path, "conversations cannot be opened", error) from error
    return saver


def _told(path: Path, what: str, error: Exception) -> LibraryError:
    """What helps depends on the cause: a full disk is not emptied by a file moved within it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the cause
    if isinstance(error, OSError) or code in OF_THE_DISK:
        advice = "free some space or change the folder's permissions"
    elif code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        advice = "wait until the program that uses it has finished"
    else:
        advice = "move the file away to start anew"
    why = str(error) or type(error).__name__
    return LibraryError(f"{path}: {what} ({why}); {advice}, or go on without --thread")
