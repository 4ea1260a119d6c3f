"""What the catalog, the ledger and the embedding cache ask of the library's tables.

Statements are written once, in the SQL that SQLite and Postgres share, with `?` for values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar
from zlib import crc32

SCHEMA_VERSION = 5
MOST_VALUES = 500
"""SQLite takes a limited number in one statement."""


def checksum(*values: object) -> int:
    """Of the columns of a row: what a disk has changed since is told from what was written."""
    total = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        total = crc32(data, crc32(b"%d " % len(data), total))
    return total


def is_whole(row: Sequence[Any]) -> bool:
    """Whether the row's last column is the checksum of the others."""
    return bool(row[-1] == checksum(*row[:-1]))


def table_index(table_id: str) -> str:
    """The index by table, in a dialect's words for the id of a chunk's table."""
    return f"CREATE INDEX chunks_of_a_table ON chunks ({table_id}) WHERE ({table_id}) IS NOT NULL"


class Database(ABC):
    """The truth: SQLite or Postgres. Every failure becomes a LibraryError."""

    is_of_many: ClassVar[bool] = False
    """Whether other machines use it too, perhaps with another version of this program."""
    table_id: ClassVar[str]
    """Of a chunk; a damaged one has none, and can be taken out."""
    order_of_vectors: ClassVar[tuple[str, str]]
    """Table and column by which all vectors are read soonest."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows at once: a cursor left open would hold others up."""

    def batches(
        self, columns: str, table: str, key: str, size: int, values: Sequence[Any] = ()
    ) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, so many at once, in the order of a key; `table` may end with a condition."""
        width, beyond, last = key.count(",") + 1, "", ()
        above = f" {'AND' if ' WHERE ' in table else 'WHERE'} ({key}) > ({', '.join('?' * width)})"
        while rows := self.rows(
            f"SELECT {columns}, {key} FROM {table}{beyond} ORDER BY {key} LIMIT {size}",
            (*values, *last),
        ):
            yield [row[:-width] for row in rows]
            beyond, last = above, rows[-1][-width:]

    def rows_of(
        self, statement: str, keys: Sequence[Any], values: Sequence[Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of any number of keys; the statement ends with `IN`."""
        for start in range(0, len(keys), MOST_VALUES):
            part = keys[start : start + MOST_VALUES]
            yield from self.rows(f"{statement} ({','.join('?' * len(part))})", (*values, *part))

    @abstractmethod
    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """The number of rows that it changed."""

    @abstractmethod
    def run_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None: ...

    @abstractmethod
    def put(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Whole rows, at least one, each in the place of the one with its key."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; one inside another belongs to the outer one."""

    @abstractmethod
    def note(self, document: str, what: str) -> None:
        """Tell those who follow the library of a change; first of all in its transaction."""

    @abstractmethod
    def shut_out(self, table: str) -> None:
        """Nobody else changes the table until the transaction ends."""

    @abstractmethod
    def version(self) -> int:
        """Another number after another process has written."""

    @abstractmethod
    def stamp(self) -> tuple[int, int, int]:
        """Another after anything was written or taken back, by this process or another."""

    def meta(self, key: str) -> str:
        """What was remembered under this key, or the empty string."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def set_meta(self, key: str, value: str) -> None:
        self.put("meta", [(key, value)])

    @abstractmethod
    def remake_indices(self) -> None:
        """After damage: a row that no longer stands in them as it was cannot be taken out."""

    @abstractmethod
    def close(self) -> None: ...


class Snapshot(Database):
    """One moment of the library, whatever is written meanwhile; nothing is written to it."""

    @property
    @abstractmethod
    def is_current(self) -> bool:
        """Whether the format is this version's; an older one is brought up to date by writing."""

    @abstractmethod
    def renew(self) -> None:
        """Go on to what is stored now."""

    @abstractmethod
    def rest(self) -> None:
        """See all that is written, statement by statement."""
