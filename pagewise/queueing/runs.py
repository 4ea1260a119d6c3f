"""What is to be indexed, and how far each document is: for workers, and for all who watch them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from loaders.storing.databases.postgres import engine_of, make_tables, told
from loaders.storing.databases.postgres_database import WAITS

TABLES = """
CREATE TABLE IF NOT EXISTS batches (
    id TEXT PRIMARY KEY, names JSONB NOT NULL, report JSONB NOT NULL,
    added_at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS runs (
    id BIGSERIAL PRIMARY KEY, batch TEXT NOT NULL REFERENCES batches ON DELETE CASCADE,
    origin TEXT NOT NULL, suffix TEXT NOT NULL, sha256 TEXT NOT NULL, wanted JSONB NOT NULL,
    priority INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
    doing TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0, parts JSONB NOT NULL DEFAULT '{}', report JSONB);
CREATE INDEX IF NOT EXISTS runs_of_a_batch ON runs (batch);
CREATE INDEX IF NOT EXISTS runs_under_way ON runs (priority) WHERE state <> 'over'
"""
BULK, UPLOAD = 0, 10
"""Priorities: somebody waits for what he has sent."""
KEPT = "30 days"
WAITING, READING, OVER = "waiting", "reading", "over"
WHOLE = -1
"""In the place of a range's first page: what is done to a document as a whole."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One document's way through the queue."""

    id: int
    batch: str
    origin: str
    suffix: str
    sha256: str
    wanted: Json
    """`pages`, `again`: as `Library.index` takes them."""
    priority: int
    state: str
    doing: str
    done: int
    total: int
    parts: dict[str, Json]
    """By the first page of each range: how many are done, what they cost, whether it is over."""
    report: Json | None
    """As `index --json` prints it; there when it is over."""

    @property
    def progress(self) -> tuple[int, int]:
        """How much is done of how much."""
        reading = sum(part["done"] for part in self.parts.values())
        return (
            (reading, self.total) if reading and self.doing == READING else (self.done, self.total)
        )

    @property
    def is_over(self) -> bool:
        return self.state == OVER


class Runs:
    """The rows, for any thread."""

    def __init__(self, url: str) -> None:
        make_tables(url, TABLES)
        self._engine = engine_of(url, "queue", at_most=2)

    def close(self) -> None:
        self._engine.dispose()

    def begin(self, names: Sequence[str], report: Json) -> str:
        """A new batch; `report` is what is known of it before anything is read."""
        self._rows(f"DELETE FROM batches WHERE added_at < now() - interval '{KEPT}' RETURNING id")
        batch = secrets.token_urlsafe(12)
        self._rows(
            "INSERT INTO batches VALUES (:batch, :names, :report) RETURNING id",
            batch=batch,
            names=json.dumps([*names]),
            report=json.dumps(report),
        )
        return batch

    def add(self, batch: str, priority: int, wanted: Json, origin: str, *file: str) -> int:
        """A document of a batch; `file` is its ending and its hash."""
        [row] = self._rows(
            "INSERT INTO runs (batch, priority, wanted, origin, suffix, sha256) VALUES"
            " (:batch, :priority, :wanted, :origin, :suffix, :sha256) RETURNING id",
            batch=batch,
            priority=priority,
            wanted=json.dumps(wanted),
            origin=origin,
            suffix=file[0],
            sha256=file[1],
        )
        return int(row["id"])

    def run(self, run: int) -> Run | None:
        found = self._rows("SELECT * FROM runs WHERE id = :run", run=run)
        return Run(**found[0]) if found else None

    def batch(self, batch: str) -> tuple[list[str], Json, list[Run]] | None:
        """Its names, its first report, its runs; nothing if there is none."""
        found = self._rows("SELECT names, report FROM batches WHERE id = :batch", batch=batch)
        runs = self._rows("SELECT * FROM runs WHERE batch = :batch ORDER BY id", batch=batch)
        return (found[0]["names"], found[0]["report"], [Run(**r) for r in runs]) if found else None

    def under_way(self, priority: int) -> list[str]:
        """The batches of this priority that have not ended, the oldest first."""
        rows = self._rows(
            "SELECT batch FROM runs WHERE state <> 'over' AND priority = :priority"
            " GROUP BY batch ORDER BY min(id)",
            priority=priority,
        )
        return [row["batch"] for row in rows]

    def tell(self, run: int, doing: str, done: int, total: int) -> None:
        """How far it is, unless it has ended meanwhile."""
        self._rows(
            "UPDATE runs SET state = 'reading', doing = :doing, done = :done, total = :total"
            " WHERE id = :run AND state <> 'over' RETURNING id",
            run=run,
            doing=doing,
            done=done,
            total=total,
        )

    def split(self, run: int, pages: int, starts: Sequence[int]) -> None:
        """It is read in ranges; what earlier attempts have told of them stays."""
        parts = json.dumps({str(start): {"done": 0} for start in starts})
        self._rows(
            "UPDATE runs SET state = 'reading', doing = 'reading', total = :pages,"
            " parts = cast(:parts AS jsonb) || parts WHERE id = :run RETURNING id",
            run=run,
            pages=pages,
            parts=parts,
        )

    def tell_part(self, run: int, start: int, part: Json) -> bool:
        """How far a range is; whether all ranges of the document are over now.

        What is over stays so, whatever is told by a worker who has lost it to another.
        """
        rows = self._rows(
            "UPDATE runs SET parts = jsonb_set(parts, ARRAY[cast(:start AS text)],"
            " cast(:part AS jsonb) || CASE WHEN parts -> cast(:start AS text) ? 'over'"
            " THEN jsonb '{\"over\": true}' ELSE jsonb '{}' END) WHERE id = :run RETURNING parts",
            run=run,
            start=str(start),
            part=json.dumps(part),
        )
        parts = {key: one for row in rows for key, one in row["parts"].items() if key != str(WHOLE)}
        return bool(parts) and all(part.get("over") for part in parts.values())

    def end(self, run: int, report: Json) -> None:
        """The first end stands."""
        self._rows(
            "UPDATE runs SET state = 'over', report = :report WHERE id = :run AND state <> 'over'"
            " RETURNING id",
            run=run,
            report=json.dumps(report),
        )

    def queue(self, heartbeat_s: float) -> dict[str, int]:
        """Jobs that wait and are being done, documents that have not ended, workers alive."""
        [row] = self._rows(
            "SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,"
            " count(*) FILTER (WHERE status = 'doing') AS doing,"
            " (SELECT count(*) FROM runs WHERE state <> 'over') AS documents,"
            " (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >"
            "  now() - make_interval(secs => :seconds)) AS workers FROM procrastinate_jobs",
            seconds=heartbeat_s,
        )
        return {name: int(count) for name, count in row.items()}

    def _rows(self, statement: str, **values: Any) -> Sequence[RowMapping]:
        for wait in (*WAITS, None):  # a server that is started again is there within a few seconds
            try:
                with self._engine.connect() as connection:
                    return connection.execute(text(statement), values).mappings().all()
            except SQLAlchemyError as error:
                if wait is None or not isinstance(error, OperationalError):
                    raise told(error) from None
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")
