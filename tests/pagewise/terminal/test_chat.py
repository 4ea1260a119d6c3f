"""The conversation: in a pipe, in a terminal, and when a model is slow or fails."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal.chat import models_line

ROOT = Path(__file__).parents[3]
QUESTION = "What was the revenue of Leak sensors in 2025?"
SLOW_MACHINE_S = 600


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (Settings(), "Local models; nothing leaves this machine (GOOGLE_API_KEY brings Gemini)."),
        (Settings(offline=True), "Local models; nothing leaves this machine."),
        (
            Settings(reader="google_genai:a", chat="google_genai:a", embeddings="google_genai:b"),
            "a reads and answers, b finds.",
        ),
        (
            Settings(reader="google_genai:a", chat="openai:c"),
            "a reads, c answers, this machine finds.",
        ),
    ],
    ids=["no-key", "offline", "gemini", "mixed"],
)
def test_a_newcomer_is_told_which_models_work(settings: Settings, line: str) -> None:
    told = models_line(settings)
    assert told.startswith(line)
    assert len(told) <= 80


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


def test_somebody_types_asks_interrupts_and_leaves(sample_library: Library, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    with Typed(home) as typed:
        typed.wait_for("› ")
        assert "1 document, 8 pages. Ask a question, or type /help." in typed.shown
        typed.type("half a ques\x03")
        typed.wait_for("Ctrl-D ends.\r\n› ")
        typed.type(f"{QUESTION}\r")
        typed.wait_for("[1] larkmoor.pdf, p. 3")
        assert typed.leave() == 0
    assert f"+{QUESTION}" in (home / "history").read_text(encoding="utf-8")
    assert (home / "history").stat().st_mode & 0o077 == 0
