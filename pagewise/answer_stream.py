"""An answer in pieces that add up to it, as they are sent to whoever waits for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessageChunk

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langgraph.types import Durability

    from graph.build import RagGraph
    from graph.state import Json, RagInput

_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
WRITING = "synthesize"
"""The node whose model writes what will be the answer."""


class Spoken:
    """The text of messages that come in pieces, without what a model thinks aloud before it."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}
        """By message, what has come of it while it may be a thought; empty once it is none."""

    def of(self, message: str, piece: str) -> str:
        """What of the next piece is to be shown."""
        if self._held.get(message) == "":
            return piece
        text = (self._held.get(message, "") + piece).lstrip()
        if _THOUGHT.startswith(text[: len(_THOUGHT)]):  # or may still become one
            thought, end, text = text.partition(_THOUGHT_ENDS)
            if not end:
                self._held[message] = thought
                return ""
        if piece:
            self._held[message] = ""
        return text.lstrip()


def stream_answer(
    graph: RagGraph, state: RagInput, config: RunnableConfig, durability: Durability | None
) -> Iterator[Json]:
    """Run the graph: what its model writes as `draft` at once, then the checked answer.

    The pieces' values add up, key by key; without `draft` the sum is `Answer` as JSON.
    """
    answer: Json = {}
    last, heard = None, Spoken()
    steps: Iterator[Any] = graph.stream(
        state, config, stream_mode=["messages", "values"], durability=durability
    )
    for mode, part in steps:
        if mode == "values":
            answer = part.get("answer") or answer
            continue
        message, about = part
        if about.get("langgraph_node") != WRITING or not isinstance(message, AIMessageChunk):
            continue
        if not (text := heard.of(str(message.id), message.text)):
            continue
        if last not in (None, message.id):
            yield {"draft": "\n\n"}  # another reply: after a failed check, a calculation, a cut
        last = message.id
        yield {"draft": text}
    yield from pieces(answer)


def pieces(answer: Json) -> Iterator[Json]:
    """The text word by word, each citation, then the rest."""
    rest: dict[str, Any] = {**answer, "answer": "", "citations": []}
    for word in re.findall(r"\s*\S+\s*", answer["answer"]) or [answer["answer"]]:
        yield {"answer": word}
    for citation in answer["citations"]:
        yield {"citations": [citation]}
    yield rest
