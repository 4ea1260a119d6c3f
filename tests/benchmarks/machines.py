"""Many machines on one library, killed at random with their servers: what is lost, or read twice.

python -m tests.benchmarks machines [600]   so many seconds of kills

Each process has a folder of its own, as on a machine of its own; Postgres and Chroma are real.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from loaders.storing.store import Store
from tests.chroma_server import Server
from tests.machine import PAGES, document
from tests.postgres_server import Postgres, servers
from tests.words import MODEL, WordEmbeddings

ROOT = Path(__file__).parents[2]
BETWEEN_KILLS = 4.0
"""Seconds; a process needs two to begin."""


class Machines:
    """Writers and askers, each of which is started again when it is killed."""

    def __init__(self, folder: Path, chroma: Server, postgres: Postgres, count: int) -> None:
        self.folder, self.chroma, self.postgres, self.count = folder, chroma, postgres, count
        self.url = postgres.url("shared")
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, doing: str, name: str) -> None:
        servers = [self.chroma.url, self.url]
        command = ["-m", "tests.machine", doing, str(self.folder / name), *servers, name]
        self.running[name] = subprocess.Popen([sys.executable, *command, str(self.count)], cwd=ROOT)

    def kill(self, name: str) -> None:
        """A process, or a server by its name; it comes back."""
        if name == "chroma":
            self.chroma.kill()
            self.chroma.start()
        elif name == "postgres":
            self.postgres.kill()
            self.postgres.start()
        else:
            self.running[name].kill()
            self.running[name].wait()
            self.start("write" if name.startswith("writer") else "ask", name)

    def opened(self, name: str) -> Store:
        """The library as a machine sees it that was not there before."""
        where = self.folder / name, WordEmbeddings(), MODEL
        return Store(*where, chroma_url=self.chroma.url, database_url=self.url)

    def lines(self, kind: str) -> list[str]:
        """What all processes have noted."""
        files = self.folder.glob(f"*.{kind}")
        return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def finish(self) -> None:
        """Wait for all writers, then end the askers."""
        for name, process in self.running.items():
            if name.startswith("writer"):
                process.wait()
        for process in self.running.values():
            process.kill()
            process.wait()

    def outcome(self) -> dict[str, float]:
        """Everything that must be none, and how much was done."""
        writers = [name for name in self.running if name.startswith("writer")]
        wanted = {document(name, number).name for name in writers for number in range(self.count)}
        with self.opened("a new machine") as store:
            chunks, vectors, words = store.counts()
            found = len(store.matching("shared", 2 * len(wanted) * PAGES))
            here = {record.name for record in store.documents()}
            unread = [name for name in here if len(store.ledger.outcomes(name)) < PAGES]
        reads = Counter(self.lines("read"))
        return {
            "documents lost": len(wanted - here) + len(here - wanted),
            "pages lost": len(unread),
            "chunks missing": len(wanted) * PAGES - chunks,
            "vectors missing": chunks - vectors,
            "words missing": chunks - min(words, found),
            "wrong answers": len(self.lines("wrong")),
            "pages read twice": sum(reads.values()) - len(reads),
            "pages": len(reads),
            "questions": len(self.lines("asked")),
        }


@contextmanager
def machines(writers: int, askers: int, count: int) -> Iterator[Machines]:
    """So many writers of so many documents each, and askers, with both servers."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(contextmanager(servers)())
        chroma = Server(folder / "chroma")
        stack.callback(chroma.kill)
        made = Machines(folder, chroma, postgres, count)
        stack.callback(made.finish)
        for doing, number in (("write", writers), ("ask", askers)):
            for one in range(number):
                made.start(doing, f"{'writer' if doing == 'write' else 'asker'}-{one}")
        yield made


def measure(seconds: int) -> dict[str, float]:
    """Four writers and eight askers; what has come of so many seconds of kills."""
    chance, until, kills = random.Random(seconds), time.monotonic() + seconds, 0
    with machines(4, 8, max(10, seconds // 2)) as made:
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.5, 1.5) * BETWEEN_KILLS)
            made.kill(chance.choice([*made.running, "chroma", "postgres"]))
            kills += 1
        made.finish()
        return {"seconds": seconds, "kills": kills, **made.outcome()}
