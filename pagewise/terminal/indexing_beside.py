"""Sources that are read while questions about their first pages are answered already."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial

from pagewise.indexing.index_report import IndexReport
from pagewise.library import Library
from pagewise.terminal.chat import converse, greet
from pagewise.terminal.progress import Progress


class _StoppedError(Exception):
    """Whoever asked has left."""


class IndexingBeside:
    """One run in a thread of its own; `tell` is given its report, once, when it has ended."""

    def __init__(
        self, library: Library, sources: Sequence[str], tell: Callable[[IndexReport], int]
    ) -> None:
        self._library, self._sources, self._tell = library, sources, tell
        self._askable, self._stopped = threading.Event(), threading.Event()
        self._progress: Progress | None = None
        self._pool = ThreadPoolExecutor(1, "indexing")
        self._run: Future[IndexReport] | None = None

    def until_askable(self) -> None:
        """Show how far it is, until first pages can be asked, or nothing more is to come."""
        index = partial(self._library.index, on_step=self._step, ask_meanwhile=True)
        with Progress() as progress:
            self._progress = progress
            self._run = self._pool.submit(index, self._sources)
            self._run.add_done_callback(lambda _: self._askable.set())
            self._askable.wait()
            self._progress = None

    def _step(self, document: str, done: int, total: int, doing: str) -> None:
        if self._stopped.is_set():
            raise _StoppedError
        if document in self._library.arriving():
            self._askable.set()
        elif self._progress:
            self._progress.step(document, done, total, doing)

    def outcome(self) -> int | None:
        """Tell what came of it, if it has ended and was not told; the exit code, if so.

        Raises:
            Exception: What ended it.
        """
        if self._run is None or not self._run.done():
            return None
        run, self._run = self._run, None
        with suppress(_StoppedError):
            return self._tell(run.result())
        return None

    def stop(self) -> None:
        """After the page under way; what was read is kept, and the same command goes on."""
        self._stopped.set()
        self._pool.shutdown()


def chat_meanwhile(
    library: Library, sources: Sequence[str], tell: Callable[[IndexReport], int]
) -> int:
    """Answer about the first pages while the others are read; the exit code."""
    beside = IndexingBeside(library, sources, tell)
    try:
        beside.until_askable()
        if beside.outcome() == 1:  # there is nothing to talk about
            return 1
        greet(library)
        converse(library, beside.outcome)
    finally:
        beside.stop()
    return 0
