"""What is to be indexed, and how far each document is: for workers, and for all who watch them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from loaders.storing.databases.postgres import make_tables
from loaders.storing.databases.postgres_database import PostgresDatabase

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
    """One document's way through the queue: a row of its table."""

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


COLUMNS = ", ".join(field.name for field in fields(Run))


class Runs:
    """The rows, for any thread."""

    def __init__(self, url: str) -> None:
        make_tables(url, TABLES)
        self._database = PostgresDatabase(url, "queue")

    def close(self) -> None:
        self._database.close()

    def begin(self, names: Sequence[str], report: Json) -> str:
        """A new batch; `report` is what is known of it before anything is read."""
        self._database.run(f"DELETE FROM batches WHERE added_at < now() - interval '{KEPT}'")
        batch = secrets.token_urlsafe(12)
        row = batch, json.dumps([*names]), json.dumps(report)
        self._database.run("INSERT INTO batches VALUES (?, ?, ?)", row)
        return batch

    def add(self, batch: str, priority: int, wanted: Json, origin: str, *file: str) -> int:
        """A document of a batch; `file` is its ending and its hash."""
        [(run,)] = self._database.rows(
            "INSERT INTO runs (batch, priority, wanted, origin, suffix, sha256)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (batch, priority, json.dumps(wanted), origin, *file),
        )
        return int(run)

    def run(self, run: int) -> Run | None:
        found = self._database.rows(f"SELECT {COLUMNS} FROM runs WHERE id = ?", (run,))
        return Run(*found[0]) if found else None

    def batch(self, batch: str) -> tuple[list[str], Json, list[Run]]:
        """Its names, what was known at first, its runs.

        Raises:
            KeyError: It is not there.
        """
        found = self._database.rows("SELECT names, report FROM batches WHERE id = ?", (batch,))
        runs = self._database.rows(
            f"SELECT {COLUMNS} FROM runs WHERE batch = ? ORDER BY id", (batch,)
        )
        if not found:
            raise KeyError(batch)
        return *found[0], [Run(*row) for row in runs]

    def under_way(self, priority: int) -> list[str]:
        """The batches of this priority that have not ended, the oldest first."""
        rows = self._database.rows(
            "SELECT batch FROM runs WHERE state <> 'over' AND priority = ?"
            " GROUP BY batch ORDER BY min(id)",
            (priority,),
        )
        return [batch for (batch,) in rows]

    def tell(self, run: int, doing: str, done: int, total: int) -> None:
        """How far it is, unless it has ended meanwhile."""
        self._database.run(
            "UPDATE runs SET state = 'reading', doing = ?, done = ?, total = ?"
            " WHERE id = ? AND state <> 'over'",
            (doing, done, total, run),
        )

    def split(self, run: int, pages: int, starts: Sequence[int]) -> None:
        """It is read in ranges; what earlier attempts have told of them stays."""
        parts = json.dumps({str(start): {"done": 0} for start in starts})
        self._database.run(
            "UPDATE runs SET state = 'reading', doing = 'reading', total = ?,"
            " parts = cast(? AS jsonb) || parts WHERE id = ?",
            (pages, parts, run),
        )

    def tell_part(self, run: int, start: int, part: Json) -> bool:
        """How far a range is; whether all ranges of the document are over now.

        What is over stays so, whatever is told by a worker who has lost it to another.
        """
        key = str(start)
        rows = self._database.rows(
            "UPDATE runs SET parts = jsonb_set(parts, ARRAY[cast(? AS text)],"
            " cast(? AS jsonb) || CASE WHEN jsonb_exists(parts -> cast(? AS text), 'over')"
            " THEN jsonb '{\"over\": true}' ELSE jsonb '{}' END) WHERE id = ? RETURNING parts",
            (key, json.dumps(part), key, run),
        )
        parts = {key: one for (told,) in rows for key, one in told.items() if key != str(WHOLE)}
        return bool(parts) and all(part.get("over") for part in parts.values())

    def end(self, run: int, report: Json) -> None:
        """The first end stands."""
        self._database.run(
            "UPDATE runs SET state = 'over', report = ? WHERE id = ? AND state <> 'over'",
            (json.dumps(report), run),
        )

    def queue(self, heartbeat_s: float) -> dict[str, int]:
        """Jobs that wait and are being done, documents that have not ended, workers alive."""
        [counts] = self._database.rows(
            "SELECT count(*) FILTER (WHERE status = 'todo'),"
            " count(*) FILTER (WHERE status = 'doing'),"
            " (SELECT count(*) FROM runs WHERE state <> 'over'),"
            " (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >"
            "  now() - make_interval(secs => ?)) FROM procrastinate_jobs",
            (heartbeat_s,),
        )
        return dict(zip(("waiting", "doing", "documents", "workers"), counts, strict=True))
