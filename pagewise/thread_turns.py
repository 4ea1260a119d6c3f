"""Turns of one conversation come one after the other: each goes on from the answer before it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from graph.state import Json
from loaders.errors import LibraryError

WAIT = 10.0
"""Seconds for the turn before; who waits holds a thread of the server."""


class Turns:
    """A lock for each conversation that is being answered, in this process."""

    def __init__(self, wait: float = WAIT) -> None:
        self.wait = wait
        self._lock = threading.Lock()
        self._threads: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        """Those that somebody has or waits for."""

    @contextmanager
    def one_at_a_time(self, thread: str) -> Iterator[None]:
        """Hold the conversation's turn; without a name there is no conversation.

        Raises:
            LibraryError: The turn before is still being answered.
        """
        if not thread:
            yield
            return
        with self._lock:
            turn = self._threads.setdefault(thread, threading.Lock())
        if not turn.acquire(timeout=self.wait):
            raise LibraryError(
                f"the conversation {thread!r} is still being answered; ask again when it is"
            )
        try:
            yield
        finally:
            turn.release()

    def one_by_one(self, thread: str, pieces: Iterator[Json]) -> Iterator[Json]:
        """An answer's pieces, of which the first is made when the conversation's turn has come."""
        with self.one_at_a_time(thread):
            yield from pieces
