"""Progress of long work on stderr: a bar in a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack
from math import ceil
from typing import Self

from rich import progress
from rich.console import Console
from rich.text import Text

from pagewise import console
from pagewise.terminal.interrupts import silent_keys

FIGURES = " · "
"""Parts what is being done from what came of it so far: `reading · 7 ok · $0.0140`."""
_WIDEST_NAME = 28
_FILES = "files"
_STEPS = 20
"""The pace is that of the last ones."""
_RESUMING = "resuming"
"""Told in an instant of what an earlier run has read: the pace begins after it."""


class _Rate(progress.ProgressColumn):
    """How many pages or chunks a minute."""

    def render(self, task: progress.Task) -> Text:
        return Text(f"{task.speed * 60:.0f}/min" if task.speed else "", style="dim")


class Progress:
    """Told of each step of the work on each document, and of how many files are done."""

    def __init__(self, screen: Console | None = None, *, line_every_s: float = 30.0) -> None:
        """On stderr, unless another `screen` is given."""
        self._console = screen or console.err()
        self._line_every_s = line_every_s
        self._is_drawn = self._console.is_terminal and not self._console.is_dumb_terminal
        self.bar = progress.Progress(
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(bar_width=12),
            progress.MofNCompleteColumn(),
            _Rate(),
            progress.TimeRemainingColumn(compact=True),
            progress.TextColumn("{task.fields[figures]}", markup=False),
            console=self._console,
            transient=True,
            disable=not self._is_drawn,
            speed_estimate_period=120,
        )
        self._tasks: dict[str, progress.TaskID] = {}
        self._resumed: set[str] = set()
        self._steps: dict[str, deque[tuple[float, int]]] = {}
        self._open = ExitStack()
        self._told = dict.fromkeys((True, False), time.monotonic())

    def __enter__(self) -> Self:
        if self._is_drawn:
            self._open.enter_context(silent_keys())
        self._open.enter_context(self.bar)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def step(self, document: str, done: int, total: int, doing: str) -> None:
        """`doing` is what happens to the document now, with figures: `reading · 7 ok`."""
        work, _, figures = doing.partition(FIGURES)
        is_old = work == _RESUMING
        work = "reading" if is_old else work
        label = f"{work} {_short(console.name(document))}" if document else _FILES
        if self._is_drawn:
            self._draw(label, done, total, figures, is_old=is_old)
        else:
            self._tell(label, done, total, figures, is_old=is_old)

    def _draw(self, label: str, done: int, total: int, figures: str, *, is_old: bool) -> None:
        if label not in self._tasks:
            self._hide_others()
            task = self.bar.add_task(label, total=total, figures="", start=not is_old)
            self._tasks[label] = task
        if is_old:
            self._resumed.add(label)
        elif label in self._resumed:
            self._resumed.remove(label)
            self.bar.reset(self._tasks[label], completed=done)
        self.bar.update(self._tasks[label], completed=done, total=total, figures=figures)

    def _hide_others(self) -> None:
        """All but that of the files; those that are full are dropped: of thousands each costs."""
        full = {task.id for task in self.bar.tasks if task.finished}
        for label in self._tasks.keys() - {_FILES}:
            if self._tasks[label] in full:
                self.bar.remove_task(self._tasks.pop(label))
            else:
                self.bar.update(self._tasks[label], visible=False)

    def _tell(self, label: str, done: int, total: int, figures: str, *, is_old: bool) -> None:
        """A line now and then: enough for a log, and nothing for what is soon done."""
        now = time.monotonic()
        steps = self._steps.setdefault(label, deque(maxlen=_STEPS))
        if is_old:
            steps.clear()
        steps.append((now, done))
        is_of_files = label == _FILES
        if now - self._told[is_of_files] < self._line_every_s or not 0 < done < total:
            return
        self._told[is_of_files] = now
        line = f"{label}: {done} of {total}"
        since, before = steps[0]
        if done > before and now > since:
            pace = (done - before) / (now - since) * 60
            line += f", {pace:.0f}/min, {ceil((total - done) / pace)} min left"
        self._console.print(Text(line + (f" ({figures})" if figures else "")))


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST_NAME else f"…{name[1 - _WIDEST_NAME :]}"
