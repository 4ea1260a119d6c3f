"""Where DATABASE_URL points: the one way to it for the catalog, the threads and the queue.

Each library is a schema of its own: `?schema=reports` in the URL, as other tools have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from loaders.errors import LibraryError, UsageError

SCHEMA = "pagewise"
"""Where the URL names none: no table of ours meets one of another program's."""
MOST_CONNECTIONS, KEPT_CONNECTIONS = 16, 4
"""Of one process to the library: more wait for their turn, fewer stay when there is little to do.
One for each job that a worker has at once: to connect anew for each page costs more than to ask.
Debian's Postgres takes 100 of all processes together."""
PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
}
_SERVER_PATIENCE = "tcp_keepalives_idle=20", "tcp_keepalives_interval=5", "tcp_keepalives_count=4"
"""After 40 seconds without a sign of a machine the server gives its locks to others."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_NO_ADDRESS = "DATABASE_URL: write it like postgresql://user:password@127.0.0.1:5432/database"
"""It is not repeated, nor is the cause told: both hold the password."""


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise UsageError(_NO_ADDRESS) from None


def schema_of(url: str) -> str:
    """The library's name within the database.

    Raises:
        UsageError: It is no name that every tool can write without quotes.
    """
    named = [part[7:] for part in _parts(url).query.split("&") if part.startswith("schema=")]
    schema = named[-1] if named else SCHEMA
    if not _NAME.fullmatch(schema):
        raise UsageError("DATABASE_URL: write schema=… in small letters, digits and _")
    return schema


def conninfo_of(url: str, doing: str = "") -> str:
    """What libpq takes, whichever client it is for; every session sees this library's schema.

    Raises:
        UsageError: It is no address of a database.
    """
    parts = _parts(url)
    query = "&".join(part for part in parts.query.split("&") if not part.startswith("schema="))
    try:
        known = conninfo_to_dict(urlunsplit(parts._replace(query=query)))
    except psycopg.Error:
        raise UsageError(_NO_ADDRESS) from None
    settings = (f"search_path={schema_of(url)}", *_SERVER_PATIENCE)
    options = " ".join((str(known.pop("options", "")), *(f"-c {one}" for one in settings)))
    name = {"application_name": f"pagewise {doing}".strip()[:63]}
    return make_conninfo("", **(PATIENCE | name | known), options=options.strip())


def engine_of(url: str, doing: str = "", at_most: int = MOST_CONNECTIONS) -> Engine:
    """A pool of connections; every statement is its own transaction unless BEGIN is said.

    Nothing is connected yet. SQLAlchemy never sees the address, so that it cannot repeat it.
    """
    conninfo = conninfo_of(url, doing)
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(conninfo),
        isolation_level="AUTOCOMMIT",
        pool_size=min(at_most, KEPT_CONNECTIONS),
        max_overflow=max(0, at_most - KEPT_CONNECTIONS),
        pool_use_lifo=True,
    )


def make_schema(connection: psycopg.Connection[Any], url: str) -> None:
    """Make the library's schema, if there is none; of several processes, one does."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"{SCHEMA} schema",))
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema_of(url)}"')


def make_tables(url: str, statements: str, unless: str = "") -> None:
    """Make what is not there yet, nothing if there is a table `unless`; one process does.

    Raises:
        LibraryError: The server cannot be asked, or refuses.
    """
    with told_alike(), psycopg.connect(conninfo_of(url)) as connection:
        make_schema(connection, url)  # whose lock is held until the tables are there too
        known = "SELECT to_regclass(%s)"
        if not unless or connection.execute(known, (unless,)).fetchone() == (None,):
            connection.execute(statements.encode())


@contextmanager
def told_alike(*more: type[Exception]) -> Iterator[None]:
    """Whatever goes wrong with the server is told; its cause holds statements, and is not shown."""
    known: tuple[type[Exception], ...] = (SQLAlchemyError, psycopg.Error, *more)
    try:
        yield
    except known as error:
        raise told(error) from None


def told(error: BaseException) -> LibraryError:
    """What went wrong, in one line; a server's own words hold no password, a client's may."""
    cause = getattr(error, "orig", None) or error
    said = getattr(getattr(cause, "diag", None), "message_primary", None)
    where = f"the server says: {said}" if said else f"no answer ({type(cause).__name__})"
    advice = "run it again" if said else "check the address, and that the server runs; run it again"
    return LibraryError(f"DATABASE_URL: {where}; {advice} (nothing that was stored is lost)")
