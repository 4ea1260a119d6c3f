"""A chat model puts the first chunks in order: one call, of which nothing but an order is taken."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from langgraph.constants import TAG_NOSTREAM
from pydantic import BaseModel, Field

from graph.evidence.prompt_sources import fenced
from graph.evidence.sources import number_sources
from graph.generation.response_parser import text_of
from loaders.errors import ModelError
from prompts import load_prompt

_log = logging.getLogger(__name__)


class Ranking(BaseModel):
    """Passages in order."""

    best_first: list[int] = Field(description="numbers of the passages, the most helpful first")


class ModelReranker:
    """Orders chunks with any chat model of LangChain.

    Whatever the passages say and the model replies, the same chunks come back: numbers that name
    none are dropped, and what it does not name follows in the order given.
    """

    def __init__(self, chat: BaseChatModel) -> None:
        self.chat = chat

    def reorder(self, question: str, chunks: Sequence[Document]) -> list[Document]:
        """The chunks, best first; as they were given if the model cannot be asked."""
        if len(chunks) < 2:
            return list(chunks)
        prompt = load_prompt("rerank").fill(
            sources="\n\n".join(fenced(source) for source in number_sources(chunks)),
            question=question,
        )
        try:
            named = self._named(prompt)
        except Exception as error:  # noqa: BLE001 - any provider's; an answer needs no reranking
            _log.warning("the order of the search is kept: %s", _told(error))
            named = []
        return [chunks[place] for place in _order(named, len(chunks))]

    def _named(self, prompt: str) -> list[int]:
        structured = self.chat.with_structured_output(Ranking, include_raw=True)
        structured = structured.with_config(tags=[TAG_NOSTREAM])  # no part of what people read
        reply: Any = structured.invoke([HumanMessage(prompt)])
        text_of(reply["raw"])  # structured output repairs what was cut off: the reason tells
        return Ranking.model_validate(reply["parsed"], from_attributes=True).best_first


def _order(named: Iterable[int], count: int) -> list[int]:
    """Each place once: those that are named by their number, from 1, then the others."""
    places = [number - 1 for number in named if 1 <= number <= count]
    return list(dict.fromkeys([*places, *range(count)]))


def _told(error: Exception) -> str:
    """Only our own errors are known to hold no key and no passage."""
    return str(error) if isinstance(error, ModelError) else type(error).__name__
