"""Index and query at growing sizes, against a bare Chroma that holds the same, in one run."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.store import Store
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentRecord
from tests.words import make_chunks

PER_DOCUMENT = 500
DIMENSION = 384
QUERIES = 40
Vectors = npt.NDArray[np.float32]


class DrawnEmbeddings(Embeddings):
    """Vectors drawn around a few centres; a text's hash draws it, so that it costs nothing."""

    def __init__(self) -> None:
        self._centres = np.random.default_rng(0).normal(size=(64, DIMENSION))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        draw = np.random.default_rng(abs(hash(text)))
        vector = self._centres[draw.integers(64)] + draw.normal(size=DIMENSION)
        found: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return found


def drawn_texts(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of about 900 characters with words as frequent as in language, and some numbers."""
    draw = np.random.default_rng(seed)
    ranks = np.arange(1, 20_001)
    chances = 1 / ranks / np.sum(1 / ranks)
    for _ in range(count):
        words = [f"w{rank:x}ord" for rank in draw.choice(ranks, size=130, p=chances)]
        words[::20] = [f"{number:,}" for number in draw.integers(1, 10**6, size=len(words[::20]))]
        yield " ".join(words)


def measure(size: int) -> dict[str, float]:
    """The ratios at this many chunks: ours to the bare Chroma's."""
    embeddings = DrawnEmbeddings()
    texts = list(drawn_texts(size))
    documents = [
        (
            f"document-{start}.pdf",
            _as_loaded(f"document-{start}.pdf", texts[start : start + PER_DOCUMENT]),
        )
        for start in range(0, size, PER_DOCUMENT)
    ]
    vectors = np.asarray(embeddings.embed_documents(texts), np.float32)
    queries = list(drawn_texts(QUERIES, seed=2))
    questions = [" ".join(query.split()[:8]) for query in queries]
    asked = [np.asarray(embeddings.embed_query(query), np.float32) for query in questions]
    embedding_cpu = _cpu(lambda: embeddings.embed_documents(texts))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = _bare(folder / "bare")
        with Store(folder / "ours", embeddings, "drawn") as store:
            store.counts()  # opened, as the other is
            bare_cpu, ours_cpu = _fill_both(bare, store, documents, vectors)
            ours_cpu -= embedding_cpu
            again_cpu = _cpu(lambda: _fill(store, documents))
            for question in questions:
                store.nearest(question, 1)  # the question's vector is remembered
            times = {
                "bare": _p50(lambda n: bare.query(query_embeddings=[asked[n]], n_results=10)),
                "dense": _p50(lambda n: store.nearest(questions[n], 60)),
                "lexical": _p50(lambda n: store.matching(questions[n], 60)),
                "both": _p50(
                    lambda n: (store.nearest(questions[n], 60), store.matching(questions[n], 60))
                ),
                "another document": _p50(
                    lambda n: store.nearest(questions[n], 60, _only(documents[n % len(documents)]))
                ),
                "one document": _p50(
                    lambda n: store.nearest(questions[n], 60, _only(documents[0]))
                ),
                "retriever": _p50(lambda n: HybridRetriever(store=store).invoke(questions[n])),
            }
            ids = [str(chunk.metadata["chunk_id"]) for _, chunks in documents for chunk in chunks]
            exact = [{ids[n] for n in np.argsort(-(vectors @ vector))[:10]} for vector in asked]
            recall = _recall(
                exact, [{hit.chunk_id for hit in store.nearest(q, 10)} for q in questions]
            )
            bare_recall = _recall(
                exact,
                [set(bare.query(query_embeddings=[v], n_results=10)["ids"][0]) for v in asked],
            )
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        disk = _size(folder / "ours") / _size(folder / "bare")
    return {
        "chunks": size,
        "P9 index CPU ratio": ours_cpu / bare_cpu,
        "P9 index CPU ms a chunk": 1000 * ours_cpu / size,
        "P9 disk ratio": disk,
        "peak MB of both": peak,
        "P8 unchanged again, CPU to first": again_cpu / (ours_cpu + embedding_cpu),
        "P10 dense + lexical to bare query": times["both"] / times["bare"],
        "P10 whole retriever to bare query": times["retriever"] / times["bare"],
        "P10 within another document, to the whole": times["another document"] / times["dense"],
        "P10 within the same document again": times["one document"] / times["dense"],
        "P10 recall@10": recall,
        "P10 recall@10 of a bare query": bare_recall,
        "P11 lexical to dense": times["lexical"] / times["dense"],
        **{f"p50 ms {name}": 1000 * value for name, value in times.items()},
    }


def _only(document: tuple[str, Sequence[Document]]) -> Filters:
    return Filters(documents=(document[0],))


def _as_loaded(name: str, texts: Sequence[str]) -> list[Document]:
    """Chunks with the metadata that the loader gives to a chunk of text."""
    chunks = make_chunks(name, *texts)
    for number, chunk in enumerate(chunks):
        section = f"Part {number // 50} › Section {number // 10}"
        box = [72.0, 72.0 + number % 40, 523.5, 110.25 + number % 40]
        titles = {"section": section, "title": f"Report {name}", "caption": "", "reader": "local"}
        chunk.metadata |= {**titles, "box": box}
    return chunks


def _bare(folder: Path) -> Any:
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return client.create_collection(
        "bare", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )


def _fill_both(
    bare: Any,
    store: Store,
    documents: Sequence[tuple[str, list[Document]]],
    vectors: Vectors,
) -> tuple[float, float]:
    """CPU of each; they take turns, so that a busy machine slows both."""
    bare_cpu = ours_cpu = 0.0
    start = 0
    for name, chunks in documents:
        part = vectors[start : start + len(chunks)]
        start += len(chunks)
        bare_cpu += _cpu(partial(add_to_bare, bare, chunks, part))
        ours_cpu += _cpu(partial(store.replace, DocumentRecord(name, name), chunks))
    return bare_cpu, ours_cpu


def add_to_bare(bare: Any, chunks: Sequence[Document], vectors: Vectors) -> None:
    """The same ids, vectors, texts and metadata."""
    bare.add(
        ids=[str(chunk.metadata["chunk_id"]) for chunk in chunks],
        embeddings=vectors,
        documents=[chunk.page_content for chunk in chunks],
        metadatas=[
            {key: value for key, value in chunk.metadata.items() if value != ""} for chunk in chunks
        ],
    )


def _fill(store: Store, documents: Sequence[tuple[str, list[Document]]]) -> None:
    for name, chunks in documents:
        store.replace(DocumentRecord(name, name), chunks)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _p50(ask: Callable[[int], object]) -> float:
    times = []
    for number in range(QUERIES):
        start = time.perf_counter()
        ask(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _recall(exact: Sequence[set[str]], found: Sequence[set[str]]) -> float:
    return statistics.fmean(len(one & two) / 10 for one, two in zip(exact, found, strict=True))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
