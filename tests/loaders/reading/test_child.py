"""Who is slow because the machine is busy goes on; who stands still is stopped."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Event

import pymupdf
import pytest

from loaders.reading.child import Child, Limits, WorkerTimeout, watched


def test_what_uses_cpu_time_is_not_stopped_however_slow_it_is() -> None:
    stopped, looked_on = Event(), Event()
    used = iter([0.0, 1.0, 2.0, 3.0])

    def next_used() -> float:
        now = next(used, 3.0)
        if now > 2.0:
            looked_on.set()
        return now

    with watched(0.001, next_used, stopped.set):
        assert looked_on.wait(10)
        assert stopped.wait(10)  # by then it no longer moves


@pytest.mark.parametrize("used", [0.0, None])
def test_what_stands_still_or_tells_nothing_is_stopped(used: float | None) -> None:
    stopped = Event()
    with watched(0.001, lambda: used, stopped.set):
        assert stopped.wait(10)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no CPU time of others is told")
def test_a_child_that_stands_still_is_stopped_and_named(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    document.save(tmp_path / "a.pdf")
    child = Child(tmp_path / "a.pdf", Limits(page_seconds=0.01, patience=1))
    before = child.cpu_seconds()
    child.process.send_signal(signal.SIGSTOP)
    with pytest.raises(WorkerTimeout, match="stood still"):
        child.ask({"do": "page", "page": 0, "layout": False, "image_width": 0})
    child.close()
    assert before is not None
    assert before >= 0


def test_a_terminal_s_ctrl_c_does_not_reach_the_child(tmp_path: Path) -> None:
    """It would look like a fault of the page, which was then kept as it is read without a model."""
    document = pymupdf.open()
    document.new_page()
    document.save(tmp_path / "a.pdf")
    child = Child(tmp_path / "a.pdf", Limits())
    try:
        assert os.getpgid(child.process.pid) != os.getpgid(0)
    finally:
        child.close()
