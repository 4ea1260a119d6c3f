"""From a question to the chunks that may answer it, best first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import NamedTuple

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from graph.asking.naming import Naming, named_documents
from graph.finding.ranking import Wanted, rank, wanted
from graph.tables.concepts import related
from loaders.storing.filters import EVERYTHING, Filters
from loaders.storing.records import Hit
from loaders.storing.store import Store

RELATED_DEPTH = 20
NAMED = 3.0
"""What it is worth to stand in a document that the question names; a good match is worth ten."""


class Found(NamedTuple):
    """A chunk that was ranked."""

    chunk_id: str
    document: str
    score: float


class HybridRetriever(BaseRetriever):
    """Dense and lexical search of a library, fused and ranked again by what the chunks hold.

    A document that the question names is searched by itself too, and preferred; of several, each
    gives its best in turn. `metadata["score"]` falls along the list; it does not compare
    between questions.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    k: int = 10
    """How many chunks to return."""
    depth: int = 60
    """How many chunks each arm gives to the ranking."""
    filters: Filters = EVERYTHING

    def within(self, filters: Filters) -> HybridRetriever:
        """The same search, looking only there."""
        return self.model_copy(update={"filters": filters})

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        naming = Naming() if self.filters.documents else self._naming(query)
        question = wanted(query, self.store.rarity, naming.words)
        ranked = self._ranked(query, question, naming.documents)
        best = _in_turns(ranked, naming.documents)[: self.k if k is None else k]
        scores = dict(zip((found.chunk_id for found in best), _falling(best), strict=True))
        chunks = self.store.chunks([*scores])
        for chunk in chunks:
            chunk.metadata["score"] = scores[str(chunk.metadata["chunk_id"])]
        return chunks

    def _naming(self, query: str) -> Naming:
        return named_documents(query, self.store.documents())

    def _ranked(self, query: str, question: Wanted, named: Sequence[str]) -> list[Found]:
        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        others: list[str] = []
        for place in (self.filters, *(replace(self.filters, documents=(name,)) for name in named)):
            dense |= _scores(self.store.nearest(query, self.depth, place))
            lexical |= _scores(self.store.matching(query, self.depth, place))
            others += self._related(query, place)
        chunks = self.store.profiles(list(dict.fromkeys(chain(dense, lexical, others))))
        found = []
        for row, score in rank(question, chunks, dense, lexical):
            chunk_id, document = chunks.ids[row], chunks.documents[row]
            found.append(Found(chunk_id, document, score + NAMED * (document in named)))
        return sorted(found, key=lambda one: -one.score)

    def _related(self, query: str, filters: Filters) -> list[str]:
        """What holds the words that documents use for what the question names."""
        phrases = " ".join(related(query))
        hits = self.store.matching(phrases, RELATED_DEPTH, filters) if phrases else []
        return [hit.chunk_id for hit in hits]


def _scores(hits: Iterable[Hit]) -> Mapping[str, float]:
    return {hit.chunk_id: hit.score for hit in hits}


def _in_turns(ranked: Sequence[Found], named: Sequence[str]) -> list[Found]:
    """Of several documents that are named, each gives its best in turn; then comes the rest."""
    if len(named) < 2:
        return list(ranked)
    groups = [[found for found in ranked if found.document == name] for name in named]
    turns = (found for turn in zip_longest(*groups) for found in turn if found is not None)
    rest = (found for found in ranked if found.document not in named)
    return [*turns, *rest]


def _falling(best: Sequence[Found]) -> Iterator[float]:
    """Scores that never rise along the list, whatever put it in this order."""
    lowest = math.inf
    for found in best:
        lowest = min(lowest, found.score)
        yield round(_squashed(lowest), 6)


def _squashed(score: float) -> float:
    """Between 0 and 1, in the same order."""
    return 1 / (1 + math.exp(-score / 4))
