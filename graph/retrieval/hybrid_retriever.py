"""From a question to the chunks that may answer it, best first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import NamedTuple, Protocol, runtime_checkable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from graph.query.across import asks_each
from graph.query.document_mentions import Naming, dated_documents, named_documents
from graph.query.query_cleaning import subject_of, without_instructions
from graph.query.query_expansion import related, statements
from graph.retrieval.feature_ranking import rank, wanted
from loaders.storing.store import Store
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.records import Hit

RELATED_DEPTH = 20
RERANKED = 20
NAMED = 3.0
"""What it is worth to stand in a document that the question names; a good match is worth ten."""


NEAR = 0.5
"""Of the best chunk's score: a document whose best is below it says nothing of what is asked."""
MOST_RIVALS = 8
MOST_DATED = 12
"""Documents that are searched one by one because a question asks for several years."""


class Found(NamedTuple):
    """A chunk that was ranked."""

    chunk_id: str
    document: str
    score: float


@runtime_checkable  # pydantic looks whether it is one
class Reranker(Protocol):
    """Something that tells a better order."""

    def reorder(self, question: str, chunks: Sequence[Document]) -> list[Document]:
        """The same chunks, best first."""


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
    reranker: Reranker | None = None
    """Asked once a question, for the order of the first ones."""

    def within(self, filters: Filters) -> HybridRetriever:
        """The same search, looking only there."""
        return self.model_copy(update={"filters": filters})

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        naming = self._naming(query)
        ranked = self._ranked(query, naming)
        each = naming.documents or (_rivals(ranked) if asks_each(query) else ())
        ranked = _in_turns(ranked, each)
        count = self.k if k is None else k
        # Who looks for one kind of chunk asks again; its keywords are no question to order by.
        reranker = None if self.filters.kinds else self.reranker
        depth = max(count, RERANKED) if reranker and count else count
        chunks = self.store.chunks([found.chunk_id for found in ranked[:depth]])
        if reranker and count:
            chunks = [*reranker.reorder(query, chunks[:RERANKED]), *chunks[RERANKED:]]
        return _scored(chunks[:count], {found.chunk_id: found.score for found in ranked})

    def _naming(self, query: str) -> Naming:
        """Told where to look, a question's names need not tell; they still are no subject."""
        if chosen := self.filters.documents:
            return replace(named_documents(query, chosen), documents=())
        names = [record.name for record in self.store.documents()]
        naming = named_documents(query, names)
        dated = dated_documents(query, names) if not naming.documents else ()
        return replace(naming, documents=dated) if 0 < len(dated) <= MOST_DATED else naming

    def _ranked(self, query: str, naming: Naming) -> list[Found]:
        """An embedding takes the question as it was asked; words count by what they are about."""
        named = naming.documents
        knows_where = bool(named or self.filters.documents)
        subject = subject_of(query) if knows_where else without_instructions(query)
        subject = naming.without_names(subject)
        question = wanted(subject, self.store.rarity, naming.words, told=query)
        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        others: list[str] = []
        for place in (self.filters, *(replace(self.filters, documents=(name,)) for name in named)):
            dense |= _scores(self.store.nearest(query, self.depth, place))
            lexical |= _scores(self.store.matching(subject, self.depth, place))
            others += self._said_by(related(subject), place)
            others += self._said_by(statements(query), place)
        chunks = self.store.profiles(list(dict.fromkeys(chain(dense, lexical, others))))
        found = []
        for row, score in rank(question, chunks, dense, lexical):
            chunk_id, document = chunks.ids[row], chunks.documents[row]
            found.append(Found(chunk_id, document, score + NAMED * (document in named)))
        return sorted(found, key=lambda one: -one.score)

    def _said_by(self, phrases: Sequence[str], filters: Filters) -> list[str]:
        """What holds the words that documents use for what the question names."""
        hits = self.store.matching(" ".join(phrases), RELATED_DEPTH, filters) if phrases else []
        return [hit.chunk_id for hit in hits]


def _scores(hits: Iterable[Hit]) -> Mapping[str, float]:
    return {hit.chunk_id: hit.score for hit in hits}


def _rivals(ranked: Sequence[Found]) -> tuple[str, ...]:
    """The documents whose best chunk comes near the best of all: each may be what is asked for."""
    best: dict[str, float] = {}
    for found in ranked:
        best.setdefault(found.document, found.score)
    least = NEAR * max(best.values(), default=0.0)
    return tuple(name for name, score in best.items() if score >= least)[:MOST_RIVALS]


def _in_turns(ranked: Sequence[Found], named: Sequence[str]) -> list[Found]:
    """Of several documents that are named, each gives its best in turn; then comes the rest."""
    if len(named) < 2:
        return list(ranked)
    groups = [[found for found in ranked if found.document == name] for name in named]
    turns = (found for turn in zip_longest(*groups) for found in turn if found is not None)
    rest = (found for found in ranked if found.document not in named)
    return [*turns, *rest]


def _scored(chunks: list[Document], scores: Mapping[str, float]) -> list[Document]:
    """With scores from 0 to 1 that never rise along the list, whatever put it in this order."""
    lowest = math.inf
    for chunk in chunks:
        lowest = min(lowest, scores[str(chunk.metadata["chunk_id"])])
        chunk.metadata["score"] = round(1 / (1 + math.exp(-lowest / 4)), 6)
    return chunks
