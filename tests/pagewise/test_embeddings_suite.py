"""LangChain's own suites for embeddings."""

from __future__ import annotations

from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from pagewise.models.local_embeddings import LocalEmbeddings


class TestLocalEmbeddingsAlone(EmbeddingsUnitTests):
    """Its construction."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return LocalEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}


class TestLocalEmbeddings(EmbeddingsIntegrationTests):
    """Its vectors."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return LocalEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}
