"""The program in a terminal, and somebody who types."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent

SLOW_MACHINE_S = 600


class Typed:
    """The program in a terminal of its own, and what somebody types into it."""

    def __init__(self, home: Path, *sources: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "--home", str(home), "--offline", *sources],
            cwd=ROOT,
            env={"PATH": os.defpath, "TERM": "dumb", "LANG": "C.UTF-8", "HOME": str(home)},
            preexec_fn=lambda: os.login_tty(slave),
        )
        os.close(slave)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + SLOW_MACHINE_S
        while text not in self.shown:
            ready, _, _ = select.select([self.master], [], [], until - time.monotonic())
            assert ready, f"{text!r} was never shown: {self.shown!r}"
            self.shown += os.read(self.master, 65536).decode("utf-8", "replace")

    def leave(self) -> int:
        """Ctrl-D until it is heard: a terminal drops it in the moment between two modes.

        What it still says is read, else it waits for ever until somebody does.
        """
        until = time.monotonic() + SLOW_MACHINE_S
        while self.process.poll() is None and time.monotonic() < until:
            self.type("\x04")
            while self.process.poll() is None and select.select([self.master], [], [], 1)[0]:
                with suppress(OSError):  # it has left
                    self.shown += os.read(self.master, 65536).decode("utf-8", "replace")
        return self.process.wait(SLOW_MACHINE_S)
