"""Closeness in meaning, where words alone do not tell: another language, another wording."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from langchain_core.embeddings import Embeddings

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How close in meaning each text is to a question, from 0 to 1 among the texts compared."""


def similarity_of(embeddings: Embeddings) -> Similarity:
    """Closeness by an embedding model, spread over 0 to 1 among the texts."""

    def compare(question: str, texts: Sequence[str]) -> Sequence[float]:
        wanted = _unit(embeddings.embed_query(question))
        found = [_unit(vector) for vector in embeddings.embed_documents(list(texts))]
        values = [sum(a * b for a, b in zip(wanted, vector, strict=True)) for vector in found]
        low, high = min(values), max(values)
        return [(value - low) / (high - low) if high > low else 0.5 for value in values]

    return compare


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]
