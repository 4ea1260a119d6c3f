"""A large library on Postgres and a Chroma server: what it takes to index, ask, build and follow.

python -m tests.benchmarks large [CHUNKS]

Vectors are drawn, not made by a model: what remains is what the servers and this program take.
A bare Chroma server is given the same beside, texts and metadata too. SIGINT ends the filling:
what is there by then is measured.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.store import Store
from loaders.storing.truth.records import DocumentRecord
from tests.benchmarks.library import DrawnEmbeddings, add_to_bare, drawn_texts
from tests.chroma_server import Server
from tests.postgres_server import Postgres, servers
from tests.words import make_chunks

PER_DOCUMENT = 100
QUERIES = 100
A_MINUTE = 50
"""Documents that somebody writes, while others ask."""
MINUTES = 2.0
LOOK_S = 0.1


class Drawn(DrawnEmbeddings):
    """The vectors of a document are there before it is put in: to embed costs nothing."""

    def drawn(self, texts: Sequence[str]) -> list[list[float]]:
        self._kept = dict(zip(texts, super().embed_documents([*texts]), strict=True))
        return [*self._kept.values()]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._kept[text] for text in texts]


class Machine:
    """Opens the library in a folder of its own."""

    def __init__(self, folder: Path, chroma: str, postgres: str) -> None:
        self.folder, self.chroma, self.postgres = folder, chroma, postgres

    def __call__(self, name: str, embeddings: DrawnEmbeddings | None = None) -> Store:
        where = self.folder / name, embeddings or DrawnEmbeddings(), "drawn"
        return Store(*where, chroma_url=self.chroma, database_url=self.postgres)


def measure(size: int) -> dict[str, float]:
    """Seconds and milliseconds; the servers share the machine with all who ask."""
    with (
        tempfile.TemporaryDirectory() as name,
        contextmanager(servers)() as postgres,
        _chroma(Path(name, "chroma")) as chroma,
        _chroma(Path(name, "bare")) as bare,
    ):
        machine = Machine(Path(name), chroma.url, postgres.url())
        plain = _collection(bare)
        found = _Filling(machine, plain, (postgres, chroma, bare)).filled(size)
        disk = {
            "Postgres GB": _gigabytes(postgres.folder),
            "Chroma GB": _gigabytes(chroma.folder),
            "bare GB": _gigabytes(bare.folder),
        }
        found |= disk | _built(machine) | _asked_bare(plain) | _followed(machine)
        ours, theirs = _most_memory(chroma), _most_memory(bare)
        return found | {
            "Chroma GB of memory": ours,
            "bare GB of memory": theirs,
            "writer GB of memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
            "memory of Chroma to bare": ours / theirs,
            "disk to bare": (sum(disk.values()) + found["replica GB"]) / disk["bare GB"] - 1,
            "vectors to bare, p50": found["vectors alone ms p50"] / found["bare ms p50"],
            "ask to bare, p50": found["ask alone ms p50"] / found["bare ms p50"],
            "ask to bare, p95": found["ask alone ms p95"] / found["bare ms p95"],
        }


def _collection(server: Server) -> Any:
    port, settings = server.port, Settings(anonymized_telemetry=False)
    client = chromadb.HttpClient(host="127.0.0.1", port=port, settings=settings)
    return client.create_collection(
        "bare", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )


@contextmanager
def _chroma(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.kill()


def _most_memory(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e6


def _gigabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e9


class _Filling:
    """By one writer, document after document, into both libraries at the same time."""

    def __init__(
        self, machine: Machine, bare: Any, servers: tuple[Postgres, Server, Server]
    ) -> None:
        self._machine, self._bare, self._servers = machine, bare, servers
        self._took: list[tuple[float, float]] = []
        self._own: list[tuple[float, float]] = []
        """Seconds of each document, and of them CPU of this process; ours and the bare's."""
        self._embeddings, self._is_over = Drawn(), False

    def filled(self, size: int) -> dict[str, float]:
        """A tenth after the other: what a chunk takes when there are many, beside when few."""
        before = signal.signal(signal.SIGINT, self._stop)
        tenths = [self._used()]
        with self._machine("writer", self._embeddings) as store:
            for number, texts in enumerate(_documents(size)):
                if self._is_over:
                    break
                self._put(store, f"{number}.pdf", texts)
                if len(self._took) * PER_DOCUMENT * 10 // size >= len(tenths):
                    tenths.append(self._used())
                    self._tell(tenths)
        signal.signal(signal.SIGINT, before)
        return self._told(tenths, self._used())

    def _stop(self, *_: object) -> None:
        self._is_over = True

    def _put(self, store: Store, name: str, texts: Sequence[str]) -> None:
        chunks = make_chunks(name, *texts)
        vectors = np.asarray(self._embeddings.drawn(texts), np.float32)
        with ThreadPoolExecutor(1) as beside:
            bare = beside.submit(_spent, lambda: add_to_bare(self._bare, chunks, vectors))
            own = time.process_time()
            took, _ = _spent(lambda: store.replace(DocumentRecord(name, name), chunks))
            bare_took, bare_own = bare.result()
        self._took.append((took, bare_took))
        self._own.append((time.process_time() - own - bare_own, bare_own))

    def _used(self) -> dict[str, float]:
        """CPU until now."""
        postgres, chroma, bare = self._servers
        ours, theirs = (sum(both) for both in zip(*self._own, strict=True)) if self._own else (0, 0)
        return {
            "chunks": float(len(self._took) * PER_DOCUMENT),
            "Postgres": postgres.cpu_seconds(),
            "Chroma": _cpu_of(chroma),
            "this process": ours,
            "bare": _cpu_of(bare) + theirs,
        }

    def _tell(self, used: Sequence[dict[str, float]]) -> None:
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {_each(used[-2], used[-1])}\n")

    def _told(self, tenths: Sequence[dict[str, float]], now: dict[str, float]) -> dict[str, float]:
        ends = tenths if len(tenths) > 1 else [*tenths, now]
        parts = (tenths[0], now), ends[:2], ends[-2:]
        whole, first, last = (_each(*both) for both in parts)
        return {
            "chunks": now["chunks"],
            "index seconds": sum(ours for ours, _ in self._took),
            "bare index seconds": sum(theirs for _, theirs in self._took),
            **{f"index CPU ms a chunk, {who}": value for who, value in whole.items()},
            **{f"last tenth to first, {who}": last[who] / first[who] for who in whole},
            "index CPU to bare": whole["all of ours"] / whole["bare"],
        }


def _spent(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and CPU of this thread."""
    began, own = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - began, time.thread_time() - own


def _each(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Milliseconds a chunk between two moments."""
    spent = {who: after[who] - before[who] for who in after}
    chunks = spent.pop("chunks")
    spent["all of ours"] = sum(spent.values()) - spent["bare"]
    return {who: round(1000 * value / chunks, 3) for who, value in spent.items()}


def _cpu_of(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8")
    return sum(map(int, fields.rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def _documents(size: int, seed: int = 1) -> Iterator[Sequence[str]]:
    texts = drawn_texts(size, seed)
    while batch := [*islice(texts, PER_DOCUMENT)]:
        yield batch


def _put(store: Store, name: str, texts: Sequence[str]) -> None:
    store.replace(DocumentRecord(name, name), make_chunks(name, *texts))


def _built(machine: Machine) -> dict[str, float]:
    """A machine that was not there before, and its questions once it is."""
    began = time.perf_counter()
    with machine("new") as store:
        store.matching("w1ord", 1)
        built = time.perf_counter() - began
        replica = _gigabytes(machine.folder / "new" / "words")
        return {"replica seconds": built, "replica GB": replica} | _asked(store, "alone")


def _asked(store: Store, how: str) -> dict[str, float]:
    """Whole retrievals, each of another question."""
    retriever = HybridRetriever(store=store)
    questions = [" ".join(text.split()[:8]) for text in drawn_texts(QUERIES, seed=3)]
    ways: dict[str, Callable[[str], object]] = {
        "words": lambda question: store.matching(question, 60),
        "vectors": lambda question: store.nearest(question, 60),
        "ask": retriever.invoke,
    }
    return {
        f"{what} {how} ms p{percent}": 1000 * value
        for what, ask in ways.items()
        for percent, value in _percentiles([_seconds(ask, one) for one in questions]).items()
    }


def _asked_bare(bare: Any) -> dict[str, float]:
    """The same questions' vectors, for ten."""
    embeddings = DrawnEmbeddings()
    questions = [" ".join(text.split()[:8]) for text in drawn_texts(QUERIES, seed=3)]
    vectors = {one: np.asarray(embeddings.embed_query(one), np.float32) for one in questions}
    took = [
        _seconds(lambda one: bare.query(query_embeddings=[vectors[one]], n_results=10), question)
        for question in questions
    ]
    return {f"bare ms p{percent}": 1000 * value for percent, value in _percentiles(took).items()}


def _followed(machine: Machine) -> dict[str, float]:
    """While another machine writes: how far behind this one is, and what a question takes."""
    took, behind = [], []
    process = multiprocessing.get_context("spawn").Process(target=_write, args=(machine,))
    with machine("new") as store:
        retriever = HybridRetriever(store=store)
        process.start()
        for text in drawn_texts(10**6, seed=4):
            if not process.is_alive():
                break
            took.append(_seconds(retriever.invoke, " ".join(text.split()[:8])))
            behind.append((store.lag() or (0, 0.0))[1])
            time.sleep(LOOK_S)
    process.join()
    assert process.exitcode == 0
    wrote = len(list(machine.folder.glob("wrote-*")))
    shutil.rmtree(machine.folder / "new")
    return {
        "documents a minute written": wrote / MINUTES,
        "questions meanwhile": float(len(took)),
        **{f"ask meanwhile ms p{n}": 1000 * value for n, value in _percentiles(took).items()},
        **{f"lag seconds p{n}": value for n, value in _percentiles(behind).items()},
        "lag seconds most": max(behind),
    }


def _write(machine: Machine) -> None:
    """New documents, one after the other, no faster than they are to come."""
    began = time.monotonic()
    with machine("writer") as store:
        for number, texts in enumerate(_documents(10**9, seed=5)):
            if (now := time.monotonic() - began) > MINUTES * 60:
                return
            time.sleep(max(0.0, number * 60 / A_MINUTE - now))
            _put(store, f"new-{number}.pdf", texts)
            (machine.folder / f"wrote-{number}").touch()


def _seconds(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return time.perf_counter() - began


def _percentiles(values: Sequence[float]) -> dict[int, float]:
    cuts = statistics.quantiles(values, n=20)
    return {50: statistics.median(values), 95: cuts[18]}
