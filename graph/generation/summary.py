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
from loaders.text.prompt_tokens import most_tokens
from prompts import load_prompt

LONGEST_PART = 24_000
"""Characters of a part's sources; a document of a few pages is one part."""
_AT_ONCE = 4


def summarized(chat: BaseChatModel, evidence: Evidence, window: int = 0) -> Draft:
    """Sum up part by part; a part whose reply cannot be used is left out.

    `window` is how many tokens the model takes at once, 0 if that is not known.

    Raises:
        ModelError: No part gave a usable reply.
    """
    parts = _parts(evidence.sources, window // 2)  # the other half for rules and reply
    quiet: RunnableConfig = {"tags": [TAG_NOSTREAM], "run_name": "summarize"}

    rules = load_prompt("summarize").text.partition("Rules:")[2].partition("Sources:")[0]

    def one(number: int) -> str | UnusableReply:
        prompt = load_prompt("summarize").fill(
            part=f"part {number + 1} of {len(parts)}",
            question=harmless(evidence.question),
            sources="\n\n".join(fenced(source) for source in parts[number]),
        )
        try:
            return answer_of(chat.invoke([HumanMessage(prompt)], quiet), rules)
        except UnusableReply as error:
            return error

    config: RunnableConfig = {"max_concurrency": _AT_ONCE}
    replies = RunnableLambda(one).batch(list(range(len(parts))), config)
    texts = [reply for reply in replies if isinstance(reply, str)]
    failures = [reply for reply in replies if isinstance(reply, UnusableReply)]
    if failures and not texts:
        raise failures[0]
    return Draft(text="\n".join(texts), kind="written")


def _parts(sources: Sequence[Source], most: int) -> list[list[Source]]:
    """The sources in their order, as many together as a part takes, and as `most` tokens hold."""
    parts: list[list[Source]] = [[]]
    letters = tokens = 0
    for source in sources:
        length, size = len(source.chunk.page_content), most_tokens(fenced(source)) if most else 0
        is_full = letters + length > LONGEST_PART or tokens + size > most
        if parts[-1] and is_full:
            parts.append([])
            letters = tokens = 0
        parts[-1].append(source)
        letters, tokens = letters + length, tokens + size
    return parts
