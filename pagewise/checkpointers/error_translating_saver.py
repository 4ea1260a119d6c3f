"""Between the graph and any checkpointer: what goes wrong in it is told in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from loaders.errors import LibraryError

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError)
"""What decoding a damaged state may raise."""


def data_only() -> JsonPlusSerializer:
    """Reads states as data: no pickle, no class that a file or a database may name."""
    return JsonPlusSerializer(pickle_fallback=False, allowed_msgpack_modules=None)


class ErrorTranslatingSaver(BaseCheckpointSaver[Any]):
    """Before a checkpointer: what goes wrong in it is told in one line.

    These are the calls of a graph that is invoked or streamed, never awaited.
    """

    failures: ClassVar[tuple[type[Exception], ...]]
    """What the database raises."""

    def told(self, error: Exception) -> LibraryError:
        """The line for it."""
        raise NotImplementedError

    def get_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        with self._translated(*UNREADABLE):
            found = super().get_tuple(config)
            if found:
                state = found.checkpoint
                parts = state["channel_values"], state["channel_versions"], state["versions_seen"]
                if not all(isinstance(part, dict) for part in parts):
                    raise ValueError("it holds no state")
            return found

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        with self._translated():
            return super().put(config, checkpoint, metadata, new_versions)

    def put_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        with self._translated():
            super().put_writes(config, writes, task_id, task_path)

    @contextmanager
    def _translated(self, *more: type[Exception]) -> Iterator[None]:
        try:
            yield
        except (*self.failures, *more) as error:
            # A URL holds a password, and psycopg repeats parts of it: the cause is not shown.
            raise self.told(error) from None
