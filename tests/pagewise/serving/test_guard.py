"""The guard before a small application, driven as a server drives it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from loaders.errors import UsageError
from pagewise.serving.guard import Guard, Limits, is_loopback, require_key
from pagewise.web.access import Access

KEY = "correct horse battery"


async def echo(scope: Any, receive: Any, send: Any) -> None:
    body = (await receive())["body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def slow(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(5)


async def slow_stream(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"event: data\r\n", "more_body": True})
    await asyncio.sleep(5)


async def broken(scope: Any, receive: Any, send: Any) -> None:
    raise ZeroDivisionError("secret")


def ask(
    app: Callable[[Any, Any, Any], Awaitable[None]],
    *pieces: bytes,
    is_complete: bool = True,
    key: str = "",
    path: str = "/",
    limits: Limits | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes, int]:
    """Send a request in pieces; its status, its body, and how many pieces were read."""
    arriving = list(pieces or [b""])
    expected, sent = len(arriving), list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        if not arriving:
            await asyncio.sleep(5)
        body = arriving.pop(0)
        return {
            "type": "http.request",
            "body": body,
            "more_body": bool(arriving) or not is_complete,
        }

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    named = {"host": "localhost:8000", **(headers or {})}
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }
    guard: Any = Guard(app, Access(key) if key else None, limits=limits)
    asyncio.run(guard(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body, expected - len(arriving)


def test_a_body_arrives_whole() -> None:
    assert ask(echo, b"ab", b"cd", b"e") == (200, b"abcde", 3)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("", 401),
        (f"Bearer {KEY}", 200),
        (f"bearer  {KEY} ", 200),
        (f"Bearer {KEY}!", 401),
        (f"Basic {KEY}", 401),
        (KEY, 401),
        ("Bearer", 401),
        ("Bearer é", 401),
    ],
)
def test_the_key_is_asked_for_before_anything_is_read(sent: str, status: int) -> None:
    answered, _, read = ask(echo, b"question", key=KEY, headers={"authorization": sent})
    assert answered == status
    assert read == (1 if status == 200 else 0)


def test_health_is_told_without_a_key() -> None:
    assert ask(echo, key=KEY, path="/health")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "127.0.0.1:8000"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "localhost.evil.example:8000"}, 403),
        ({"host": ""}, 403),
        ({"origin": "http://localhost:8000"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://localhost:9000"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_pages_of_other_sites_cannot_ask_through_a_browser(
    headers: dict[str, str], status: int
) -> None:
    assert ask(echo, headers=headers)[0] == status


def test_with_a_key_any_name_of_the_server_will_do() -> None:
    headers = {"host": "answers.example", "authorization": f"Bearer {KEY}"}
    assert ask(echo, key=KEY, headers=headers)[0] == 200


def test_what_is_declared_too_large_is_not_read() -> None:
    status, body, read = ask(echo, b"x", headers={"content-length": str(10**9)})
    assert (status, read) == (413, 0)
    assert json.loads(body)["error"]["type"] == "TooLarge"


def test_what_turns_out_too_large_is_not_read_to_its_end() -> None:
    status, _, read = ask(echo, b"123456", b"7890ab", b"c", limits=Limits(body_bytes=10))
    assert (status, read) == (413, 2)


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    status, _, read = ask(echo, b"ab", is_complete=False, limits=Limits(body_s=0.1))
    assert (status, read) == (408, 1)


def test_an_answer_that_takes_too_long_is_cut_with_a_cause() -> None:
    status, body, _ = ask(slow, limits=Limits(answer_s=0.1))
    assert status == 504
    assert json.loads(body) == {
        "error": {"type": "OutOfTime", "message": "no answer after 0.1 seconds"}
    }


def test_a_stream_that_takes_too_long_ends_with_an_error_event() -> None:
    status, body, _ = ask(slow_stream, limits=Limits(answer_s=0.1))
    assert status == 200
    assert body.startswith(b"event: data\r\nevent: error\r\ndata: {")
    assert b"no answer after 0.1 seconds" in body


def test_an_unexpected_failure_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    status, body, _ = ask(broken)
    assert status == 500
    assert b"secret" not in body
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.8.8.8", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.7", False),
        ("example.org", False),
    ],
)
def test_only_this_machine_is_listened_to_without_a_key(host: str, is_ours: bool) -> None:
    assert is_loopback(host) == is_ours
    require_key(host, KEY)
    if not is_ours:
        with pytest.raises(UsageError, match="PAGEWISE_SERVER_KEY"):
            require_key(host, "")


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(UsageError, match="too short"):
        require_key("127.0.0.1", "secret")
