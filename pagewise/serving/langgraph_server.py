"""The graph as the LangGraph server loads it; `langgraph.json` names this file.

The server keeps threads itself, so the graph comes without a checkpointer.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from pagewise.library import Library
from pagewise.settings import load_settings

if TYPE_CHECKING:
    from graph.build import RagGraph


async def make_graph() -> RagGraph:
    """The graph over the library at `PAGEWISE_HOME`."""
    return await asyncio.to_thread(_open_graph)  # the server forbids to block its event loop


@cache
def _open_graph() -> RagGraph:
    """Opened once per process, which then holds the library."""
    library = Library(load_settings())
    library.open()
    return library.graph
