"""Sources that are read while questions about their first pages are answered already."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pagewise.terminal.chat import converse, greet
from pagewise.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pagewise.indexing.index_report import IndexReport
    from pagewise.library import Library


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
        self._report: IndexReport | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="indexing")

    def until_askable(self) -> None:
        """Show how far it is, until first pages can be asked, or nothing more is to come."""
        with Progress() as progress:
            self._progress = progress
            self._thread.start()
            self._askable.wait()
            self._progress = None

    def _run(self) -> None:
        try:
            self._report = self._library.index(
                self._sources, on_step=self._step, ask_meanwhile=True
            )
        except _StoppedError:
            pass
        except Exception as error:  # noqa: BLE001 - raised again where somebody sees it
            self._error = error
        finally:
            self._askable.set()

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
        if self._thread.is_alive():
            return None
        report, error, self._report, self._error = self._report, self._error, None, None
        if error:
            raise error
        return self._tell(report) if report else None

    def stop(self) -> None:
        """After the page under way; what was read is kept, and the same command goes on."""
        self._stopped.set()
        if self._thread.ident:
            self._thread.join()


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
