"""One run of the worker, and what it may cost.

Its CPU time is counted by the system, and by no clock on the wall: what becomes of a page depends
on the page, and not on what else the machine does.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from loaders.reading.child_process import start_process

OUT_OF_TIME = int(getattr(signal, "SIGXCPU", 0))
"""The signal that ends a process whose CPU time is used up; systems without it have 0."""
START_SECONDS = 15.0
"""What the start of the child may take, before the file is touched."""
STILL = 0.001
"""Part of the time that passes in CPU time: a process that takes less waits for nothing to come."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    memory: int = 2 * 1024**3
    """Address space of the child in bytes."""
    page_seconds: float = 20.0
    """CPU time for one request, which no other program on the machine shortens: four times what
    the slowest of all pages took that are known here."""
    hurry_seconds: float = 10.0
    """The same for a page that overran, when it is read once more without the layout model."""
    ocr_memory: int = 4 * 1024**3
    """Address space once a page is read by OCR; about a quarter of it is really used."""
    ocr_seconds: float = 80.0
    """CPU time for a page that is read by OCR: 5 to 10 seconds of it as a rule."""
    lost_seconds: float = 60.0
    """CPU time that pages of one document may take which come to no end; see `ask_in_time`."""
    patience: float = 5.0
    """Wall time as a multiple of the CPU time: then it is looked whether the child moves at all."""


class WorkerTimeout(Exception):
    """The child took too long or died; the message says which."""


class Child:
    """One run of the worker on one document."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self.process = start_process()
        self.overran = False
        self.seconds = limits.page_seconds
        first = {"path": str(path), "memory": limits.memory, "ocr_memory": limits.ocr_memory}
        self.opened, _ = self.ask(first, grace=START_SECONDS)

    def ask(self, request: dict[str, Any], grace: float = 0.0) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for its answer, as long as the limits allow."""
        self.seconds = self.seconds_for(request)
        seconds = self.seconds + grace
        with watched(seconds * self.limits.patience, self.cpu_seconds, self.kill):
            try:
                pipe = self.pipe(self.process.stdin)
                pipe.write(json.dumps(request | {"seconds": seconds}).encode() + b"\n")
                pipe.flush()
                return self.answer(self.pipe(self.process.stdout))
            except BrokenPipeError:
                raise WorkerTimeout(self.cause()) from None

    def cpu_seconds(self) -> float | None:
        """What the child has used; None where the system does not tell."""
        with suppress(OSError, ValueError, IndexError, AttributeError):
            told = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
            ticks = sum(map(int, told.rpartition(")")[2].split()[11:13]))
            return ticks / os.sysconf("SC_CLK_TCK")
        return None

    def seconds_for(self, request: dict[str, Any]) -> float:
        if request.get("ocr"):
            return self.limits.ocr_seconds
        return self.limits.hurry_seconds if request.get("hurry") else self.limits.page_seconds

    def answer(self, pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
        line = pipe.readline()
        if not line.endswith(b"\n"):
            raise WorkerTimeout(self.cause())
        answer: dict[str, Any] = json.loads(line)
        raw = pipe.read(answer.pop("bytes"))
        return answer, raw

    def pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise WorkerTimeout("the reading process has no pipe")
        return pipe

    def cause(self) -> str:
        if self.overran:
            return "stood still and was stopped"
        code = self.process.wait()
        if OUT_OF_TIME and code == -OUT_OF_TIME:
            return f"took longer than {self.seconds:g} seconds of CPU time and was stopped"
        return f"the reading process died ({code}): too much memory or time, or a fault in the file"

    def kill(self) -> None:
        self.overran = True
        self.process.kill()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


@contextmanager
def watched(
    seconds: float, used: Callable[[], float | None], stop: Callable[[], None]
) -> Iterator[None]:
    """Call `stop` if no CPU time was `used` for so many seconds: on a busy machine work goes on.

    Where the system does not tell what was used, the seconds alone decide.
    """
    done = threading.Event()
    last = used()

    def look() -> None:
        nonlocal last
        while not done.wait(seconds):
            now = used()
            if now is None or last is None or now - last < STILL * seconds:
                stop()
                return
            last = now

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
