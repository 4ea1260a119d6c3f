"""The library's SQLite file: the source of truth. The only door to sqlite3."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from loaders.errors import LibraryError

SCHEMA_VERSION = 5
TABLE_ID = "CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.table_id') END"
"""Of a chunk; a damaged one has none, and can be taken out."""
TABLE_INDEX = (
    f"CREATE INDEX chunks_of_a_table ON chunks ({TABLE_ID}) WHERE ({TABLE_ID}) IS NOT NULL"
)
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
{TABLE_INDEX};
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


def checksum(*values: object) -> int:
    """Of the columns of a row: what a disk has changed since is told from what was written."""
    total = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        total = crc32(data, crc32(b"%d " % len(data), total))
    return total


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file that is there; it is read once through."""
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        try:
            return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # damage may be quoted in the message
            return False


def is_whole(row: Sequence[Any]) -> bool:
    """Whether the row's last column is the checksum of the others."""
    return bool(row[-1] == checksum(*row[:-1]))


class Database:
    """One connection, used by one thread at a time; every failure becomes a LibraryError."""

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
                for statement in SCHEMA.split(";"):
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
        """All rows at once: a cursor left open would hold the log of writes back."""
        with self._turn, self._translated():
            return self._connection.execute(statement, values).fetchall()

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """The number of rows that it changed."""
        with self._turn, self._translated():
            return self._connection.execute(statement, values).rowcount

    def run_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        with self._turn, self._translated():
            self._connection.executemany(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one inside another belongs to the outer one."""
        with self._turn:
            if self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self._rollback()
                raise

    def _rollback(self) -> None:
        self._rollbacks += 1
        with self._translated():
            if self._connection.in_transaction:  # a full disk may have rolled back already
                self._connection.execute("ROLLBACK")

    def version(self) -> int:
        """Another number after another process has written."""
        [(version,)] = self.rows("PRAGMA data_version")
        return int(version)

    def stamp(self) -> tuple[int, int, int]:
        """Another after anything was written or taken back, by this process or another."""
        with self._turn:
            return self.version(), self._connection.total_changes, self._rollbacks

    def meta(self, key: str) -> str:
        """What was remembered under this key, or the empty string."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def set_meta(self, key: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def remake_indices(self) -> None:
        """After damage: a row that no longer stands in them as it was cannot be taken out."""
        self.run("REINDEX")

    def close(self) -> None:
        with self._turn, self._translated():
            self._connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(f"{self._path}: {_advice(error)}") from error
        except UnicodeDecodeError as error:  # a damaged name is quoted in SQLite's message
            raise LibraryError(f"{self._path}: {ADVICE[sqlite3.SQLITE_CORRUPT]}") from error


class Snapshot(Database):
    """The file as it stood at one moment, whatever is written meanwhile; nothing is written to it.

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
                if _size(path.with_name(path.name + "-wal")):
                    raise
                self._connect(path, "immutable=1")
                self.renew()

    @property
    def is_current(self) -> bool:
        """Whether the format is this version's; an older one is brought up to date by writing."""
        return self._format() == SCHEMA_VERSION

    def renew(self) -> None:
        """Go on to what is stored now."""
        with self._turn:
            self.rest()
            self.run("BEGIN")
            self._format()  # the moment is that of the first look

    def rest(self) -> None:
        """See all that is written, statement by statement."""
        with self._turn:
            if self._connection.in_transaction:
                self.run("ROLLBACK")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


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


def _advice(error: sqlite3.Error) -> str:
    """The low byte of SQLite's code is the cause, the rest its place."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return ADVICE.get(code) or f"database error: {error}"
