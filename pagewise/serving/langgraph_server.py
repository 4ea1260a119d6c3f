"""The graphs as the LangGraph server loads them; `langgraph.json` names these functions.

The server keeps threads itself, so the graphs come without a checkpointer.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from langgraph.graph.state import CompiledStateGraph

from graph.build import RagGraph
from pagewise.library import Library
from pagewise.settings import load_settings


async def make_graph() -> RagGraph:
    """The checked graph over the library at `PAGEWISE_HOME`."""
    library = await asyncio.to_thread(_library)  # the server forbids to block its event loop
    return library.graph


async def make_assistant() -> CompiledStateGraph[Any, Any, Any, Any]:
    """An agent that talks in `messages` and has the checked graph as a tool."""
    return await asyncio.to_thread(_assistant)


@cache
def _library() -> Library:
    """Opened once per process, which then holds it."""
    library = Library(load_settings())
    library.open()
    return library


@cache
def _assistant() -> CompiledStateGraph[Any, Any, Any, Any]:
    from pagewise.serving.assistant import build_assistant

    return build_assistant(_library())
