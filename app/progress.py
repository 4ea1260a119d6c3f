"""Progress of long work on stderr: a bar in a terminal, a line a document elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich import progress

from app import console


class Progress:
    """Told of each step of the work on each document."""

    def __init__(self) -> None:
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            console=console.err(),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, progress.TaskID] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def step(self, document: str, done: int, total: int, doing: str) -> None:
        """`doing` is what happens to the document now: reading, embedding."""
        label = f"{console.plain(document)}: {doing}"
        if label not in self._tasks:
            for task in self._tasks.values():
                self._bar.update(task, visible=False)
            self._tasks[label] = self._bar.add_task(label, total=total)
        self._bar.update(self._tasks[label], completed=done, total=total)
