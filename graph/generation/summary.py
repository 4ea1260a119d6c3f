"""A model's summary of a document: a call for each part of its sources, every statement cited."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda
from langgraph.constants import TAG_NOSTREAM

from graph.draft import Draft
from graph.evidence.prompt_sources import fenced, harmless
from graph.evidence.sources import Evidence, Source
from graph.generation.response_parser import UnusableReply, answer_of
from prompts import load_prompt

LONGEST_PART = 24_000
"""Characters of a part's sources; a document of a few pages is one part."""
_AT_ONCE = 4


def summarized(chat: BaseChatModel, evidence: Evidence) -> Draft:
    """Sum up part by part; a part whose reply cannot be used is left out.

    Raises:
        ModelError: No part gave a usable reply.
    """
    parts = _parts(evidence.sources)
    quiet: RunnableConfig = {"tags": [TAG_NOSTREAM], "run_name": "summarize"}

    def one(number: int) -> str | UnusableReply:
        prompt = load_prompt("summarize").fill(
            part=f"part {number + 1} of {len(parts)}",
            question=harmless(evidence.question),
            sources="\n\n".join(fenced(source) for source in parts[number]),
        )
        try:
            return answer_of(chat.invoke([HumanMessage(prompt)], quiet), _instructions())
        except UnusableReply as error:
            return error

    config: RunnableConfig = {"max_concurrency": _AT_ONCE}
    replies = RunnableLambda(one).batch(list(range(len(parts))), config)
    texts = [reply for reply in replies if isinstance(reply, str)]
    failures = [reply for reply in replies if isinstance(reply, UnusableReply)]
    if failures and not texts:
        raise failures[0]
    return Draft(text="\n".join(texts), kind="written")


def _instructions() -> str:
    return load_prompt("summarize").text.partition("Rules:")[2].partition("Sources:")[0]


def _parts(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources in their order, as many together as a part takes."""
    parts: list[list[Source]] = [[]]
    room = LONGEST_PART
    for source in sources:
        length = len(source.chunk.page_content)
        if parts[-1] and length > room:
            parts.append([])
            room = LONGEST_PART
        parts[-1].append(source)
        room -= length
    return parts
