"""The tools as an agent meets them: through the SDK's client, in process and over stdio."""

from __future__ import annotations

import asyncio
import base64
import inspect
import io
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from PIL import Image

from pagewise import __version__
from pagewise.library import Library
from pagewise.serving.mcp_server import build_tools
from tests.served import LONG_S, serving

ROOT = Path(__file__).resolve().parents[3]


def call(library: Library, name: str, **arguments: Any) -> Any:
    """What a tool gives back, or the text of its error."""

    async def run() -> Any:
        async with Client(build_tools(library)) as client:
            result = await client.call_tool(name, arguments)
        if result.is_error:
            return getattr(result.content[0], "text", "")
        return result.structured_content

    return asyncio.run(run())


def with_client(server: Any, act: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await act(client)

    return asyncio.run(run())


def test_the_log_of_the_whole_program_stays_its_own(
    small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", logging.WARNING)
    build_tools(small_library)
    assert (root.handlers, root.level) == ([], logging.WARNING)


def test_each_tool_is_described_with_what_it_takes_and_gives(small_library: Library) -> None:
    tools = with_client(build_tools(small_library), lambda client: client.list_tools()).tools
    names = {"ask", "search", "read_page", "show_page", "list_documents"}
    assert {tool.name for tool in tools} == names
    for tool in tools:
        assert tool.description
        assert tool.output_schema or tool.name == "show_page"
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False


def test_parameters_are_called_as_the_library_calls_them(small_library: Library) -> None:
    tools = with_client(build_tools(small_library), lambda client: client.list_tools()).tools
    for tool in tools:
        if function := getattr(Library, tool.name, None):
            taken = inspect.signature(function).parameters
            assert set(tool.input_schema["properties"]) <= set(taken)


def test_the_server_tells_its_version(small_library: Library) -> None:
    async def told() -> Any:
        async with Client(build_tools(small_library)) as client:
            return client.server_info

    assert (asyncio.run(told()).name, asyncio.run(told()).version) == ("pagewise", __version__)


def test_a_page_is_shown_as_a_picture(small_library: Library) -> None:
    async def picture() -> Any:
        async with Client(build_tools(small_library)) as client:
            asked = {"document": "report", "page": 1}  # a part of the name, as elsewhere
            return (await client.call_tool("show_page", asked)).content[0]

    shown = asyncio.run(picture())
    assert (shown.type, shown.mime_type) == ("image", "image/png")
    image = Image.open(io.BytesIO(base64.b64decode(shown.data)))
    assert image.width > 3 * image.height / 4
    assert len(image.convert("L").histogram()) == 256


def test_an_answer_comes_with_its_citations(small_library: Library) -> None:
    answer = call(small_library, "ask", question="What was the revenue in 2023?")
    assert "12.5 million" in answer["answer"]
    assert answer["citations"][0]["page"] == 1


def test_search_gives_passages_best_first(small_library: Library) -> None:
    found = call(small_library, "search", query="board meetings", k=2)["result"]
    assert found[0]["document"] == "report.pdf"
    assert found[0]["page"] == 2
    assert "nine times" in found[0]["text"]


def test_a_page_is_read_in_full(small_library: Library) -> None:
    page = call(small_library, "read_page", document="report.pdf", page=2)
    assert page["text"].strip() == "The board met nine times."
    assert (page["pages"], page["outcome"]) == (2, "ok")


def test_the_documents_are_listed(small_library: Library) -> None:
    (document,) = call(small_library, "list_documents")["result"]
    assert (document["name"], document["pages"]) == ("report.pdf", 2)


@pytest.mark.parametrize(
    ("tool", "arguments", "cause"),
    [
        ("ask", {"question": "Why?", "document": "no.pdf"}, "it holds: report.pdf"),
        ("ask", {"question": " "}, "the question is empty"),
        ("ask", {"question": "x" * 4001}, "at most 4000 characters"),
        ("search", {"query": "x", "document": "no.pdf"}, "it holds: report.pdf"),
        ("read_page", {"document": "no.pdf", "page": 1}, "it holds: report.pdf"),
        ("read_page", {"document": "report.pdf", "page": 3}, "has 2 pages, and no page 3"),
        ("search", {"query": "x", "limit": 2}, "limit"),
        ("ask", {"question": "x", "documents": "report.pdf"}, "documents"),
        ("show_page", {"document": "report.pdf", "page": 3}, "has 2 pages, and no page 3"),
        ("read_page", {"document": "../../etc/passwd", "page": 1}, "no document"),
    ],
)
def test_a_mistake_is_told_so_that_it_can_be_mended(
    small_library: Library, tool: str, arguments: dict[str, Any], cause: str
) -> None:
    assert cause in call(small_library, tool, **arguments)


SERVE = """
import sys
from pathlib import Path
from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.serving.mcp_server import build_tools
with Library(Settings(home=Path(sys.argv[1]), offline=True)) as library:
    build_tools(library).run()
"""


def test_an_agent_reaches_the_tools_over_stdio(tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-c", SERVE, str(tmp_path)], cwd=str(ROOT)
    )
    result = with_client(server, lambda client: client.call_tool("list_documents", {}))
    assert result.structured_content == {"result": []}


def test_an_agent_reaches_the_tools_over_http(tmp_path: Path) -> None:
    with serving(tmp_path, "mcp", "--http", "--offline") as address:
        result = with_client(f"{address}/mcp", lambda client: client.call_tool("list_documents"))
        assert result.structured_content == {"result": []}
        foreign = {"Origin": "http://evil.example"}
        assert (
            httpx.post(f"{address}/mcp", json={}, headers=foreign, timeout=LONG_S).status_code
            == 403
        )


@pytest.mark.parametrize("command", [("mcp", "--http"), ("serve",)], ids=["mcp", "serve"])
def test_over_http_the_key_is_asked_for(tmp_path: Path, command: tuple[str, ...]) -> None:
    key = "correct horse battery"
    bearer = {"Authorization": f"Bearer {key}"}

    async def listed(url: str) -> Any:
        async with (
            httpx2.AsyncClient(headers=bearer) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            return (await client.call_tool("list_documents")).structured_content

    with serving(tmp_path, *command, "--offline", PAGEWISE_SERVER_KEY=key) as address:
        assert httpx.post(f"{address}/mcp", json={}, timeout=LONG_S).status_code == 401
        assert asyncio.run(listed(f"{address}/mcp")) == {"result": []}
