"""Clients that send half, read nothing, or hang up: their connections end, and others get in."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, aclosing, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from pagewise.async_bridge import in_thread
from pagewise.serving.connections import KEPT_S, PatientProtocol
from pagewise.serving.guard import Guard, Limits
from tests.served import LONG_S

HALVES = [b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: localhost\r\n"]
HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Impatient(PatientProtocol):
    head_s, unread_s, most = 0.3, 0.3, 20


class Application:
    """Answers health; streams without end; or waits for ever in a thread."""

    def __init__(self) -> None:
        self.has_begun, self.has_ended = threading.Semaphore(0), threading.Semaphore(0)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if scope["path"] == "/health":
            size = [(b"content-length", b"4")]
            await send({"type": "http.response.start", "status": 200, "headers": size})
            await send({"type": "http.response.body", "body": b"well"})
            return
        try:
            if scope["path"] == "/endless":
                await self.stream_without_end(send)
            else:
                async with aclosing(in_thread(self.wait_for_ever())) as waiting:
                    async for _ in waiting:
                        continue
        finally:
            self.has_ended.release()

    async def stream_without_end(self, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        self.has_begun.release()
        while True:
            await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
            await asyncio.sleep(0)

    def wait_for_ever(self) -> Iterator[int]:
        self.has_begun.release()
        while not threading.Event().wait(0.01):
            yield 0


@pytest.fixture
def application() -> Application:
    return Application()


@contextmanager
def running(app: Any, *, timeout_keep_alive: int = 5, **limits: Any) -> Iterator[int]:
    guard: Any = Guard(app, limits=Limits(**limits))
    config = uvicorn.Config(
        guard,
        port=0,
        log_config=None,
        ws="none",
        http=Impatient,
        timeout_keep_alive=timeout_keep_alive,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        thread.join(LONG_S)


def connect(port: int, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=LONG_S)
    connection.sendall(sent)
    return connection


def drip(connection: socket.socket, end: float) -> None:
    while time.monotonic() < end:
        connection.sendall(b"x")
        try:
            if not connection.recv(1):
                raise ConnectionResetError
        except TimeoutError:
            continue


def health(port: int) -> int:
    return httpx.get(f"http://127.0.0.1:{port}/health", timeout=LONG_S).status_code


@pytest.mark.parametrize("half", HALVES, ids=["nothing", "half a line", "half a head"])
def test_half_a_head_is_waited_for_only_so_long(application: Application, half: bytes) -> None:
    with running(application) as port, connect(port, half) as connection:
        assert connection.recv(1) == b""


def test_nor_is_half_of_the_next_one(application: Application) -> None:
    with running(application) as port, connect(port, HEALTH) as connection:
        answer = b""
        while not answer.endswith(b"well"):
            answer += connection.recv(4096)
        connection.sendall(b"GET /health HT")
        assert connection.recv(1) == b""


def test_dripping_heads_do_not_help(application: Application) -> None:
    with running(application) as port, connect(port, b"GET /") as connection:
        connection.settimeout(0.02)
        end = time.monotonic() + LONG_S
        with pytest.raises(ConnectionError):
            drip(connection, end)


def test_many_who_send_nothing_keep_nobody_out(application: Application) -> None:
    with running(application) as port, ExitStack() as crowd:
        for number in range(100):
            crowd.enter_context(connect(port, HALVES[number % 3]))
            if number % 10 == 9:
                assert health(port) == 200


def test_many_who_have_had_an_answer_and_stay_keep_nobody_out(application: Application) -> None:
    with running(application, timeout_keep_alive=LONG_S) as port, ExitStack() as crowd:
        for _ in range(Impatient.most * 2):
            one = crowd.enter_context(connect(port, HEALTH))
            assert one.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_connection_is_kept_longer_than_clients_count_on_it() -> None:
    assert (httpx.Limits().keepalive_expiry or KEPT_S) < KEPT_S


def test_who_does_not_read_is_left(application: Application) -> None:
    with running(application) as port:
        with connect(port, b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            assert application.has_begun.acquire(timeout=LONG_S)
            assert application.has_ended.acquire(timeout=LONG_S)
        assert health(port) == 200


def test_an_answer_ends_with_its_client(application: Application) -> None:
    with running(application, answer_s=LONG_S * 10) as port:
        with connect(port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            assert application.has_begun.acquire(timeout=LONG_S)
        assert application.has_ended.acquire(timeout=LONG_S)


def test_health_is_told_while_all_places_are_taken(application: Application) -> None:
    with running(application, at_once=2) as port, ExitStack() as crowd:
        for _ in range(2):
            crowd.enter_context(connect(port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            assert application.has_begun.acquire(timeout=LONG_S)
        refused = httpx.get(f"http://127.0.0.1:{port}/slow", timeout=LONG_S)
        assert (refused.status_code, refused.json()["error"]["type"]) == (503, "Busy")
        assert refused.headers["retry-after"] == "5"
        assert health(port) == 200


def test_what_comes_after_the_reply_is_done() -> None:
    done = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps({}).encode()})
        await asyncio.sleep(0.05)
        done.set()

    with running(app) as port:
        assert health(port) == 200
        assert done.wait(LONG_S)
