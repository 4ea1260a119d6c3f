"""The graph `assistant`: a model that talks, over tools that answer; code checks what it says.

The checked graph is its tool. What the tool answers stands in the messages as it was given; a
number in the model's own message that no tool gave is marked there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.tools import StructuredTool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graph.answer import Answer
from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.verification.statements.statement import MARKS
from graph.verification.verify import verify
from loaders.chunking.markup import parse_markup
from loaders.errors import PagewiseError, without_page
from loaders.text.language_detection import language_of
from pagewise.library import Library
from pagewise.models.providers import load_chat
from pagewise.render.markdown_json import block_text
from pagewise.settings import LOCAL
from pagewise.terminal.answer_view import UNVERIFIED, marked_text, places_told, remarks
from pagewise.terminal.citations import doubtful_numbers, passages_of
from prompts import load_prompt

Told = tuple[str, dict[str, Any]]
"""What a tool says to the model, and what else its numbers are held against."""

NAME = "assistant"
NO_MODEL = (
    "The assistant needs a chat model, and none is set. Put GOOGLE_API_KEY, or PAGEWISE_CHAT and "
    "its provider's key, into .env and start the server again. Until then the graph `pagewise` "
    "answers questions without one."
)
MOST_FOUND = 20


def build_assistant(library: Library) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The agent; without a chat model a graph that says what is missing."""
    if library.settings.chat == LOCAL:
        return _without_model()
    tools = _Tools(library)
    offered = (tools.ask, tools.search, tools.read_page, tools.list_documents)
    return create_agent(
        load_chat(library.settings),
        [_tool(function) for function in offered],
        system_prompt=load_prompt("assistant").text,
        middleware=[NumbersMarked()],
        name=NAME,
    )


def _without_model() -> CompiledStateGraph[Any, Any, Any, Any]:
    graph = StateGraph(MessagesState)
    graph.add_node("say_what_is_missing", lambda _: {"messages": [AIMessage(NO_MODEL)]})
    graph.add_edge(START, "say_what_is_missing")
    graph.add_edge("say_what_is_missing", END)
    return graph.compile(name=NAME)


def _tool(function: Callable[..., Told]) -> StructuredTool:
    """A tool that tells the model what went wrong, so that it can mend it."""

    def told(**arguments: Any) -> Told:
        try:
            return function(**arguments)
        except PagewiseError as error:
            return f"It failed: {error}", {}

    return StructuredTool.from_function(
        told,
        name=function.__name__,
        description=function.__doc__,
        args_schema=StructuredTool.from_function(function).args_schema,
        response_format="content_and_artifact",
    )


class _Tools:
    """What the model may do."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def ask(self, question: str, document: str = "") -> Told:
        """Answer one question from the documents; every number has been checked on its page."""
        answer = self._library.ask(question, document=document)
        passages = passages_of(self._library.store, answer)
        text = marked_text(answer, doubtful_numbers(passages, answer))
        cited = [passage.chunk for passage in passages if passage.chunk]
        return "\n".join([text, *remarks(answer), *map(" ".join, places_told(answer))]), {
            "answer": answer.model_dump(mode="json"),
            "passages": [[chunk.page_content, chunk.metadata] for chunk in cited],
        }

    def search(self, query: str, document: str = "", k: int = 8) -> Told:
        """Find the passages and tables nearest to a query, best first, without an answer."""
        found = self._library.search(query, document=document, k=max(1, min(k, MOST_FOUND)))
        texts = [
            f"{chunk.metadata['source']}, p. {chunk.metadata['page'] + 1}:\n{chunk.page_content}"
            for chunk in found
        ]
        return "\n\n".join(texts) or "Nothing was found.", {}

    def read_page(self, document: str, page: int) -> Told:
        """Read one page in full; pages count from 1."""
        readings = self._library.readings(document)
        if not 1 <= page <= len(readings):
            return f"{document} {without_page(len(readings), page)}", {}
        reading = readings[page - 1]
        text = "\n\n".join(block_text(block) for block in parse_markup(reading.markup))
        return text or f"{reading.outcome} {reading.detail}".strip(), {}

    def list_documents(self) -> Told:
        """Name the documents that can be asked about, with their pages."""
        held = [f"{one.name}: {one.pages} pages. {one.title}" for one in self._library.documents()]
        return "\n".join(held) or "The library is empty.", {}


class NumbersMarked(AgentMiddleware[Any, Any, Any]):
    """Marks the numbers of the model's last word that no tool gave."""

    def after_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        messages: list[AnyMessage] = state["messages"]
        last = messages[-1]
        if not isinstance(last, AIMessage) or last.tool_calls or not last.text.strip():
            return None
        numbers = numbers_not_given(last.text, messages[:-1])
        if not numbers:
            return None
        answer = Answer(question="", answer=last.text, unverified_numbers=numbers)
        text = f"{marked_text(answer)}\n\n{UNVERIFIED} borne out by no tool: {', '.join(numbers)}"
        return {"messages": [last.model_copy(update={"content": text})]}


def numbers_not_given(text: str, messages: Sequence[AnyMessage]) -> tuple[str, ...]:
    """The numbers, in digits or words, that what the tools said does not bear out."""
    results = [one for one in messages if isinstance(one, ToolMessage)]
    asked = [one.text for one in messages if isinstance(one, HumanMessage)][-1:]
    sources = number_sources(given for result in results for given in _given(result))
    evidence = Evidence("".join(asked), language_of(text), sources)
    cited = "".join(f"[{source.number}]" for source in sources)
    found = verify(Draft(text=f"{MARKS.sub('', text)} {cited}"), evidence).unverified_numbers
    doubted = [number for result in results for number in _doubted(result) if number in text]
    return tuple(dict.fromkeys([*found, *doubted]))


def _given(result: ToolMessage) -> Iterator[Document]:
    """What a tool said, and the passages that its answer cites."""
    yield Document(result.text, metadata={"source": str(result.name)})
    for content, metadata in (result.artifact or {}).get("passages", ()):
        yield Document(content, metadata=metadata)


def _doubted(result: ToolMessage) -> Sequence[str]:
    """The numbers that the tool's own answer did not bear out."""
    numbers: Sequence[str] = (result.artifact or {}).get("answer", {}).get("unverified_numbers", ())
    return numbers
