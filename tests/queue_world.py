"""Workers as processes on a real Postgres and a real Chroma server, with homes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY

ROOT = Path(__file__).parent.parent
WORK = """
import sys
from pagewise.queueing import job_queue, worker
job_queue.HEARTBEAT_S, job_queue.STALLED_S = 0.5, 4.0
worker.PAGES_A_JOB = 10
import main
sys.exit(main.main(sys.argv[1:]))
"""
"""The command, which misses a worker sooner and reads in shorter ranges."""


@dataclass
class World:
    """One library for all of them."""

    folder: Path
    database_url: str
    chroma_url: str
    gemini_url: str = ""
    """The embedded default, if there is none."""
    program: str = WORK
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def settings(self, home: str) -> Settings:
        return Settings(
            home=self.folder / home,
            reader=f"google_genai:{CHAT}" if self.gemini_url else "local",
            google_api_key=KEY if self.gemini_url else "",
            google_base_url=self.gemini_url,
            chroma_url=self.chroma_url,
            database_url=self.database_url,
            files=str(self.folder / "files"),
        )

    def environment(self, home: str) -> dict[str, str]:
        settings = self.settings(home)
        return {
            "PATH": str(Path(sys.executable).parent),
            "PYTHONPATH": str(ROOT),
            "PAGEWISE_HOME": str(settings.home),
            "PAGEWISE_READER": settings.reader,
            "PAGEWISE_CHAT": "local",
            "PAGEWISE_EMBEDDINGS": "local",
            "GOOGLE_API_KEY": settings.google_api_key,
            "GOOGLE_GEMINI_BASE_URL": settings.google_base_url,
            "CHROMA_URL": settings.chroma_url,
            "DATABASE_URL": settings.database_url,
            "PAGEWISE_FILES": settings.files,
        }

    def run(self, home: str, *words: str) -> subprocess.Popen[str]:
        """The command in a process of its own; ended with the world."""
        process = subprocess.Popen(
            [sys.executable, "-c", self.program, *words],
            cwd=ROOT,
            env=self.environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        return process

    def worker(self, home: str) -> subprocess.Popen[str]:
        """One that waits for jobs."""
        process = self.run(home, "work")
        assert process.stdout is not None
        first = process.stdout.readline()
        assert "waiting for jobs" in first, first + process.stdout.read()
        return process


@contextmanager
def world(folder: Path, database_url: str, chroma_url: str, gemini_url: str) -> Iterator[World]:
    made = World(folder, database_url, chroma_url, gemini_url)
    try:
        yield made
    finally:
        for process in made.running:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def seen(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it was never so"
        time.sleep(0.05)


def kill(process: subprocess.Popen[str]) -> None:
    """As the kernel does: nothing is said, nothing is put away."""
    os.kill(process.pid, 9)
    process.wait()
