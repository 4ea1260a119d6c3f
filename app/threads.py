"""Where conversations are kept: SQLite in the library's folder, or Postgres by URL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.errors import LibraryError

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver


def open_threads(home: Path, database_url: str = "") -> BaseCheckpointSaver[Any]:
    """The checkpointer of a library.

    Raises:
        LibraryError: The file is damaged, or the server cannot be reached; history is never
            dropped in silence.
    """
    return _postgres(database_url) if database_url else _sqlite(home / "threads.sqlite")


def _sqlite(path: Path) -> BaseCheckpointSaver[Any]:
    from langgraph.checkpoint.sqlite import SqliteSaver

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, timeout=5)
        connection.execute("PRAGMA journal_mode=WAL")
        # A question's checkpoint may be lost with the power, never with the process: 8 times
        # faster than FULL, and SQLite's own advice for WAL.
        connection.execute("PRAGMA synchronous=NORMAL")
        saver = SqliteSaver(connection)
        saver.setup()
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(
            f"{path}: conversations cannot be opened ({error}); move the file away to start "
            "anew, or choose another folder with --home"
        ) from error
    return saver


def _postgres(url: str) -> BaseCheckpointSaver[Any]:
    try:
        import psycopg
        from langgraph.checkpoint.postgres import PostgresSaver
    except ImportError as error:
        raise LibraryError(
            "DATABASE_URL needs the Postgres checkpointer: pip install 'pagewise[postgres]'"
        ) from error
    try:
        connection = psycopg.connect(
            url, autocommit=True, prepare_threshold=0, row_factory=psycopg.rows.dict_row
        )
        saver = PostgresSaver(connection)
        saver.setup()
    except psycopg.Error as error:
        # The URL holds a password, and psycopg repeats parts of it: neither is shown.
        raise LibraryError(
            f"DATABASE_URL: the server does not answer ({type(error).__name__}); "
            "check the address and that it is running"
        ) from None
    threads: BaseCheckpointSaver[Any] = saver
    return threads
