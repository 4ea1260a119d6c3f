"""First pages are asked while the others are read."""

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

from pagewise.library import Library
from pagewise.settings import Settings

ROOT = Path(__file__).parents[3]
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


def test_somebody_asks_the_first_pages_while_the_others_are_read_and_leaves(
    tmp_path: Path,
) -> None:
    filling = "It stands in the hall and is looked after every week. " * 24
    pages = (f"# Pump P-{n}\n\nPump P-{n} has {40 + n} valves.\n\n{filling}" for n in range(1, 60))
    (tmp_path / "manual.txt").write_text("\f".join(pages), encoding="utf-8")
    with Typed(tmp_path / "home", str(tmp_path / "manual.txt")) as typed:
        typed.wait_for("› ")
        typed.type("How many valves does pump P-3 have?\r")
        typed.wait_for("manual.txt, p. 3")
        assert typed.leave() == 0
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(tmp_path / "manual.txt")])
        assert {chunk.metadata["page"] for chunk in library.store.chunks_of("manual.txt")} == set(
            range(59)
        )
