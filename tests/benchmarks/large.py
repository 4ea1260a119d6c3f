"""A large library on Postgres and a Chroma server: what it takes to index, ask, build and follow.

python -m tests.benchmarks large [CHUNKS]

Vectors are drawn, not made by a model: what remains is what the servers and this program take.
"""

from __future__ import annotations

import multiprocessing
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.records import DocumentRecord
from loaders.storing.store import Store
from tests.benchmarks.library import DrawnEmbeddings, drawn_texts
from tests.chroma_server import Server
from tests.postgres_server import servers
from tests.words import make_chunks

PER_DOCUMENT = 100
QUERIES = 100
A_MINUTE = 50
"""Documents that somebody writes, while others ask."""
MINUTES = 2.0
LOOK_S = 0.1


class Machine:
    """Opens the library in a folder of its own."""

    def __init__(self, folder: Path, chroma: str, postgres: str) -> None:
        self.folder, self.chroma, self.postgres = folder, chroma, postgres

    def __call__(self, name: str) -> Store:
        where = self.folder / name, DrawnEmbeddings(), "drawn"
        return Store(*where, chroma_url=self.chroma, database_url=self.postgres)


def measure(size: int) -> dict[str, float]:
    """Seconds and milliseconds; the servers share the machine with all who ask."""
    with (
        tempfile.TemporaryDirectory() as name,
        contextmanager(servers)() as postgres,
        _chroma(Path(name, "chroma")) as chroma,
    ):
        machine = Machine(Path(name), chroma.url, postgres.url())
        found = {"chunks": float(size)} | _filled(machine, size)
        found |= {
            "Postgres GB": _gigabytes(postgres.folder),
            "Chroma GB": _gigabytes(chroma.folder),
        }
        found |= _built(machine) | _followed(machine)
        return found | {"Chroma GB of memory": _most_memory(chroma)}


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


def _filled(machine: Machine, size: int) -> dict[str, float]:
    """By one writer, document after document; the first thousand chunks beside the last."""
    took = []
    with machine("writer") as store:
        for number, texts in enumerate(_documents(size)):
            began = time.perf_counter()
            _put(store, f"{number}.pdf", texts)
            took.append(time.perf_counter() - began)
    return {
        "index seconds": sum(took),
        "first ms a chunk": 1000 * statistics.median(took[:20]) / PER_DOCUMENT,
        "last ms a chunk": 1000 * statistics.median(took[-20:]) / PER_DOCUMENT,
    }


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
