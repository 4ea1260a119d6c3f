"""One writer per library; one process, where Chroma is embedded: two corrupt it in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from loaders.errors import LibraryError

WAIT = 60.0
"""Seconds to wait for another process's turn to write."""


class LibraryLock:
    """Holds `home/lock` until released; the kernel frees it when the process dies."""

    def __init__(self, home: Path, doing: str = "") -> None:
        self._home, self._doing = home, doing
        # Of the process: one thread may take it, and another close the library.
        self._lock = FileLock(home / "lock", timeout=0, thread_local=False)
        # Beside the lock, not in it: filelock truncates its file when a second process tries.
        self._holder = home / "lock.pid"

    def acquire(self, wait: float = 0) -> None:
        """Take the lock, at once or within so many seconds; who has it has it twice.

        Raises:
            LibraryError: Another process has it, or the folder cannot be written.
        """
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=wait)
            self._holder.write_text(f"{os.getpid()} {self._doing}".strip(), encoding="utf-8")
        except Timeout as error:
            raise LibraryError(
                f"{self._home}: the library is in use by {self._holder_name()}; "
                "wait until it has finished, or choose another folder with --home (`ask`, `list` "
                "and `audit` work beside it)"
            ) from error
        except OSError as error:
            self._lock.release()
            raise LibraryError(
                f"{self._home}: cannot write here ({error.strerror or error}); free some space, "
                "change the folder's permissions, or choose another with --home"
            ) from error

    def is_free(self) -> bool:
        """Whether nobody has it, neither another process nor this one."""
        with self.if_free() as is_free:
            return is_free

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """Take it at once, if nobody has it, for the time being."""
        try:
            taken = None if self._lock.is_locked else self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            taken = None
        try:
            yield taken is not None
        finally:
            if taken is not None:
                self._lock.release()

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        self._lock.release()

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Wait for it so many seconds, and give it back."""
        self.acquire(wait)
        try:
            yield
        finally:
            self.release()

    def _holder_name(self) -> str:
        try:
            number, _, doing = self._holder.read_text(encoding="utf-8").partition(" ")
            return f"process {int(number)}" + (f", which runs `{doing}`" if doing else "")
        except (OSError, ValueError):
            return "another process"
