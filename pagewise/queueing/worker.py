"""What a worker does: opens a document, reads a range of its pages, puts the document in.

Each can be done twice: what was read is in the ledger, and what is in the library stays.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from loaders.errors import LibraryError, PagewiseError, SourceError, UsageError
from loaders.pages.page import Outcome, Reading
from loaders.reading.rate_limiting.scheduler import CallFailed, QuotaSpent
from loaders.sources import Source
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.index_report import DocumentReport, IndexReport
from pagewise.indexing.index_run import Indexer
from pagewise.indexing.source_files import require_files
from pagewise.library import Library
from pagewise.queueing.job_queue import Attempt, JobQueue, take_jobs
from pagewise.queueing.runs import UPLOAD, WHOLE, Run, Runs
from pagewise.settings import LOCAL

BEGIN, READ, FINISH = "begin", "read", "finish"
PAGES_A_JOB = 50
"""A document of more is read in ranges of as many; to open it costs as much as some pages."""
JOBS_AT_ONCE = 4
"""Where a model reads: then a worker waits more than it works."""
TELL_S = 1.0
COSTS = ("read", "tokens_in", "tokens_out", "usd")
FINAL = (SourceError, UsageError, CallFailed)
"""To try again would end alike."""


class TooLong(Exception):
    """The document has more pages than one job reads."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages")
        self.pages = pages


class NotWanted(Exception):
    """Somebody has ended the run meanwhile."""


class Worker:
    """Does the jobs of one library."""

    def __init__(self, library: Library) -> None:
        self.library, url = library, library.settings.database_url
        self.runs, self.queue = Runs(url), JobQueue(url)
        self.files = require_files(library.settings)
        self.at_once = 1 if library.settings.reader == LOCAL else JOBS_AT_ONCE

    def tasks(self) -> dict[str, Callable[..., None]]:
        """By the names that jobs have in the queue."""
        return {BEGIN: self.begin, READ: self.read, FINISH: self.finish}

    def close(self) -> None:
        self.runs.close()
        self.queue.close()

    def begin(self, attempt: Attempt, *, run: int) -> None:
        """Index a document, or have it read in ranges if it is long."""

        def whole(found: Run) -> None:
            indexer = self._indexer(found)
            indexer.when_opened = None if found.wanted["pages"] else _refuse_long
            try:
                self._index(attempt, found, indexer)
            except TooLong as long:
                starts = range(0, long.pages, PAGES_A_JOB)
                self.runs.split(run, long.pages, starts)
                for start in starts:
                    self.queue.put(READ, run, priority=found.priority, start=start)

        self._do(BEGIN, attempt, whole, run=run)

    def read(self, attempt: Attempt, *, run: int, start: int) -> None:
        """Read a range into the ledger; who reads the last one has the document put in."""

        def part(found: Run) -> None:
            report = self._read(attempt, found, start)
            if self.runs.tell_part(run, start, report | {"over": True}):
                self.queue.put(FINISH, run, priority=found.priority)

        self._do(READ, attempt, part, run=run, start=start)

    def finish(self, attempt: Attempt, *, run: int) -> None:
        """Chunks, vectors, indexes: of pages that have all been read."""

        def rest(found: Run) -> None:
            indexer = self._indexer(found)
            indexer.fingerprints = self.library.store.ledger.fingerprints(found.sha256)
            self._index(attempt, found, indexer)

        self._do(FINISH, attempt, rest, run=run)

    def _do(
        self, task: str, attempt: Attempt, work: Callable[[Run], None], run: int, **words: int
    ) -> None:
        """Whatever comes of it, the run ends some time, or the job is tried again."""
        found = self.runs.run(run)
        if found is None or found.is_over:
            return
        try:
            if attempt.is_beyond:
                raise LibraryError(f"it was given up after {attempt.number - 1} attempts")
            work(found)
        except NotWanted:
            return
        except QuotaSpent as spent:
            self.runs.tell(run, "the day's quota is spent", found.done, found.total)
            self.queue.put(task, run, priority=attempt.priority, at=spent.resume_at, **words)
        except FINAL as error:
            self._fail(found, error)
        except PagewiseError as error:
            if not (attempt.is_last or attempt.is_beyond):
                raise
            self._fail(found, error)

    def _fail(self, found: Run, error: Exception) -> None:
        failed = IndexReport(failures=[f"{found.origin}: {error}"])
        self.runs.end(found.id, failed.model_dump(mode="json"))

    def _indexer(self, found: Run) -> Indexer:
        """Who has sent a document wants to ask its first pages; in bulk they would cost more."""
        again, is_awaited = bool(found.wanted["again"]), found.priority == UPLOAD
        store, settings = self.library.store, self.library.settings
        return Indexer(store, settings, again=again, ask_meanwhile=is_awaited)

    def _source(self, found: Run) -> Source:
        return Source(self.files.path_of(found.sha256, found.suffix), found.origin)

    def _index(self, attempt: Attempt, found: Run, indexer: Indexer) -> None:
        source, report = self._source(found), indexer.report
        with self._costing(found, WHOLE, lambda: indexer.under_way) as tell_costs:
            is_due = self._watched(attempt, found, tell_costs)

            def on_step(document: str, done: int, total: int, doing: str) -> None:
                if is_due():
                    self.runs.tell(found.id, doing, done, total)

            indexer.take(source, found.wanted["pages"], on_step)
        report.failures = [
            failure.replace(str(source.path), found.origin) for failure in report.failures
        ]
        _wait_for_quota(indexer, report.outcomes)
        for document in report.documents:
            for part in found.parts.values():
                add_costs(document, part)
        self.runs.end(found.id, report.model_dump(mode="json"))

    @contextmanager
    def _costing(
        self, found: Run, start: int, report: Callable[[], DocumentReport]
    ) -> Iterator[Callable[[], None]]:
        """However it ends, what it has cost is told; before that, whenever somebody asks for it."""
        before = found.parts.get(str(start), {})

        def tell_costs() -> None:
            self.runs.tell_part(found.id, start, _costs(report(), before))

        try:
            yield tell_costs
        finally:
            tell_costs()

    def _watched(
        self, attempt: Attempt, found: Run, tell_costs: Callable[[], None]
    ) -> Callable[[], bool]:
        """To be called at each step: raises when it has to stop, says when it is time to tell."""
        last = 0.0

        def is_due() -> bool:
            nonlocal last
            attempt.go_on()
            if time.monotonic() - last < TELL_S:
                return False
            last = time.monotonic()
            tell_costs()
            now = self.runs.run(found.id)
            if now is None or now.is_over:
                raise NotWanted
            return True

        return is_due

    def _read(self, attempt: Attempt, found: Run, start: int) -> dict[str, Any]:
        indexer, source = self._indexer(found), self._source(found)
        report = DocumentReport(name=found.origin)
        pages = range(start, min(start + PAGES_A_JOB, found.total))
        loader = indexer.loader(source, source.path.name, pages)
        with self._costing(found, start, lambda: report) as tell_costs:
            is_due = self._watched(attempt, found, tell_costs)

            def when_read(reading: Reading, is_old: bool) -> None:
                report.add(reading, is_old=is_old)
                is_due()

            loader.when_read = when_read
            for _ in loader.readings():
                pass
        _wait_for_quota(indexer, report.outcomes)
        return _costs(report, found.parts.get(str(start), {}))


def _refuse_long(record: DocumentRecord) -> None:
    if record.pages > PAGES_A_JOB:
        raise TooLong(record.pages)


def _wait_for_quota(indexer: Indexer, outcomes: Counter[Outcome]) -> None:
    """Pages that were left out for the day's quota are read when it is back.

    Raises:
        QuotaSpent: There are some.
    """
    scheduler = getattr(indexer.reader, "scheduler", None)
    if scheduler and outcomes[Outcome.SKIPPED] and scheduler.pace.resume_at > time.time():
        raise QuotaSpent(indexer.reader.name, scheduler.pace.resume_at, time.time())


def _costs(report: DocumentReport, before: dict[str, Any]) -> dict[str, Any]:
    """Of a range, with what an attempt that was broken off had told."""
    costs = {name: getattr(report, name) + before.get(name, 0) for name in COSTS}
    return {"done": report.outcomes.total(), **costs}


def add_costs(document: DocumentReport, part: dict[str, Any]) -> None:
    """Those of a part, to those that are known."""
    for name in COSTS:
        setattr(document, name, getattr(document, name) + part.get(name, 0))


def work_for(library: Library, when_ready: Callable[[], None]) -> None:
    """Do jobs until told to stop."""
    worker = Worker(library)
    try:
        url, tasks = library.settings.database_url, worker.tasks()
        asyncio.run(take_jobs(url, tasks, worker.at_once, when_ready))
    finally:
        worker.close()
