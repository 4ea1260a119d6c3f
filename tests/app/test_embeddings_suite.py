"""LangChain's own suites for embeddings, where `langchain-tests` is installed."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from app.local import LocalEmbeddings

integration = pytest.importorskip("langchain_tests.integration_tests")
unit = pytest.importorskip("langchain_tests.unit_tests")


class TestLocalEmbeddingsAlone(unit.EmbeddingsUnitTests):  # type: ignore[misc,name-defined]
    """Its construction."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return LocalEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}


class TestLocalEmbeddings(integration.EmbeddingsIntegrationTests):  # type: ignore[misc,name-defined]
    """Its vectors."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return LocalEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}
