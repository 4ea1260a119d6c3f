"""What was sent to be read as a batch and is not fetched yet: kept, so that nobody pays again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from loaders.storing.databases.database import Database

_KEPT_AS = "batches"
_UNSENT_S = 86_400.0
"""A file of requests that belongs to no job by then is left of a run that was killed."""


@dataclass(slots=True)
class BatchJob:
    """A file of requests in the library's folder, and what it became at the service."""

    label: str
    model: str
    pages: int = 0
    usd: float = 0.0
    """By estimate, before it is sent."""
    name: str = ""
    """The service's; empty until it has answered."""
    sent: int = 1
    """How often; a job that expired is sent once more."""
    taken: list[str] = field(default_factory=list)
    """Pages whose answers were used, by fingerprint, while others of the job were not."""

    @property
    def sent_as(self) -> str:
        """By this a job is found at the service whose name never reached us."""
        return f"pagewise-{self.label}-{self.sent}"


class BatchJobs:
    """The jobs under way, safe on disk before each step that costs anything."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Requests stand in the `folder`, a line a page, until their answers are used."""
        self._database, self._folder = database, folder

    def under_way(self) -> list[BatchJob]:
        """In the order in which they were made."""
        return [BatchJob(**job) for job in self._kept().values()]

    def keep(self, job: BatchJob) -> None:
        with self.requests(job).open("rb+") as requests:
            os.fsync(requests.fileno())
        with self._database.transaction():
            self._database.set_meta(_KEPT_AS, json.dumps(self._kept() | {job.label: asdict(job)}))

    def drop(self, job: BatchJob) -> None:
        """Its answers are in the ledger, or there are none."""
        with self._database.transaction():
            kept = self._kept()
            kept.pop(job.label, None)
            self._database.set_meta(_KEPT_AS, json.dumps(kept))
        self.requests(job).unlink(missing_ok=True)
        self.answers(job).unlink(missing_ok=True)

    def requests(self, job: BatchJob) -> Path:
        return self._folder / f"{job.label}.jsonl"

    def answers(self, job: BatchJob) -> Path:
        """Where they are put when they come."""
        return self._folder / f"{job.label}.answers"

    def add(self, job: BatchJob, key: str, request: object) -> int:
        """Write a request down; the size of the file by then."""
        self._folder.mkdir(exist_ok=True)
        with self.requests(job).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"key": key, "request": request}) + "\n")
            return lines.tell()

    def keys(self, job: BatchJob) -> Iterator[str]:
        """The fingerprints of its pages, in the order of the requests."""
        if self.requests(job).exists():
            with self.requests(job).open(encoding="utf-8") as lines:
                for line in lines:
                    yield line.split('"', 4)[3]  # the images behind it are large

    def clear(self) -> None:
        """Take away what was written by runs that never came to send it."""
        known = {job.label for job in self.under_way()}
        for path in self._folder.glob("*"):
            if path.stem not in known and time.time() - path.stat().st_mtime > _UNSENT_S:
                path.unlink(missing_ok=True)

    def _kept(self) -> dict[str, dict[str, Any]]:
        kept: dict[str, dict[str, Any]] = json.loads(self._database.meta(_KEPT_AS) or "{}")
        return kept
