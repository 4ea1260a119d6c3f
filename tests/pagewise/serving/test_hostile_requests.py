"""Requests that no honest client sends are refused with a cause; none is an unexpected failure."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from langserve.lzstring import LZString

from pagewise.library import Library
from pagewise.serving.server import build_app
from tests.pagewise.serving.conftest import REVENUE
from tests.served import LONG_S, running

pytestmark = pytest.mark.filterwarnings(
    "ignore:Accessing the 'model_fields' attribute:DeprecationWarning"
)


@pytest.fixture(scope="module")
def url(small_library: Library) -> Iterator[str]:
    with running(build_app(small_library)) as url:
        yield url


def status_of(url: str, head: bytes) -> int:
    address = ("127.0.0.1", int(url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(head + b"\r\n\r\n")
        return int(connection.recv(4096).split()[1])


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/pagewise/playground/%00",
        "/pagewise/playground/%1b%5b2J",
        f"/pagewise/playground/{'a' * 300}",
        f"/{'a' * 5000}",
        "/%ff%fe",
        "/pagewise/playground/%2e%2e/%2e%2e/server.py",
        "/pagewise/c/%00/playground/",
    ],
)
def test_what_is_no_address_is_nowhere(url: str, path: str) -> None:
    assert status_of(url, f"GET {path} HTTP/1.1\r\nHost: localhost".encode()) == 404


@pytest.mark.parametrize("host", ["[::1", "[", "a]b", "[x]"])
def test_a_host_that_is_none_is_a_bad_request(url: str, host: str) -> None:
    assert status_of(url, f"GET /health HTTP/1.1\r\nHost: {host}".encode()) in {400, 403}
    origin = f"GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://{host}"
    assert status_of(url, origin.encode()) in {400, 403}


@pytest.mark.parametrize("length", ["-1", "+5", "1_0", "9" * 30, "9" * 5000, "x", "٣"])
def test_a_length_that_is_none_is_refused(url: str, length: str) -> None:
    head = f"POST /pagewise/invoke HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}"
    assert status_of(url, head.encode()) in {400, 413}


@pytest.mark.parametrize("route", ["invoke", "stream", "stream_log", "stream_events", "batch"])
@pytest.mark.parametrize(
    ("part", "cause"),
    [
        (b'{"question": "\xff\xfe"}', "not UTF-8"),
        (b'{"question": "\\ud800"}', "half of a character"),
        (b'{"question": "a", "document": "\\udfff"}', "half of a character"),
        (b'{"question": "a", "samples": ' + b"9" * 5000 + b"}", "5000 digits"),
        (b'{"question": "a", "samples": 1' + b"0" * 99 + b"}", "100 digits"),
    ],
    ids=["bytes", "half a sign", "half a name", "a huge number", "a large number"],
)
def test_what_nobody_can_read_is_refused_with_its_cause(
    url: str, route: str, part: bytes, cause: str
) -> None:
    body = b'{"inputs": [%b]}' % part if route == "batch" else b'{"input": %b}' % part
    reply = httpx.post(f"{url}/pagewise/{route}", content=body, timeout=LONG_S)
    assert reply.status_code == 422
    assert cause in reply.json()["error"]["message"]


def test_the_playground_can_name_a_thread(url: str, small_library: Library) -> None:
    config = json.dumps({"configurable": {"thread_id": "played"}})
    config_hash = LZString.compressToEncodedURIComponent(config)  # type: ignore[no-untyped-call]
    asked = httpx.post(
        f"{url}/pagewise/c/{config_hash}/invoke", json={"input": REVENUE}, timeout=LONG_S
    )
    assert asked.status_code == 200
    kept = small_library.threaded_graph.get_state({"configurable": {"thread_id": "played"}})
    assert len(kept.values["history"]) == 1


@pytest.mark.parametrize("config_hash", ["x", "N4XyA", "%7B%7D", "a" * 400, "%22"])
def test_a_config_that_is_none_is_no_failure(url: str, config_hash: str) -> None:
    asked = httpx.post(
        f"{url}/pagewise/c/{config_hash}/invoke", json={"input": REVENUE}, timeout=LONG_S
    )
    assert asked.status_code < 500
