"""Documents given to the workers, together, and what has become of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from typing_extensions import Unpack

from loaders.reading.document import checked_sha256
from pagewise.call_options import IndexOptions
from pagewise.indexing.index_report import DocumentReport, IndexReport
from pagewise.indexing.index_run import Indexer, OnStep
from pagewise.indexing.source_files import require_files
from pagewise.library import Library
from pagewise.queueing.job_queue import STALLED_S, JobQueue
from pagewise.queueing.runs import BULK, WAITING, Run, Runs
from pagewise.queueing.worker import BEGIN, add_costs

LOOK_S = 0.5
NO_WORKER = "no worker is there; start `python main.py work`, on any machine"


class Batches:
    """Puts documents into the queue of a library, and watches it; for any thread."""

    def __init__(self, library: Library) -> None:
        self._library, url = library, library.settings.database_url
        self._files = require_files(library.settings)
        self.runs, self._queue = Runs(url), JobQueue(url)

    def close(self) -> None:
        self.runs.close()
        self._queue.close()

    def start(
        self,
        sources: Sequence[str],
        priority: int,
        *,
        pages: Sequence[int] | None = None,
        again: bool = False,
        names: Sequence[str] = (),
        failures: Sequence[str] = (),
    ) -> str:
        """Keep the files where workers find them, and give them the work; the batch's id."""
        indexer = Indexer(self._library.store, self._library.settings, again=again)
        indexer.report.failures += failures
        found = indexer.sources(sources)
        unchanged = {one: told for one in found if (told := indexer.unchanged(one, pages))}
        indexer.report.documents += unchanged.values()
        batch = self.runs.begin(names or sources, indexer.report.model_dump(mode="json"))
        wanted = {"pages": None if pages is None else [*pages], "again": again}
        for source in found:
            if source in unchanged:
                continue
            sha256 = checked_sha256(source.path)
            self._files.put(source.path, sha256)
            file = source.path.suffix, sha256
            run = self.runs.add(batch, priority, wanted, source.origin, *file)
            self._queue.put(BEGIN, run, priority=priority)
        return batch

    def stop(self, batch: str, why: str) -> None:
        """End what has not ended; workers look each second whether they are still wanted."""
        stopped = IndexReport(failures=[why]).model_dump(mode="json") | {"stopped": True}
        for run in self.runs.batch(batch)[2]:
            self.runs.end(run.id, stopped)

    def wait(self, batch: str, on_step: OnStep, warn: Callable[[str], None]) -> IndexReport:
        """Tell how far it is until all of it has ended."""
        started, has_warned = time.perf_counter(), False
        while True:
            runs = self.runs.batch(batch)[2]
            for run in runs:
                if not run.is_over and run.state != WAITING:
                    on_step(run.origin, *run.progress, run.doing)
            if all(run.is_over for run in runs):
                break
            if not has_warned and not self.state()["workers"]:
                has_warned = True
                warn(NO_WORKER)
            time.sleep(LOOK_S)
        report = self.report(batch)
        report.seconds = time.perf_counter() - started
        return report

    def state(self) -> dict[str, int]:
        """What the queue holds, and how many workers have been heard of lately."""
        return self.runs.queue(STALLED_S)

    def report(self, batch: str) -> IndexReport:
        """Of all that has ended."""
        _, first, runs = self.runs.batch(batch)
        report = IndexReport()
        for told in (first, *(run.report for run in runs if run.report)):
            report.add(told)
        stopped = [run for run in runs if (run.report or {}).get("stopped") and run.parts]
        report.documents += map(_spent_on, stopped)
        return report


def _spent_on(run: Run) -> DocumentReport:
    """On a document that somebody stopped: no page of it is in, and some are paid for."""
    document = DocumentReport(name=run.origin.rpartition("/")[2])
    for part in run.parts.values():
        add_costs(document, part)
    return document


def index_by_workers(
    library: Library,
    sources: Sequence[str],
    *,
    on_step: OnStep,
    warn: Callable[[str], None],
    **how: Unpack[IndexOptions],
) -> IndexReport:
    """Give documents to the workers, and wait for them; who is interrupted stops none."""
    batches = Batches(library)
    try:
        pages, again = how.get("pages"), how.get("again", False)
        batch = batches.start(sources, BULK, pages=pages, again=again)
        return batches.wait(batch, on_step, warn)
    finally:
        batches.close()
