"""Uploads that any server takes and any server tells of: their state is in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from fastapi import HTTPException

from pagewise.library import Library
from pagewise.queueing.batches import LOOK_S, NO_WORKER, Batches
from pagewise.queueing.runs import UPLOAD, WAITING
from pagewise.web import uploads
from pagewise.web.api_models import JobStatus
from pagewise.web.jobs import MOST_WAITING, STOPPED, Jobs, ended


class SharedJobs(Jobs):
    """As `Jobs`, whose calls and errors these are, for all servers and workers of a library."""

    def __init__(self, library: Library) -> None:
        self._batches, self._home = Batches(library), library.settings.home

    def close(self) -> None:
        self._batches.close()

    async def start(
        self, names: Sequence[str], sources: Sequence[str], failed: Sequence[str]
    ) -> str:
        """Give them to the workers; once the id is told, no server's end loses them."""
        return await asyncio.to_thread(self._start, names, sources, failed)

    def _start(self, names: Sequence[str], sources: Sequence[str], failed: Sequence[str]) -> str:
        if len(self._batches.runs.under_way(UPLOAD)) >= MOST_WAITING:
            raise HTTPException(429, f"{MOST_WAITING} uploads are waiting; try again later")
        batch = self._batches.start(sources, UPLOAD, names=names, failures=failed)
        for source in sources:  # it is in PAGEWISE_FILES now, and goes from there with its document
            uploads.discard(Path(source).absolute(), self._home)
        return batch

    async def stop(self, job_id: str) -> JobStatus:
        """Whoever reads it stops within seconds."""
        status = await asyncio.to_thread(self.status, job_id)
        if not status.is_over:
            await asyncio.to_thread(self._batches.stop, job_id, STOPPED)
        return await asyncio.to_thread(self.status, job_id)

    def status(self, job_id: str) -> JobStatus:
        try:
            names, first, runs = self._batches.runs.batch(job_id)
        except KeyError:
            raise HTTPException(404, "there is no such job; it may have been long ago") from None
        left = [run for run in runs if not run.is_over]
        job = JobStatus(id=job_id, state="waiting", names=names, failures=first["failures"])
        if not left:
            return job.model_copy(update=ended(self._batches.report(job_id)))
        begun = [run for run in left if run.state != WAITING]
        if not begun:
            doing = "" if self._batches.state()["workers"] else NO_WORKER
            return job.model_copy(update={"doing": doing})
        done, total = begun[0].progress
        told = {"done": done, "total": total, "doing": begun[0].doing, "state": "reading"}
        return job.model_copy(update=told | {"document": begun[0].origin.rpartition("/")[2]})

    def running(self) -> list[JobStatus]:
        return [self.status(batch) for batch in self._batches.runs.under_way(UPLOAD)]

    async def changes(self, job_id: str) -> AsyncIterator[JobStatus]:
        last: JobStatus | None = None
        while last is None or not last.is_over:
            status = await asyncio.to_thread(self.status, job_id)
            if status != last:
                yield status
                last = status
            if not status.is_over:
                await asyncio.sleep(LOOK_S)
