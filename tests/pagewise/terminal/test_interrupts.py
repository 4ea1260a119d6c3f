"""Ctrl-C ends what is being done, however often it is pressed."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

from pagewise.library import Library
from tests.typed import Typed

ROOT = Path(__file__).parents[3]
QUESTION = "What was the revenue of Leak sensors in 2025?"


def test_ctrl_c_pressed_often_ends_nothing(sample_library: Library, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    with Typed(home) as typed:
        typed.wait_for("› ")
        for _ in range(40):
            typed.type("\x03")
        typed.wait_for("Ctrl-D ends.")
        for _ in range(5):
            typed.type("\x03\x03")
            typed.process.send_signal(signal.SIGINT)
            typed.shown = ""
            typed.type(f"\x03{QUESTION}\r")
            typed.wait_for("larkmoor.pdf")
        assert typed.leave() == 0
    assert "Exception" not in typed.shown
    assert "never awaited" not in typed.shown
