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


class SqliteThreads(ErrorTranslatingSaver, SqliteSaver):
    """Conversations in a file."""

    path: Path
    failures = (sqlite3.Error,)

    def told(self, error: Exception) -> LibraryError:
        why = str(error) or type(error).__name__
        return LibraryError(
            f"{self.path}: the conversation cannot be read or kept ({why}); free some space if "
            "the disk is full, go on without --thread, or move the file away to start anew"
        )


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
        raise LibraryError(
            f"{path}: conversations cannot be opened ({error}); move the file away to start "
            "anew, or choose another folder with --home"
        ) from error
    return saver
