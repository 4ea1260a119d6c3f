"""SQLite's tables in the types of Postgres: SQLAlchemy reads the one schema that there is."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import BYTEA, DOUBLE_PRECISION, TEXT
from sqlalchemy.types import BLOB, INTEGER, REAL, TypeEngine
from sqlalchemy.types import TEXT as ANY_TEXT

from loaders.storing.databases.sqlite_database import SCHEMA

KINDS: dict[type[TypeEngine[Any]], TypeEngine[Any]] = {
    # In the order of their bytes, as SQLite has them, whatever the server's language.
    ANY_TEXT: TEXT(collation="C"),
    INTEGER: BigInteger(),
    REAL: DOUBLE_PRECISION(),
    BLOB: BYTEA(),
}


@cache
def tables() -> MetaData:
    """What `create_all` makes in Postgres."""
    made = MetaData()
    event.listen(made, "column_reflect", _in_postgres)
    with create_engine("sqlite://").connect() as memory:
        for statement in SCHEMA.split(";"):
            memory.exec_driver_sql(statement)
        made.reflect(memory)
    return made


def _in_postgres(_inspector: object, _table: object, column: Any) -> None:
    column["type"] = KINDS[type(column["type"])]
    if column["default"] == "x''":  # SQLite's word for no bytes, which old files needed
        column["default"] = None
