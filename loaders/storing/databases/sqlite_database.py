"""The library's SQLite file: the source of truth. The only door to sqlite3.

Its tables are those of every database: `postgres_database` beside it takes them from here.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from loaders.errors import LibraryError
from loaders.storing.databases.database import (
    SCHEMA_VERSION,
    Database,
    Snapshot,
    checksum,
    table_index,
)

TABLE_ID = "CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.table_id') END"
TABLE_INDEX = table_index(TABLE_ID)
NAMES = """CREATE TABLE names (
    name TEXT PRIMARY KEY, document TEXT NOT NULL, source TEXT NOT NULL
) WITHOUT ROWID"""
"""Other names of documents: files of the same content."""
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, source TEXT NOT NULL, pages INTEGER NOT NULL,
    bytes INTEGER NOT NULL, reader TEXT NOT NULL, title TEXT NOT NULL, indexed_at TEXT NOT NULL,
    properties TEXT NOT NULL DEFAULT '{{}}', chunks INTEGER NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE readings (
    fingerprint TEXT PRIMARY KEY, outcome TEXT NOT NULL, reader TEXT NOT NULL,
    markup BLOB NOT NULL, words BLOB NOT NULL, audit TEXT, detail TEXT NOT NULL,
    tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, usd REAL NOT NULL,
    attempts INTEGER NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
    sha256 TEXT NOT NULL, page INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (sha256, page)
) WITHOUT ROWID;
CREATE INDEX pages_of_a_reading ON pages (fingerprint);
CREATE TABLE chunks (
    number INTEGER PRIMARY KEY, chunk_id TEXT NOT NULL UNIQUE, document TEXT NOT NULL,
    ordinal INTEGER NOT NULL, profile BLOB NOT NULL DEFAULT x'', content BLOB NOT NULL,
    metadata TEXT NOT NULL, text_hash BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX chunks_of_a_document ON chunks (document, ordinal);
CREATE INDEX chunks_of_a_text ON chunks (text_hash);
CREATE TABLE vectors (
    model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (model, text_hash)
);
CREATE TABLE unsynced (document TEXT PRIMARY KEY) WITHOUT ROWID;
{NAMES}
"""
UPGRADES = {
    1: "ALTER TABLE chunks ADD COLUMN profile BLOB NOT NULL DEFAULT x''",
    2: TABLE_INDEX,
    3: "ALTER TABLE documents ADD COLUMN properties TEXT NOT NULL DEFAULT '{}'",
    4: f"""
        ALTER TABLE documents ADD COLUMN chunks INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE documents ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE readings ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE chunks ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE vectors ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
        UPDATE documents SET chunks = (SELECT count(*) FROM chunks WHERE document = name);
        UPDATE documents SET checksum = checksum(name, sha256, source, pages, bytes, reader,
            title, indexed_at, properties, chunks);
        UPDATE readings SET checksum = checksum(fingerprint, outcome, reader, markup, words, audit,
            detail, tokens_in, tokens_out, usd, attempts);
        UPDATE chunks SET checksum = checksum(chunk_id, content, metadata, text_hash);
        UPDATE vectors SET checksum = checksum(vector);
        {NAMES};
        DROP INDEX chunks_of_a_table;
        {TABLE_INDEX}
    """,
}
"""From each version to the next."""


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file that is there; it is read once through.

    Raises:
        LibraryError: It cannot be opened: a folder, or a file of somebody else.
    """
    try:
        opened = sqlite3.connect(path, timeout=30)
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{path}: {ADVICE[sqlite3.SQLITE_CANTOPEN]}") from error
    with closing(opened) as connection:
        try:
            return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # damage may be quoted in the message
            return False


class SqliteDatabase(Database):
    """One connection, used by one thread at a time."""

    table_id = TABLE_ID
    order_of_vectors = "vectors NOT INDEXED", "rowid"  # else all are sorted for each batch

    def __init__(self, path: Path) -> None:
        with self._translated():
            self._connect(path)
            # Of a new file: three chunks to a page of 4096 would leave a quarter of it empty.
            self._connection.execute("PRAGMA page_size = 16384")
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A page that was paid for survives a power cut: every commit reaches the disk.
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA cache_size = -16000")
        self._create()

    def _connect(self, path: Path, how: str = "") -> None:
        """`how` is SQLite's: `mode=ro`, `immutable=1`."""
        self._path = path
        self._turn, self._rollbacks = threading.RLock(), 0
        place = f"{path.absolute().as_uri()}?{how}" if how else str(path)
        self._connection = sqlite3.connect(
            place, uri=bool(how), isolation_level=None, check_same_thread=False, timeout=30
        )
        self._connection.create_function("checksum", -1, checksum, deterministic=True)
        # A damaged text is told by its checksum; to decode it must not fail.
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")

    def _create(self) -> None:
        version = self._format()
        if version == 0:
            with self.transaction():
                for statement in (*SCHEMA.split(";"), TABLE_INDEX):
                    self.run(statement)
                self.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version in UPGRADES:
            self._upgrade()
        elif version != SCHEMA_VERSION:
            raise LibraryError(
                f"{self._path}: written by another version of Pagewise (format {version}, this one "
                f"reads {SCHEMA_VERSION}); use that version, or choose another folder with --home"
            )

    def _format(self) -> int:
        [(version,)] = self.rows("PRAGMA user_version")
        return int(version)

    def _upgrade(self) -> None:
        with self.transaction():
            # Another process may have been first.
            for older in range(self._format(), SCHEMA_VERSION):
                for statement in UPGRADES[older].split(";"):
                    self.run(statement)
            self.run(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._turn, self._translated():
            return self._connection.execute(statement, values).fetchall()

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        with self._turn, self._translated():
            return self._connection.execute(statement, values).rowcount

    def run_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        with self._turn, self._translated():
            self._connection.executemany(statement, values)

    def put(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(rows[0]))
        self.run_many(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn:
            if self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self._rollbacks += 1
                with self._translated():
                    if self._connection.in_transaction:  # a full disk may have rolled back already
                        self._connection.execute("ROLLBACK")
                raise

    def note(self, document: str, what: str) -> None:
        """Nothing: SQLite tells by itself that its file was written to."""

    def shut_out(self, table: str) -> None:
        """Nothing: one writes at a time anyway."""

    def version(self) -> int:
        [(version,)] = self.rows("PRAGMA data_version")
        return int(version)

    def stamp(self) -> tuple[int, int, int]:
        with self._turn:
            return self.version(), self._connection.total_changes, self._rollbacks

    def remake_indices(self) -> None:
        self.run("REINDEX")

    def close(self) -> None:
        with self._turn, self._translated():
            self._connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the cause; the rest is its place
            told = ADVICE.get(code) or f"database error: {error}"
            raise LibraryError(f"{self._path}: {told}") from error
        except UnicodeDecodeError as error:  # a damaged name is quoted in SQLite's message
            raise LibraryError(f"{self._path}: {ADVICE[sqlite3.SQLITE_CORRUPT]}") from error


class SqliteSnapshot(SqliteDatabase, Snapshot):
    """The file as it stood at one moment.

    Beside a writer SQLite shows the moment of `BEGIN` out of the log of writes. Where not even the
    log's index can be made, on a full or read-only disk, nobody can be writing: the file is read
    as it is. A library that is not there yet is an empty one.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            with self._translated():
                self._connect(Path("empty"), "mode=memory")
            self._create()
            return
        with self._translated():
            try:
                self._connect(path, "mode=ro")
                self.renew()
            except (sqlite3.OperationalError, LibraryError):
                log = path.with_name(path.name + "-wal")
                if log.exists() and log.stat().st_size:
                    raise
                self._connect(path, "immutable=1")
                self.renew()

    @property
    def is_current(self) -> bool:
        return self._format() == SCHEMA_VERSION

    def renew(self) -> None:
        with self._turn:
            self.rest()
            self.run("BEGIN")
            self._format()  # the moment is that of the first look

    def rest(self) -> None:
        with self._turn:
            if self._connection.in_transaction:
                self.run("ROLLBACK")


NOTHING_LOST = "(nothing that was stored is lost)"
ADVICE = {
    sqlite3.SQLITE_FULL: f"the disk is full; free some space and run it again {NOTHING_LOST}",
    sqlite3.SQLITE_IOERR: "the disk is full or failing; check it and run it again",
    sqlite3.SQLITE_READONLY: "cannot be written; change its permissions or use --home"
    f" {NOTHING_LOST}",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the folder's permissions or use --home",
    sqlite3.SQLITE_PERM: "cannot be opened; check its permissions or use --home",
    sqlite3.SQLITE_CORRUPT: "is damaged; run `doctor --repair`, which keeps what can be read",
    sqlite3.SQLITE_NOTADB: "is not a library, or is damaged at its beginning; restore a copy, or"
    " choose another folder with --home",
    sqlite3.SQLITE_BUSY: "is in use by another program; wait until it has finished",
}
