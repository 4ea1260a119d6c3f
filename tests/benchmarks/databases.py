"""The same library in SQLite and in Postgres, in one run: CPU to index, milliseconds a question.

The server's CPU counts too: it may be on another machine, but somebody pays for it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.benchmarks.library import DrawnEmbeddings, drawn_texts
from tests.postgres_server import Postgres, servers
from tests.words import make_chunks

PER_DOCUMENT, QUERIES = 100, 40


class Kept(DrawnEmbeddings):
    """To embed costs nothing: each vector is drawn before."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._kept = dict(zip(texts, super().embed_documents([*texts]), strict=True))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._kept[text] for text in texts]


def measure(size: int) -> dict[str, float]:
    """Of both, and the ratio."""
    texts = [*drawn_texts(size)]
    embeddings = Kept(texts)
    with contextmanager(servers)() as postgres:
        one = _measured(texts, embeddings, None)
        other = _measured(texts, embeddings, postgres)
    told = {"chunks": float(size)}
    for what in one:
        told |= {
            f"SQLite {what}": one[what],
            f"Postgres {what}": other[what],
            f"{what}, Postgres to SQLite": other[what] / one[what],
        }
    return told


def _measured(texts: Sequence[str], embeddings: Any, postgres: Postgres | None) -> dict[str, float]:
    parts = [texts[start : start + PER_DOCUMENT] for start in range(0, len(texts), PER_DOCUMENT)]
    documents = {f"{n}.pdf": make_chunks(f"{n}.pdf", *part) for n, part in enumerate(parts)}
    url = postgres.url() if postgres else ""
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder), embeddings, "drawn", database_url=url) as store,
    ):
        store.counts()
        began, of_server = time.process_time(), _cpu_of(postgres)
        for name, chunks in documents.items():
            store.replace(DocumentRecord(name, name), chunks)
        ours = time.process_time() - began
        questions = [" ".join(text.split()[:8]) for text in drawn_texts(QUERIES, seed=2)]
        of_server = _cpu_of(postgres) - of_server
        retriever = HybridRetriever(store=store)
        for question in questions:
            retriever.invoke(question)  # the question's vector is remembered
        began = time.process_time()
        times = [_seconds(retriever, question) for question in questions]
        asked = time.process_time() - began
    return {
        "index CPU ms a chunk": 1000 * (ours + of_server) / len(texts),
        "of it in this process": 1000 * ours / len(texts),
        "question CPU ms in this process": 1000 * asked / QUERIES,
        "question p50 ms": 1000 * statistics.median(times),
    }


def _seconds(retriever: HybridRetriever, question: str) -> float:
    began = time.perf_counter()
    retriever.invoke(question)
    return time.perf_counter() - began


def _cpu_of(postgres: Postgres | None) -> float:
    return postgres.cpu_seconds() if postgres else 0.0
