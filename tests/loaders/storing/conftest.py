"""A library in a fresh folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings

OpenStore = Callable[..., Store]


@pytest.fixture
def embeddings() -> WordEmbeddings:
    return WordEmbeddings()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def open_store(home: Path, embeddings: WordEmbeddings) -> Iterator[Callable[..., Store]]:
    """Opens the library of this test; whatever is open at the end is closed."""
    opened: list[Store] = []

    def opener(model: str = MODEL, with_embeddings: Embeddings | None = None) -> Store:
        store = Store(home, with_embeddings or embeddings, model)
        opened.append(store)
        return store

    yield opener
    for store in opened:
        store.close()
