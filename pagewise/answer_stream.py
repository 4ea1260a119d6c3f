"""An answer in pieces that add up to it, as they are sent to whoever waits for one."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

from langchain_core.messages import AIMessageChunk
from langchain_core.runnables import RunnableConfig
from langgraph.types import Durability

from graph.answer import Answer
from graph.build import RagGraph
from graph.state import Json, RagInput
from graph.verification.verify import without_links

_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
_LONGEST_OPEN = 200
"""Characters; a sign that was not closed by then was none that opens."""
WRITING = "synthesize"
"""The node whose model writes what will be the answer."""


def stream_answer(
    graph: RagGraph, state: RagInput, config: RunnableConfig, durability: Durability | None
) -> Iterator[Json]:
    """Run the graph: what its model writes as `draft` at once, then the checked answer.

    The pieces' values add up, key by key; without `draft` the sum is `Answer` as JSON.
    """
    answer: Json = {}
    draft, last = _Draft(), None
    steps: Iterator[Any] = graph.stream(
        state, config, stream_mode=["messages", "values"], durability=durability
    )
    for mode, part in steps:
        if mode == "values":
            answer = part.get("answer") or answer
            if rest := draft.more(is_whole=True):
                yield {"draft": rest}
            continue
        message, about = part
        if about.get("langgraph_node") != WRITING or not isinstance(message, AIMessageChunk):
            continue
        if not message.text:
            continue
        if last not in (None, message.id):
            yield {"draft": draft.more(is_whole=True) + "\n\n"}  # another reply: a check failed, …
            draft = _Draft()
        last = message.id
        if shown := draft.more(message.text):
            yield {"draft": shown}
    yield from pieces(answer)


class _Draft:
    """A reply that is being written: its whole words, once nothing in them can come alive."""

    def __init__(self) -> None:
        self._written, self._shown = "", ""

    def more(self, text: str = "", *, is_whole: bool = False) -> str:
        """What can be shown of it now that was not shown before."""
        self._written += text
        clean = without_links(self._written if is_whole else self._written[: self._end()])
        if not clean.startswith(self._shown):
            return ""  # what was shown has become a part of something that must not be
        new, self._shown = clean[len(self._shown) :], clean
        return new

    def _end(self) -> int:
        """Where the last word begins, or what was opened and is not closed yet."""
        if self._written.lstrip().startswith(_THOUGHT) and _THOUGHT_ENDS not in self._written:
            return 0
        written = self._written[: max(self._written.rfind(" "), self._written.rfind("\n"), 0)]
        ends = [len(written)]
        for opening, closing in ("<>", "[]", "&;"):
            start = written.rfind(opening)
            if start > written.rfind(closing) and len(written) - start < _LONGEST_OPEN:
                ends.append(start)
        return min(ends)


def pieces(answer: Json) -> Iterator[Json]:
    """The text word by word, each citation, then the rest."""
    rest: dict[str, Any] = {**answer, "answer": "", "citations": []}
    for word in words_of(answer["answer"]) or [answer["answer"]]:
        yield {"answer": word}
    for citation in answer["citations"]:
        yield {"citations": [citation]}
    yield rest


def add(piece: Json, total: Json) -> None:
    """Count a piece in, key by key."""
    for key, value in piece.items():
        total[key] = total[key] + value if key in total else value


async def summed(made: AsyncGenerator[Json]) -> Answer:
    """The checked answer that the pieces add up to."""
    total: Json = {}
    async with aclosing(made) as pieces:
        async for piece in pieces:
            add(piece, total)
    total.pop("draft", None)
    return Answer.model_validate(total)


def words_of(text: str) -> list[str]:
    """The words with the spaces around them: together they are the text."""
    return re.findall(r"\s*\S+\s*", text)
