"""Progress: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import io
import os
import pty
import termios

import pytest
from rich.console import Console

from pagewise.terminal.progress import Progress


def test_a_quick_run_leaves_nothing_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as told:
        for page in range(8):
            told.step("report.pdf", page + 1, 8, f"reading · {page + 1} ok")
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""


def test_a_long_run_tells_a_log_how_far_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Progress(line_every_s=0.0) as told:
        told.step("report.pdf", 1, 3, "reading · 1 ok")
        told.step("report.pdf", 2, 3, "reading · 1 ok · 1 failed · $0.0140")
        told.step("report.pdf", 3, 3, "reading · 2 ok · 1 failed · $0.0210")
    first, second = capsys.readouterr().err.splitlines()
    assert first == "reading report.pdf: 1 of 3 (1 ok)"
    assert second.startswith("reading report.pdf: 2 of 3, ")
    assert second.endswith("min left (1 ok · 1 failed · $0.0140)")


def resumed(told: Progress, clock: list[float]) -> None:
    """400 pages that are in already, and a few that are read, each in 6 seconds."""
    for page in range(1, 404):
        is_old = page <= 400
        clock[0] += 0.001 if is_old else 6.0
        told.step("report.pdf", page, 2000, f"{'resuming' if is_old else 'reading'} · {page} ok")


def test_pages_of_an_earlier_run_do_not_shorten_the_time_that_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    with Progress(line_every_s=0.0) as told:
        resumed(told, clock)
    *_, old, new, _, last = capsys.readouterr().err.splitlines()
    assert old == "reading report.pdf: 400 of 2000 (400 ok)"
    assert new == "reading report.pdf: 401 of 2000, 10/min, 160 min left (401 ok)"
    assert last == "reading report.pdf: 403 of 2000, 10/min, 160 min left (403 ok)"


def test_pages_of_an_earlier_run_do_not_shorten_the_time_that_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    screen = Console(file=io.StringIO(), force_terminal=True, width=80, color_system=None)
    with Progress(screen) as told:
        monkeypatch.setattr(told.bar, "get_time", lambda: clock[0])
        resumed(told, clock)
        [task] = told.bar.tasks
        assert (task.completed, task.time_remaining) == (403, 1597 * 6)


def test_a_terminal_sees_pages_outcomes_and_money() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=80, color_system=None)
    with Progress(screen) as told:
        told.step("[red]long" * 9 + ".pdf", 2, 8, "reading · 1 ok · 1 failed · $0.0140")
    assert isinstance(screen.file, io.StringIO)
    printed = screen.file.getvalue()
    assert "2/8" in printed
    assert "1 failed · $0.0140" in printed
    assert "[red]" in printed


def test_of_many_files_a_log_is_told_how_many_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(line_every_s=0.0) as told:
        for number in range(3):
            told.step(f"{number}.txt", 1, 1, "reading · 1 ok")
            told.step("", number + 1, 3, "indexing")
    first, second = capsys.readouterr().err.splitlines()
    assert first == "files: 1 of 3"
    assert second.startswith("files: 2 of 3, ")


def test_of_many_files_a_terminal_sees_how_many_are_done_and_draws_no_old_ones() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=80, color_system=None)
    with Progress(screen) as told:
        for number in range(50):
            told.step(f"{number}.txt", 1, 1, "reading · 1 ok")
            told.step(f"{number}.txt", 2, 2, "embedding")
            told.step("", number + 1, 50, "indexing")
        drawn = [task.description for task in told.bar.tasks]
    assert isinstance(screen.file, io.StringIO)
    assert "50/50" in screen.file.getvalue()
    assert drawn == ["files", "embedding 49.txt"]


def test_what_is_typed_meanwhile_does_not_echo_into_the_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = pty.openpty()
    screen = Console(file=io.StringIO(), force_terminal=True, width=80, color_system=None)
    with os.fdopen(theirs) as keyboard, os.fdopen(ours):
        monkeypatch.setattr("sys.stdin", keyboard)
        with Progress(screen):
            assert not termios.tcgetattr(keyboard)[3] & termios.ECHO
            assert termios.tcgetattr(keyboard)[3] & termios.ISIG
        assert termios.tcgetattr(keyboard)[3] & termios.ECHO
