"""The graph, wired: from the question to the checked answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graph.draft import Writer
from graph.evidence.source_cache import FetchChunks, SourceCache, WholeTable
from graph.nodes import (
    Nodes,
    route_to_check,
    route_to_end,
    route_to_search,
    route_to_tables,
)
from graph.overview.document_answers import Overview
from graph.state import RagInput, RagOutput, RagState
from graph.verification.citation_boxes import PageWords
from graph.verification.notices import Arriving, UnreadPages

RagGraph = CompiledStateGraph[RagState, None, RagInput, RagOutput]


def build_graph(
    retriever: BaseRetriever,
    store_chunks: FetchChunks,
    writer: Writer,
    *,
    checkpointer: BaseCheckpointSaver[Any] | None = None,
    models: Mapping[str, str] | None = None,
    words: PageWords = lambda document, page: (),
    unread: UnreadPages = lambda name: {},
    arriving: Arriving = dict,
    whole_table: WholeTable = lambda chunk: [chunk],
    overview: Overview | None = None,
) -> RagGraph:
    """Wire the steps. Invoke with `durability="exit"`: one small checkpoint a question.

    `words` gives a page's words with their boxes, so that a citation has the box of its quote;
    `unread` the pages of a document that an answer from it should be known to lack, `arriving`
    the documents of which only the first pages are in;
    `whole_table` the pieces of a table that was cut, so that nothing is looked up in a part of it;
    `overview` what the library knows of its documents as a whole.
    """
    source_cache = SourceCache(store_chunks, whole_table)
    nodes = Nodes(
        retriever,
        source_cache,
        writer,
        models or {},
        words,
        unread,
        arriving,
        overview or Overview(),
    )
    graph = StateGraph(RagState, input_schema=RagInput, output_schema=RagOutput)
    for step in (nodes.rewrite, nodes.describe, nodes.retrieve):
        graph.add_node(step)
    graph.add_sequence([nodes.requery_tables, nodes.synthesize, nodes.verify])

    graph.add_edge(START, "rewrite")
    graph.add_conditional_edges("rewrite", route_to_search)
    graph.add_conditional_edges("describe", route_to_check)
    graph.add_conditional_edges("retrieve", route_to_tables)
    graph.add_conditional_edges("verify", route_to_end)
    return graph.compile(checkpointer=checkpointer, name="pagewise")
