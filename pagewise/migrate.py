"""`migrate`: a library and its conversations move from their folder into Postgres."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple

from loaders.errors import LibraryError, UsageError
from pagewise.checkpointers.open_checkpointer import open_threads


def copy_to(home: Path, url: str) -> dict[str, int]:
    """Copy all that is in the folder, which stays as it is; how many rows of each kind.

    Raises:
        UsageError: The address is none of a Postgres, or the extra is not installed.
        LibraryError: See `loaders.storing.databases.migration`.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError("migrate --to takes postgresql://user:password@host:5432/database")
    try:
        from loaders.storing.databases.migration import moved
    except ImportError as error:
        raise UsageError("`migrate` needs: pip install 'pagewise[postgres]'") from error
    if not (home / "threads.sqlite").exists():
        return moved(home, url)
    old, new = open_threads(home), open_threads(home, url)
    with closing(old.conn), closing(new.conn):  # type: ignore[attr-defined]
        if next(new.list(None, limit=1), None):
            told = "there are conversations at the other end; move to another ?schema=…"
            raise LibraryError(told)
        return moved(home, url) | {"conversations": _moved_threads(old, new)}


def _moved_threads(old: BaseCheckpointSaver[Any], new: BaseCheckpointSaver[Any]) -> int:
    names = {one.config["configurable"]["thread_id"] for one in old.list(None)}
    for name in sorted(names):
        for state in reversed([*old.list({"configurable": {"thread_id": name}})]):
            _put(new, state)
            arrived = new.get_tuple(state.config)
            if arrived is None or arrived.checkpoint != state.checkpoint:
                raise LibraryError(f"conversation {name} arrived with other contents")
    return len(names)


def _put(new: BaseCheckpointSaver[Any], state: CheckpointTuple) -> None:
    known = state.config["configurable"]
    before = (state.parent_config or {}).get("configurable", {}).get("checkpoint_id")
    place = {"thread_id": known["thread_id"], "checkpoint_ns": known.get("checkpoint_ns", "")}
    parent = place | ({"checkpoint_id": before} if before else {})
    versions = state.checkpoint["channel_versions"]
    new.put({"configurable": parent}, state.checkpoint, state.metadata, versions)
    for task, channel, value in state.pending_writes or ():
        new.put_writes(state.config, [(channel, value)], task)
