"""The commands that serve, as processes of their own on loopback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 30


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
