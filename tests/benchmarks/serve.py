"""Keyless questions to a server as a user runs it: how many a second, and how even they are.

The clients ask one after the other, each its own questions in turn; the server is a process of its
own, whose CPU time counts, and what else runs on the machine makes the seconds longer, not that.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]

from pagewise.library import Library
from pagewise.settings import load_settings

CLIENTS = 32
PUMPS = 40
PATIENCE = 120


def measure(count: int) -> dict[str, float]:
    """Questions a second of wall time, and CPU time a question, after each was asked once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "manual.txt").write_text("\f".join(map(_page, range(PUMPS))), encoding="utf-8")
        with Library(load_settings(folder / "home", offline=True)) as library:
            library.index([str(folder / "manual.txt")])
        with _served(folder / "home") as (address, server):
            first = _asked(address, server, len(QUESTIONS) * PUMPS // 2)
            again = _asked(address, server, count)
    return {"clients": CLIENTS, **_named("first time", first), **_named("again", again)}


QUESTIONS = (
    "How many valves does pump P-{0} have?",
    "Where does pump P-{0} stand?",
    "What is the weight of pump P-{0} in 2023?",
    "Who painted pump P-{0}?",
)


def _page(number: int) -> str:
    filling = f"Pump P-{number} is looked after every week, and its oil is changed. " * 12
    rows = f"| Part | 2022 | 2023 |\n|---|---|---|\n| Weight | {number + 200} | {number + 310} |"
    said = f"Pump P-{number} stands by the harbour. Pump P-{number} has {number + 40} valves."
    return f"# Pump P-{number}\n\n{said}\n\n{filling}\n\n{rows}\n"


def _every_question() -> Iterator[str]:
    while True:
        for number in range(PUMPS):
            yield QUESTIONS[number % len(QUESTIONS)].format(number)


class _Run:
    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.wall = self.cpu = 0.0


def _asked(address: str, server: psutil.Process, count: int) -> _Run:
    run, questions, turn = _Run(), islice(_every_question(), count), threading.Lock()

    def ask() -> None:
        with httpx.Client(timeout=PATIENCE) as client:
            while True:
                with turn:
                    question = next(questions, None)
                if question is None:
                    return
                began = time.perf_counter()
                reply = client.post(
                    f"{address}/pagewise/invoke", json={"input": {"question": question}}
                )
                reply.raise_for_status()
                run.seconds.append(time.perf_counter() - began)

    cpu, wall = _cpu(server), time.perf_counter()
    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    run.wall, run.cpu = time.perf_counter() - wall, _cpu(server) - cpu
    return run


def _named(when: str, run: _Run) -> dict[str, float]:
    p50, p95 = statistics.median(run.seconds), statistics.quantiles(run.seconds, n=20)[-1]
    return {
        f"{when}: questions": len(run.seconds),
        f"{when}: questions a second": len(run.seconds) / run.wall,
        f"{when}: CPU ms a question": 1000 * run.cpu / len(run.seconds),
        f"{when}: p50, s": p50,
        f"{when}: p95 to p50": p95 / p50,
    }


def _cpu(server: psutil.Process) -> float:
    spent = server.cpu_times()
    return float(spent.user + spent.system)


@contextmanager
def _served(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    command = ["main.py", "--offline", "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True) as process:
        try:
            if process.stderr is None:
                raise AssertionError("there is a pipe")
            line = next(line for line in process.stderr if line.startswith("http"))
            yield line.split("/pagewise")[0].split()[0], psutil.Process(process.pid)
        finally:
            process.terminate()
