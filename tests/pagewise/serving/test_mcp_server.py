"""The tools as an agent meets them: through the SDK's client, in process and over stdio."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from pagewise.library import Library
from pagewise.serving.mcp_server import build_tools

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


def test_each_tool_is_described_with_what_it_takes_and_gives(small_library: Library) -> None:
    tools = with_client(build_tools(small_library), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"ask", "search", "read_page", "list_documents"}
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint


def test_an_answer_comes_with_its_citations(small_library: Library) -> None:
    answer = call(small_library, "ask", question="What was the revenue in 2023?")
    assert "12.5 million" in answer["answer"]
    assert answer["citations"][0]["page"] == 1


def test_search_gives_passages_best_first(small_library: Library) -> None:
    found = call(small_library, "search", query="board meetings", limit=2)["result"]
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
