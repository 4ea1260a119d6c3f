"""Where conversations are kept: SQLite in the library's folder, or Postgres by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from loaders.errors import LibraryError

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig

BUSY_SECONDS = 5.0
"""To wait for another process's commit."""
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError)
"""What decoding a damaged state may raise."""
PARTS: tuple[Literal["channel_values", "channel_versions", "versions_seen"], ...] = (
    "channel_values",
    "channel_versions",
    "versions_seen",
)


def open_threads(home: Path, database_url: str = "") -> BaseCheckpointSaver[Any]:
    """The checkpointer of a library; its `conn` is for the caller to close.

    Raises:
        LibraryError: The file is damaged, or the server cannot be reached; history is never
            dropped in silence.
    """
    if not database_url:
        return _sqlite(home / "threads.sqlite")
    try:
        from app.postgres_threads import open_postgres
    except ImportError as error:
        raise LibraryError(
            "DATABASE_URL needs the Postgres checkpointer: pip install 'pagewise[postgres]'"
        ) from error
    return open_postgres(database_url)


def data_only() -> JsonPlusSerializer:
    """Reads states as data: no pickle, no class that a file or a database may name."""
    return JsonPlusSerializer(pickle_fallback=False, allowed_msgpack_modules=None)


class ToldSaver(BaseCheckpointSaver[Any]):
    """Before a checkpointer: what goes wrong in it is told in one line.

    These are the calls of a graph that is invoked or streamed, never awaited.
    """

    failures: ClassVar[tuple[type[Exception], ...]]
    """What the database raises."""

    def told(self, error: Exception) -> LibraryError:
        """The line for it."""
        raise NotImplementedError

    def get_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The latest state of a conversation."""
        with self._translated(*UNREADABLE):
            found = super().get_tuple(config)
            if found and not all(isinstance(found.checkpoint[part], dict) for part in PARTS):
                raise ValueError("it holds no state")
            return found

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a state."""
        with self._translated():
            return super().put(config, checkpoint, metadata, new_versions)

    def put_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        """Keep what a step wrote."""
        with self._translated():
            super().put_writes(config, writes, task_id, task_path)

    @contextmanager
    def _translated(self, *more: type[Exception]) -> Iterator[None]:
        try:
            yield
        except (*self.failures, *more) as error:
            # A URL holds a password, and psycopg repeats parts of it: the cause is not shown.
            raise self.told(error) from None


class SqliteThreads(ToldSaver, SqliteSaver):
    """Conversations in a file."""

    path: Path
    failures = (sqlite3.Error,)

    def told(self, error: Exception) -> LibraryError:
        why = str(error) or type(error).__name__
        return LibraryError(
            f"{self.path}: the conversation cannot be read or kept ({why}); free some space if "
            "the disk is full, go on without --thread, or move the file away to start anew"
        )


def _sqlite(path: Path) -> BaseCheckpointSaver[Any]:
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
