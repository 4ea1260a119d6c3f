"""From a question to the chunks that may answer it, best first."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from loaders.storing.filters import EVERYTHING, Filters
from loaders.storing.store import Store


class HybridRetriever(BaseRetriever):
    """Dense and lexical search of a library, fused and ranked again by what the chunks hold."""

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
        dense = self.store.nearest(query, self.depth, self.filters)
        lexical = self.store.matching(query, self.depth, self.filters)
        scores: dict[str, float] = {}
        for hits in (dense, lexical):
            for rank, hit in enumerate(hits):
                scores[hit.chunk_id] = scores.get(hit.chunk_id, 0.0) + 1 / (60 + rank)
        best = sorted(scores, key=lambda chunk_id: -scores[chunk_id])[: k or self.k]
        found = self.store.chunks(best)
        for chunk in found:
            chunk.metadata["score"] = scores[chunk.metadata["chunk_id"]]
        return found
