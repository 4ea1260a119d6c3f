"""The graph under `langgraph dev`, through its SDK; part of the `studio` extra."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pagewise.library import Library
from pagewise.settings import Settings

pytest.importorskip("langgraph_api", reason="needs the studio extra")
from langgraph_sdk import get_client

ROOT = Path(__file__).parents[3]
START_SECONDS = 90


@pytest.fixture(scope="module")
def server(small_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("studio")
    with Library(Settings(home=folder / "home", offline=True)) as library:
        library.index([str(small_pdf)])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload"]
    environment = {
        "PATH": str(Path(sys.executable).parent),
        "PAGEWISE_HOME": str(folder / "home"),
        "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_ready(port, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_ready(port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise TimeoutError(log.read_text(encoding="utf-8")[-2000:])


def test_a_thread_answers_a_question_and_streams_its_steps(server: str) -> None:
    async def converse() -> list[Any]:
        question = {"question": "How many people does the company employ?"}
        async with get_client(url=server) as client:
            thread = await client.threads.create()
            stream = client.runs.stream(
                thread["thread_id"], "pagewise", input=question, stream_mode="updates"
            )
            return [part.data async for part in stream if part.event == "updates"]

    steps = asyncio.run(converse())
    assert next(iter(steps[0])) == "rewrite"
    answer = steps[-1]["verify"]["answer"]
    assert "340" in answer["answer"]
    assert answer["verified"]


def test_the_assistant_talks_in_messages_and_says_what_is_missing(server: str) -> None:
    async def converse() -> Any:
        said: dict[str, Any] = {"messages": [{"role": "user", "content": "Hello"}]}
        async with get_client(url=server) as client:
            thread = await client.threads.create()
            return await client.runs.wait(thread["thread_id"], "assistant", input=said)

    state = asyncio.run(converse())
    assert [message["type"] for message in state["messages"]] == ["human", "ai"]
    assert "GOOGLE_API_KEY" in state["messages"][-1]["content"]


def test_the_checked_graph_takes_messages_too(server: str) -> None:
    async def converse() -> Any:
        question = "How many people does the company employ?"
        said: dict[str, Any] = {"messages": [{"role": "user", "content": question}]}
        async with get_client(url=server) as client:
            thread = await client.threads.create()
            return await client.runs.wait(thread["thread_id"], "pagewise", input=said)

    assert "340" in asyncio.run(converse())["messages"][-1]["content"]
