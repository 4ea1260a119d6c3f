"""Conversations in Postgres, for several processes and machines."""

from __future__ import annotations

import logging
import time
from typing import Any

import psycopg
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from loaders.errors import LibraryError
from loaders.storing.databases.postgres import conninfo_of, make_schema
from pagewise.checkpointers.error_translating_saver import ErrorTranslatingSaver, data_only

CONNECT_SECONDS = 5
"""To wait for one of the pool."""
MOST_CONNECTIONS = 8
ATTEMPTS = 10
OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "prepare_threshold": 0,
    "row_factory": dict_row,
}


class PostgresThreads(ErrorTranslatingSaver, PostgresSaver):  # type: ignore[misc, unused-ignore]
    """Conversations on a server, which may be started again beneath it."""

    failures = (psycopg.Error,)

    def told(self, error: Exception) -> LibraryError:
        return _told(error)


def open_postgres(url: str) -> BaseCheckpointSaver[Any]:
    """The checkpointer; a connection is made when it is needed, and made again when it broke.

    Raises:
        UsageError: The address is none.
        LibraryError: The server cannot be reached, or refuses.
    """
    where = conninfo_of(url)
    try:
        with psycopg.connect(where, **OPTIONS) as connection:
            make_schema(connection, url)
            _set_up(connection)
    except psycopg.Error as error:
        raise _told(error) from None
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # it tells what we tell
    pool = ConnectionPool(
        where,
        kwargs=OPTIONS,
        min_size=0,
        max_size=MOST_CONNECTIONS,
        timeout=CONNECT_SECONDS,
        check=ConnectionPool.check_connection,
        open=True,
    )
    saver: Any = PostgresThreads
    threads: BaseCheckpointSaver[Any] = saver(pool, serde=data_only())
    return threads


def _set_up(connection: psycopg.Connection[Any]) -> None:
    """Make the tables; of several processes that begin at once, the others see them made."""
    for attempt in range(ATTEMPTS):
        try:
            PostgresSaver(connection).setup()
        except psycopg.Error as error:
            if error.sqlstate is None or attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.1)
        else:
            return


def _told(error: Exception) -> LibraryError:
    """Without what psycopg says, which may hold the password."""
    return LibraryError(
        f"DATABASE_URL: the conversation cannot be read or kept ({type(error).__name__}); check "
        "the address, and that the server runs, or go on without --thread"
    )
