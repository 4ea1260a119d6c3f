"""The real server on loopback: in a thread, or as the command's own process."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 30
LONG_S = 600
"""Nothing takes that long, but a machine with much else to do may take most of it: tests wait for
what they see, and httpx alone would wait for 5 seconds."""


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The address of a server that runs in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def serving(home: Path, *words: str, **environment: str) -> Iterator[str]:
    """The address that `python main.py …` says it serves at; it ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "main.py", *words, "--port", "0", "--home", str(home)],
        cwd=ROOT,
        env={"PATH": str(Path(sys.executable).parent), **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _address(process: subprocess.Popen[str]) -> str:
    told = []
    for line in process.stderr or ():
        told.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError(f"it ended: {''.join(told)}")
