"""LangChain's own suite for retrievers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.words import MODEL, WordEmbeddings, make_chunks


class TestHybridRetriever(RetrieversIntegrationTests):
    """Over a library of six chunks."""

    @pytest.fixture(autouse=True)
    def _library(self, tmp_path: Path) -> Iterator[None]:
        with Store(tmp_path, WordEmbeddings(), MODEL) as self.store:
            chunks = make_chunks("report.pdf", *(f"Revenue of year {year}" for year in range(6)))
            self.store.replace(DocumentRecord("report.pdf", "sha"), chunks)
            yield

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"store": self.store}

    @property
    def retriever_query_example(self) -> str:
        return "revenue of year 3"
