"""Where conversations are kept: SQLite in the library's folder, or Postgres by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from loaders.errors import LibraryError
from pagewise.checkpointers.sqlite_checkpointer import open_sqlite


def open_threads(home: Path, database_url: str = "") -> BaseCheckpointSaver[Any]:
    """The checkpointer of a library; its `conn` is for the caller to close.

    Raises:
        LibraryError: The file is damaged, or the server cannot be reached; history is never
            dropped in silence.
    """
    if not database_url:
        return open_sqlite(home / "threads.sqlite")
    try:
        from pagewise.checkpointers.postgres_checkpointer import open_postgres
    except ImportError as error:
        raise LibraryError(
            "DATABASE_URL needs the Postgres checkpointer: pip install 'pagewise[postgres]'"
        ) from error
    return open_postgres(database_url)
