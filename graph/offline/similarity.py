"""Closeness in meaning, where words alone do not tell: another language, another wording."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

Vector = npt.NDArray[np.float64]
MOST_KEPT = 4000
"""Texts whose vectors stay in memory, 3 KB each: the same passages are near to many questions."""
Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How close in meaning each text is to a question, from 0 to 1 among the texts compared."""


def similarity_of(embeddings: Embeddings) -> Similarity:
    """Closeness by an embedding model, spread over 0 to 1 among the texts."""
    known: OrderedDict[str, Vector] = OrderedDict()
    turn = Lock()

    def units(texts: Sequence[str]) -> list[Vector]:
        with turn:
            found = {text: known.pop(text) for text in dict.fromkeys(texts) if text in known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= zip(new, map(_unit, embeddings.embed_documents(new)), strict=True)
        with turn:
            known.update(found)  # the last asked for are the last to go
            while len(known) > MOST_KEPT:
                known.popitem(last=False)
        return [found[text] for text in texts]

    def compare(question: str, texts: Sequence[str]) -> Sequence[float]:
        wanted = _unit(embeddings.embed_query(question))
        values = [float(vector @ wanted) for vector in units(texts)]
        low, high = min(values), max(values)
        return [(value - low) / (high - low) if high > low else 0.5 for value in values]

    return compare


def _unit(vector: Sequence[float]) -> Vector:
    found = np.asarray(vector, np.float64)
    unit: Vector = found / (float(np.linalg.norm(found)) or 1.0)
    return unit
