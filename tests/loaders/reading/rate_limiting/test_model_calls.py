from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from loaders.reading.rate_limiting.model_calls import (
    OutOfTime,
    Stopped,
    in_time,
    nobody_waits,
    pieces_in_time,
    watched,
)

PATIENCE_S = 30.0


def test_pieces_come_as_they_are_made() -> None:
    assert list(pieces_in_time(lambda: iter("abc"))) == ["a", "b", "c"]
    assert in_time(lambda: 5) == 5


def test_what_fails_in_the_thread_fails_where_it_is_waited_for() -> None:
    def made() -> Iterator[str]:
        yield "a"
        raise ValueError("broke off")

    found = pieces_in_time(made)
    assert next(found) == "a"
    with pytest.raises(ValueError, match="broke off"):
        next(found)


def test_the_whole_call_has_a_limit() -> None:
    go_on = threading.Event()
    with pytest.raises(OutOfTime, match=r"no whole answer after 0\.05 seconds"):
        in_time(lambda: go_on.wait(PATIENCE_S), seconds=0.05)
    go_on.set()


def test_a_failure_at_the_limit_is_the_limits() -> None:
    def late() -> None:
        time.sleep(0.03)
        raise ConnectionError("cut")

    with pytest.raises(OutOfTime):
        in_time(late, seconds=0.03)


@pytest.mark.parametrize("is_told_by_context", [False, True])
def test_who_has_left_ends_the_call(is_told_by_context: bool) -> None:
    left, go_on = threading.Event(), threading.Event()
    left.set()
    token = nobody_waits.set(left if is_told_by_context else None)
    try:
        with pytest.raises(Stopped):
            in_time(lambda: go_on.wait(PATIENCE_S), stop=None if is_told_by_context else left)
    finally:
        nobody_waits.reset(token)
        go_on.set()


def test_a_call_that_is_left_loses_its_connection() -> None:
    ours, theirs = socket.socketpair()
    has_ended, left = threading.Event(), threading.Event()

    def read() -> bytes:
        stream = SimpleNamespace(get_extra_info=lambda name: ours)
        told = watched(SimpleNamespace(extensions={"network_stream": stream}))
        assert told is not None
        left.set()
        try:
            return ours.recv(1)
        finally:
            has_ended.set()

    with ours, theirs:
        with pytest.raises(Stopped):
            in_time(read, stop=left)
        assert has_ended.wait(PATIENCE_S)


def test_a_response_outside_of_a_call_is_nobodys_and_can_be_awaited() -> None:
    assert list(watched(SimpleNamespace(extensions={})).__await__()) == []
