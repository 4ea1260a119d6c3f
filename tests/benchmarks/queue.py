"""Workers on one queue: what the queue costs a page, and how near they come to the quota together.

    python -m tests.benchmarks queue [PAGES]

Real processes, a real Postgres and a real Chroma server; the emulator of Gemini answers after eight
seconds (at once, where CPU is measured) and refuses more than its requests a minute.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from tests.chroma_server import Server
from tests.gemini_emulator import GeminiEmulator, Reply, Request, over_quota
from tests.pagewise.queueing.test_worker import drawing
from tests.postgres_server import Postgres
from tests.queue_world import World, world

PROGRAM = "import sys, main; sys.exit(main.main(sys.argv[1:]))"
PER_MINUTE, LATENCY_S = 60, 8.0
PAGES_A_DOCUMENT = 10
Url = Callable[[str], str]
WORKERS = (1, 4, 16)


class Quota:
    """As the service counts: so many requests in any minute, told when there are more."""

    def __init__(self, per_minute: int, latency_s: float) -> None:
        self.per_minute, self.latency_s = per_minute, latency_s
        self.accepted: deque[float] = deque()
        self.refused = 0
        self.first = 0.0

    def __call__(self, request: Request) -> Reply:
        now = request.at
        self.first = self.first or now
        while self.accepted and now - self.accepted[0] > 60:
            self.accepted.popleft()
        if len(self.accepted) >= self.per_minute:
            self.refused += 1
            wait = ceil(60 - (now - self.accepted[0]))
            return over_quota(wait, limit=self.per_minute)
        self.accepted.append(now)
        shown = request.images[0][-40:-8]
        return Reply(f"<chunk>The drawing bears the mark {shown}.</chunk>", delay_s=self.latency_s)


def measure(pages: int) -> dict[str, float]:
    """CPU a page beside that of `index --local`; pages a minute as a share of the quota's."""
    found: dict[str, float] = {"pages": pages}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        Path(folder, "postgres").mkdir()
        postgres, chroma = Postgres(Path(folder, "postgres")), Server(Path(folder, "chroma"))
        try:
            servers = postgres.url, chroma.url, Path(folder)
            found |= _cpu(*servers, pages)
            for workers in WORKERS:
                found |= _pages_a_minute(*servers, pages, workers)
        finally:
            chroma.kill()
            postgres.stop()
    return found


@contextmanager
def _world(url: str, chroma: str, folder: Path, quota: Quota) -> Iterator[World]:
    folder.mkdir()
    with GeminiEmulator(quota) as gemini, world(folder, url, chroma, gemini.url) as made:
        made.program = PROGRAM
        yield made


def _cpu(url: Url, chroma: str, folder: Path, pages: int) -> dict[str, float]:
    """Of all processes of ours; what each takes to start is measured with a page, and left out."""
    spent: dict[str, float] = {}
    for how in ("local", "queue"):
        for size in (1, pages):
            name = f"{how}{size}"
            schema = url(name)
            with _world(schema, chroma, folder / name, Quota(10**6, 0.0)) as made:
                before = _children()
                report = drawing(made.folder / "plans.pdf", size)
                worker = made.worker("worker") if how == "queue" else None
                _indexed(made, report, *(["--local"] if how == "local" else []))
                if worker:
                    worker.send_signal(signal.SIGTERM)
                    worker.communicate()
                spent[name] = _children() - before
    local = (spent[f"local{pages}"] - spent["local1"]) / (pages - 1) * 1000
    queue = (spent[f"queue{pages}"] - spent["queue1"]) / (pages - 1) * 1000
    return {"local_cpu_ms_a_page": local, "queue_overhead_cpu_ms_a_page": queue - local}


def _pages_a_minute(
    url: Url, chroma: str, folder: Path, pages: int, workers: int
) -> dict[str, float]:
    name = f"minute{workers}"
    quota = Quota(PER_MINUTE, LATENCY_S)
    with _world(url(name), chroma, folder / name, quota) as made:
        (made.folder / "plans").mkdir()
        for number in range(pages // PAGES_A_DOCUMENT):
            drawing(made.folder / "plans" / f"{number}.pdf", PAGES_A_DOCUMENT)
        for number in range(workers):
            made.worker(f"worker{number}")
        _indexed(made, made.folder / "plans")
        # The last page is read when the last but one minute's requests have left the window.
        took = quota.accepted[-1] - quota.first + LATENCY_S
    bound = (ceil(pages / PER_MINUTE) - 1) * 60 + LATENCY_S
    return {f"of_bound_{workers}_workers": bound / took, f"refused_{workers}": quota.refused}


def _indexed(made: World, report: Path, *words: str) -> None:
    process = made.run("client", "index", str(report), "--json", *words)
    out, _ = process.communicate()
    begins = re.search(r"^\{", out, re.M)
    assert begins, out
    told, _ = json.JSONDecoder().raw_decode(out[begins.start() :])  # a warning may follow
    assert set(told["outcomes"]) == {"ok"}, out


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
