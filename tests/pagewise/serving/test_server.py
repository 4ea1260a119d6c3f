"""The real server on loopback, asked by LangServe's own client and by sockets that misbehave."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import subprocess
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import httpx
import pytest
from langserve import RemoteRunnable

from loaders.errors import UsageError
from pagewise.library import Library
from pagewise.serving.server import build_app, serve
from tests.pagewise.serving.conftest import PEOPLE, REVENUE, timeless
from tests.served import LONG_S, running

pytestmark = pytest.mark.filterwarnings(
    "ignore:Accessing the 'model_fields' attribute:DeprecationWarning"
)


KEY = "correct horse battery"


def test_an_answer_over_http_is_the_librarys(
    remote: RemoteRunnable[Any, Any], small_library: Library
) -> None:
    answer = remote.invoke(REVENUE)
    assert "12.5 million" in answer["answer"]
    assert (answer["citations"][0]["document"], answer["citations"][0]["page"]) == ("report.pdf", 1)
    asked = small_library.ask(REVENUE["question"])
    assert timeless(answer) == timeless(asked.model_dump(mode="json"))


def test_answers_come_in_the_order_of_the_questions(remote: RemoteRunnable[Any, Any]) -> None:
    answers = remote.batch([REVENUE, PEOPLE] * 4)
    assert [("340" in answer["answer"]) for answer in answers] == [False, True] * 4


def test_a_stream_brings_words_then_citations_and_adds_up_to_the_answer(
    remote: RemoteRunnable[Any, Any],
) -> None:
    pieces = list(remote.stream(REVENUE))
    words = [piece["answer"] for piece in pieces if set(piece) == {"answer"}]
    assert len(words) > 3
    assert [set(piece) for piece in pieces].index({"citations"}) == len(words)
    assert timeless(reduce(add, pieces)) == timeless(remote.invoke(REVENUE))
    assert "employs" not in json.dumps(pieces)


def test_a_thread_is_kept_when_the_client_names_one(
    remote: RemoteRunnable[Any, Any], small_library: Library
) -> None:
    config: Any = {"configurable": {"thread_id": "kept over http"}}
    remote.invoke(REVENUE, config)
    list(remote.stream(PEOPLE, config))
    history = small_library.threaded_graph.get_state(config).values["history"]
    assert [turn[0] for turn in history] == [REVENUE["question"], PEOPLE["question"]]


def test_events_tell_of_every_step(remote: RemoteRunnable[Any, Any]) -> None:
    async def names() -> list[tuple[str, str]]:
        return [
            (event["event"], event["name"])
            async for event in remote.astream_events(REVENUE, include_types=["chain", "retriever"])
        ]

    seen = asyncio.run(names())
    assert ("on_retriever_end", "HybridRetriever") in seen
    steps = [name for kind, name in seen if kind == "on_chain_start"]
    order = ["rewrite", "retrieve", "synthesize", "verify"]
    assert [name for name in steps if name in order] == order


def test_the_interface_describes_itself(url: str) -> None:
    paths = httpx.get(f"{url}/openapi.json", timeout=LONG_S).json()["paths"]
    for name in ("invoke", "batch", "stream", "stream_events"):
        assert f"/pagewise/{name}" in paths
    taken = httpx.get(f"{url}/pagewise/input_schema", timeout=LONG_S).json()
    assert taken["required"] == ["question"]
    assert set(taken["properties"]) == {"question", "document", "history", "samples"}
    given = httpx.get(f"{url}/pagewise/output_schema", timeout=LONG_S).json()
    assert "citations" in given["properties"]
    assert "thread_id" in httpx.get(f"{url}/pagewise/config_schema", timeout=LONG_S).text
    assert httpx.get(f"{url}/health", timeout=LONG_S).json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_the_pages_open_with_all_that_they_load_and_nothing_from_elsewhere(
    url: str, path: str
) -> None:
    page = httpx.get(url + path, follow_redirects=True, timeout=LONG_S)
    assert page.status_code == 200
    parts = re.findall(r"""(?:src|href)=["']([^"']+)""", page.text)
    assert len(parts) > 2
    for part in parts:
        assert httpx.get(url + part, timeout=LONG_S).status_code == 200


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium")
def test_the_playground_opens_without_an_error(url: str, tmp_path: Path) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    limits = [f"--user-data-dir={tmp_path}", "--virtual-time-budget=20000"]
    page = subprocess.run(
        [*command, *limits, f"{url}/pagewise/playground/"],
        capture_output=True,
        text=True,
        check=True,
        timeout=LONG_S,
    ).stdout
    assert "Try it" in page
    assert "What are these documents about?" in page
    assert "Validation Errors" not in page
    assert "Not Found" not in page


@pytest.mark.filterwarnings("ignore:astream_log is deprecated")
def test_the_playground_is_given_the_answer_in_one_piece(url: str) -> None:
    log = httpx.post(f"{url}/pagewise/stream_log", json={"input": REVENUE}, timeout=LONG_S).text
    events = [json.loads(line[6:]) for line in log.splitlines() if line.startswith("data: {")]
    operations = [operation for event in events for operation in event["ops"]]
    shown = [part["value"] for part in operations if part["path"] == "/streamed_output/-"]
    [piece] = shown
    assert set(piece) > {"answer", "citations"}
    assert next(iter(piece)) == "answer"
    assert any(part["path"].startswith("/logs/HybridRetriever") for part in operations)


@pytest.mark.parametrize(
    ("body", "status", "cause"),
    [
        (b"", 422, "Invalid JSON"),
        (b"{", 422, "Invalid JSON"),
        (b"[" * 100_000, 422, "not usable JSON"),
        ({"input": {"question": ""}}, 422, "question: String should have at least 1 character"),
        ({"input": {"question": " "}}, 400, "the question is empty"),
        ({"input": {"question": "x" * 4001}}, 422, "at most 4000 characters"),
        ({"input": {"question": "x", "samples": 17}}, 422, "samples: "),
        ({"input": {"query": "x"}}, 422, "question: Field required"),
        ({"input": {"question": "x", "document": "no"}}, 409, "it holds: report.pdf"),
        (
            {"input": REVENUE, "config": {"configurable": {"thread_id": "x" * 201}}},
            400,
            "at most 200",
        ),
        (b" " * 300_000, 413, "at most 262144 bytes"),
    ],
    ids=[
        "nothing",
        "half an object",
        "a tower of lists",
        "an empty question",
        "a blank question",
        "a long question",
        "too many samples",
        "a field that is not there",
        "an unknown document",
        "a long thread",
        "a large body",
    ],
)
def test_an_error_is_json_with_its_cause(url: str, body: Any, status: int, cause: str) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    reply = httpx.post(f"{url}/pagewise/invoke", content=content, timeout=LONG_S)
    assert reply.status_code == status
    assert cause in reply.json()["error"]["message"]


def test_a_batch_is_checked_like_a_question(url: str) -> None:
    for inputs, status in (([{"question": ""}], 422), ([REVENUE] * 33, 400)):
        reply = httpx.post(f"{url}/pagewise/batch", json={"inputs": inputs}, timeout=LONG_S)
        assert reply.status_code == status
        assert reply.json()["error"]["message"]


def test_a_stream_that_fails_says_why(remote: RemoteRunnable[Any, Any]) -> None:
    stream = remote.stream({"question": "x", "document": "no"})
    assert next(stream) == {"error": "no document 'no' in the library; it holds: report.pdf"}
    with pytest.raises(httpx.HTTPStatusError):
        next(stream)


def test_what_does_not_exist_is_an_error_in_json_too(url: str) -> None:
    reply = httpx.get(f"{url}/nowhere", timeout=LONG_S)
    assert (reply.status_code, reply.json()["error"]["message"]) == (404, "Not Found")


def test_the_key_is_demanded_before_the_body_is_sent(small_library: Library) -> None:
    with running(build_app(small_library, key=KEY)) as url:
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            head = "POST /pagewise/invoke HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
            connection.sendall(head.encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 401 ")
        assert httpx.get(f"{url}/pagewise/playground/", timeout=LONG_S).status_code == 401
        assert httpx.get(f"{url}/health", timeout=LONG_S).status_code == 200
        bearer = {"Authorization": f"Bearer {KEY}"}
        remote: RemoteRunnable[Any, Any] = RemoteRunnable(f"{url}/pagewise", headers=bearer)
        assert "12.5" in remote.invoke(REVENUE)["answer"]


def test_other_machines_are_not_served_without_a_key(small_library: Library) -> None:
    with pytest.raises(UsageError, match="PAGEWISE_SERVER_KEY"):
        serve(small_library, host="0.0.0.0", port=0)
