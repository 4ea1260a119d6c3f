"""From a document to its first answer: ours as a user runs it, and LangChain's plain pipeline.

The plain one is PyMuPDFLoader's text in pieces of 1,000 characters, the engine that ships with
the weights of our embeddings, and Chroma; its answer is the nearest piece. Each runs as a process
of its own, and CPU time of the process and its children counts, so that what else runs on the
machine slows both alike.
"""

# mypy: allow-untyped-calls
# ruff: noqa: PLC0415 - each process loads only what is measured in it
from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pymupdf
from langchain_core.embeddings import Embeddings

from pagewise.models.local_embeddings import Model

QUESTION = "What was the revenue of pumps in 2023?"
PRODUCTS = ("Pumps", "Valves", "Turbines", "Services", "Total")
WORDS = [
    "the",
    "board",
    "harbour",
    "turbine",
    "reviewed",
    "report",
    "of",
    "staff",
    "and",
    "plant",
    "opened",
    "while",
    "customers",
    "order",
    "steel",
    "water",
    "at",
    "growth",
    "fell",
    "cost",
    "rose",
    "because",
    "supply",
    "market",
    "region",
    "bridge",
    "crane",
    "moved",
    "under",
]


def measure(pages: int) -> dict[str, float]:
    """CPU seconds to the first answer, of a report of so many pages, and how ours come about."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_report(folder / "report.pdf", pages)
        figures: dict[str, float] = {"pages": pages}
        for who in ("ours", "plain"):
            told = subprocess.run(
                [sys.executable, "-m", __name__, who, str(folder)],
                stdout=subprocess.PIPE,
                check=True,
            )
            found = json.loads(told.stdout)
            figures |= {f"{who}: {what}": seconds for what, seconds in found.items()}
    first = figures["ours: first answer, CPU s"]
    whole = figures["ours: whole document, CPU s"]
    plain = figures["plain: first answer, CPU s"]
    return figures | {"first answer, ratio": first / plain, "whole document, ratio": whole / plain}


def ours(folder: Path) -> dict[str, float]:
    """In one process: loading, reading to the first question, its answer, the rest."""
    parts = _Parts()
    with parts.named("loading"):
        from pagewise.library import Library
        from pagewise.settings import load_settings

        library = Library(load_settings(folder / "home", offline=True))
    began = time.process_time()
    asked: list[float] = []

    def step(document: str, done: int, total: int, doing: str) -> None:
        if library.arriving() and not asked:
            parts.seconds["first pages, this process"] = time.process_time() - began
            with parts.named("answer"):
                library.ask(QUESTION)
            parts.seconds["first pages in"] = next(iter(library.arriving().values()))[0]
            asked.append(_cpu())

    with library:
        library.index([str(folder / "report.pdf")], on_step=step, ask_meanwhile=True)
        library.ask(QUESTION)
    first = asked[0] if asked else _cpu()
    return {**parts.seconds, "first answer, CPU s": first, "whole document, CPU s": _cpu()}


def plain(folder: Path) -> dict[str, float]:
    parts = _Parts()
    with parts.named("loading"):
        from langchain_chroma import Chroma

        from pagewise.models.local_embeddings import Engine

        embeddings = _Embedding(Engine())
    with parts.named("reading"):
        with pymupdf.open(folder / "report.pdf") as document:
            texts = [page.get_text() for page in document]
        pieces = [text[at : at + 1000] for text in texts for at in range(0, len(text), 900)]
    with parts.named("embedding and storing"):
        store = Chroma.from_texts(pieces, embeddings, persist_directory=str(folder / "plain"))
    with parts.named("answer"):
        store.similarity_search(QUESTION, k=4)
    return {**parts.seconds, "chunks": len(pieces), "first answer, CPU s": _cpu()}


class _Parts:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def named(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[name] = time.process_time() - start


class _Embedding(Embeddings):
    def __init__(self, model: Model) -> None:
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self._model.encode(texts, is_query=False).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self._model.encode([text], is_query=True).tolist()[0]
        return found


def _cpu() -> float:
    """Of this process and its children, those that still run included."""
    own = psutil.Process()
    spent = own.cpu_times()
    running = [child.cpu_times() for child in own.children(recursive=True)]
    ended = spent.children_user + spent.children_system
    return float(ended + sum(one.user + one.system for one in (spent, *running)))


def _write_report(file: Path, pages: int) -> None:
    """Prose of about 450 words a page, and a table on each fifth."""
    document = pymupdf.open()
    draw = random.Random(1)
    for number in range(1, pages + 1):
        page = document.new_page()
        page.insert_text((72, 60), f"{number}. The division of {number} halls", fontsize=14)
        rest = pymupdf.Rect(72, 80, 523, 770)
        if number % 5 == 1:
            figures = [(what, draw.randint(100, 999), draw.randint(100, 999)) for what in PRODUCTS]
            rows = [f"{what:<14}{one:>10}{other:>10}" for what, one, other in figures]
            lines = ["Revenue (EUR million)", f"{'':<14}{2023:>10}{2022:>10}", *rows]
            page.insert_text((72, 90), lines, fontname="cour", fontsize=10)
            rest.y0 = 220
        text = " ".join(_sentence(draw) for _ in range(30))
        page.insert_textbox(rest, text, fontsize=11)
    document.save(file)


def _sentence(draw: random.Random) -> str:
    words = draw.choices(WORDS, k=14)
    return f"In {draw.randint(1990, 2023)} {' '.join(words)} {draw.randint(2, 900)}."


if __name__ == "__main__":
    run = {"ours": ours, "plain": plain}[sys.argv[1]]
    sys.stdout.write(json.dumps(run(Path(sys.argv[2]))))
