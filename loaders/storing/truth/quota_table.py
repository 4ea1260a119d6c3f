"""What processes have learned of a key's limits, kept in the database that they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text

from loaders.storing.databases.postgres import engine_of, make_tables, told_alike

TABLES = "CREATE TABLE IF NOT EXISTS quotas (key TEXT PRIMARY KEY, known TEXT NOT NULL)"
# What a crash of the server forgets here is learned again: no commit waits for the disk.
LOCKED = text(
    "SELECT known, extract(epoch FROM clock_timestamp())::float8, "
    "set_config('synchronous_commit', 'off', true) FROM quotas WHERE key = :key FOR UPDATE"
)
FIRST = text("INSERT INTO quotas VALUES (:key, '') ON CONFLICT DO NOTHING")
KEPT = text("UPDATE quotas SET known = :known WHERE key = :key")


@dataclass
class KnownQuota:
    """Read and changed in a turn."""

    now: float
    text: str


class QuotaTable:
    """The row of one key and model; the key itself is not in it."""

    def __init__(self, url: str, *secret: str) -> None:
        """`secret` names the service, the key, the model."""
        self._url = url
        engine = engine_of(url, "quota", at_most=1)  # a turn is one process's anyway
        self._engine = engine.execution_options(isolation_level="READ COMMITTED")
        self._key = sha256("\0".join(secret).encode()).hexdigest()
        self._is_made = False

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def turn(self) -> Iterator[KnownQuota]:
        """Nobody else reads or changes it meanwhile.

        Raises:
            LibraryError: The server cannot be asked.
        """
        with told_alike():
            self._make()
            with self._engine.begin() as connection:
                row = connection.execute(LOCKED, {"key": self._key}).one()
                known = KnownQuota(float(row[1]), str(row[0]))
                yield known
                connection.execute(KEPT, {"key": self._key, "known": known.text})

    def _make(self) -> None:
        if not self._is_made:
            make_tables(self._url, TABLES)
            with self._engine.begin() as connection:
                connection.execute(FIRST, {"key": self._key})
            self._is_made = True
