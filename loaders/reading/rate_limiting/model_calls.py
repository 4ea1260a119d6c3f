"""A call to a model has a thread of its own: who waits for it can leave, and all its time counts.

Client libraries limit each step of a call: a service that sends a byte every two seconds would hold
its caller for ever. Here the whole is limited, and a call that nobody waits for ends with its
connection, as soon as the service has begun to answer.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar, copy_context
from typing import Any, Generic, TypeVar

from loaders.errors import ModelError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

LONGEST_S = 240.0
"""Of a call whose caller names no limit."""
_LOOK_S = 0.1
"""Whoever waits looks this often whether it still should."""

nobody_waits: ContextVar[threading.Event | None] = ContextVar("nobody_waits", default=None)
"""Set by who answers a question: once the event is, no call for that answer goes on."""


class Stopped(ModelError):
    """Whoever asked does not want the answer any more."""

    def __init__(self) -> None:
        super().__init__("stopped before the answer came; what was read is kept")


class OutOfTime(Exception):
    """The whole call took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no whole answer after {seconds:g} seconds")


class _Call(Generic[Piece]):
    """Pieces that one thread makes for another."""

    def __init__(self, make: Callable[[], Iterator[Piece]], seconds: float) -> None:
        self.seconds, self.end = seconds, time.monotonic() + seconds
        self._made: queue.SimpleQueue[tuple[Piece] | BaseException | None] = queue.SimpleQueue()
        self._lock, self._is_over = threading.Lock(), False
        self._connection: socket.socket | None = None
        run = copy_context().run
        threading.Thread(target=run, args=(self._make, make), name="model", daemon=True).start()

    def _make(self, make: Callable[[], Iterator[Piece]]) -> None:
        _under_way.set(self)
        try:
            for piece in make():
                if self._is_over:
                    return
                self._made.put((piece,))
            self._made.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._made.put(error)

    def next(self, stops: list[threading.Event]) -> tuple[Piece] | None:
        """Wait for a piece; none when there are no more.

        Raises:
            Stopped: Nobody waits any more.
            OutOfTime: All pieces together have taken too long.
        """
        while not any(stop.is_set() for stop in stops):
            left = self.end - time.monotonic()
            try:
                made = self._made.get(timeout=min(_LOOK_S, max(left, 0.001)))
            except queue.Empty:
                if left <= 0:
                    raise OutOfTime(self.seconds) from None
                continue
            if isinstance(made, BaseException):
                if left <= _LOOK_S and isinstance(made, Exception):
                    raise OutOfTime(self.seconds) from made
                raise made
            return made
        raise Stopped

    def runs_over(self, connection: socket.socket) -> None:
        """This is where its answer comes from; cut at once if nobody waits any more."""
        with self._lock:
            self._connection = connection
            is_over = self._is_over
        if is_over:
            self.leave()

    def leave(self) -> None:
        """Wait no more: whatever the thread reads from ends now."""
        with self._lock:
            self._is_over, connection = True, self._connection
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


_under_way: ContextVar[_Call[Any] | None] = ContextVar("_under_way", default=None)


def pieces_in_time(
    make: Callable[[], Iterator[Piece]],
    seconds: float = LONGEST_S,
    stop: threading.Event | None = None,
) -> Iterator[Piece]:
    """The pieces of one answer, as they come, while somebody waits and there is time."""
    stops = [event for event in (stop, nobody_waits.get()) if event is not None]
    call, is_whole = _Call(make, seconds), False
    try:
        while (made := call.next(stops)) is not None:
            yield made[0]
        is_whole = True
    finally:
        if not is_whole:
            call.leave()


def in_time(
    ask: Callable[[], Result], seconds: float = LONGEST_S, stop: threading.Event | None = None
) -> Result:
    """One answer, whole."""
    [result] = pieces_in_time(lambda: iter((ask(),)), seconds, stop)
    return result


class _Nothing:
    """What a hook returns, also to a client that awaits it."""

    def __await__(self) -> Iterator[None]:
        return iter(())


def watched(response: Any) -> _Nothing:
    """A hook for clients of httpx's kind: over which connection the answer comes is known now."""
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream else None
    if (call := _under_way.get()) is not None and isinstance(connection, socket.socket):
        call.runs_over(connection)
    return _Nothing()
