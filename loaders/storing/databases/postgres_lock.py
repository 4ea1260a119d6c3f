"""One writer per library, on whichever machine: the server frees what a dead process held."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from loaders.errors import LibraryError
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.databases.postgres_database import WRITING, PostgresDatabase

BETWEEN_LOOKS = 0.02
"""Seconds."""


class PostgresLock:
    """The turn to write the library, and with it this machine's folder of what is derived from it.

    Whoever has it writes by the connection that holds it. If the server has lost that, another may
    have the turn by now, and nothing can be written by it any more.
    """

    def __init__(self, database: PostgresDatabase, home: LibraryLock) -> None:
        self._database, self._home = database, home
        self._connection: Connection | None = None
        self._is_for_good = False

    def acquire(self, wait: float = 0) -> None:
        """Take the lock until it is released, at once or within so many seconds.

        Raises:
            LibraryError: Another process has it.
        """
        self._take(wait)
        self._is_for_good = True

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Wait for it so many seconds, and give it back to whom it was."""
        was_held = self._connection is not None
        self._take(wait)
        try:
            with self._database.bound(self._connection):
                yield
        finally:
            if not (was_held or self._is_for_good):
                self.release()

    def _take(self, wait: float) -> None:
        if self._connection is not None and self._is_alive(self._connection):
            return
        connection = self._database.connected()
        try:
            self._wait(connection, wait)
            self._home.acquire(wait)
        except BaseException:
            connection.invalidate()  # with all that it holds
            connection.close()
            raise
        self._connection = connection

    def _is_alive(self, connection: Connection) -> bool:
        """Whether it still has the lock; else there has been a time for others to write.

        Raises:
            LibraryError: It had it, and has lost it.
        """
        with self._database.bound(connection):
            try:
                self._database.rows("SELECT 1")
            except LibraryError:
                self._connection = None
                connection.close()
                self._home.release()
                raise
        return True

    def _wait(self, connection: Connection, wait: float) -> None:
        until = time.monotonic() + wait
        with self._database.bound(connection):
            while not self._tried():
                if time.monotonic() >= until:
                    raise LibraryError(
                        f"the library in schema {self._database.schema} is in use by "
                        f"{self._holder()}; wait until it has finished (`ask`, `list` and `audit` "
                        "work beside it; with CHROMA_URL all can write by turns)"
                    ) from TimeoutError()
                time.sleep(BETWEEN_LOOKS)

    def _tried(self) -> bool:
        key = self._database.key(WRITING)
        return bool(self._database.rows("SELECT pg_try_advisory_lock(?, ?)", key)[0][0])

    def _holder(self) -> str:
        rows = self._database.rows(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND classid = ? AND objid = ? AND granted",
            self._database.key(WRITING),
        )
        return str(rows[0][0]).removeprefix("pagewise ") if rows else "another process"

    def is_free(self) -> bool:
        """Whether nobody has it, neither another process nor this one."""
        if self._connection is not None:
            return False
        with self._database.bound():
            is_free = self._tried()
            if is_free:
                self._let_go()
        return is_free

    def _let_go(self) -> None:
        self._database.rows("SELECT pg_advisory_unlock(?, ?)", self._database.key(WRITING))

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        connection, self._connection, self._is_for_good = self._connection, None, False
        if connection is None:
            return
        self._home.release()
        try:
            with self._database.bound(connection):
                self._let_go()
        except LibraryError:
            connection.invalidate()  # the server has let it go
        finally:
            connection.close()
