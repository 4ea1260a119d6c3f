"""Reading what was sent, one upload after the other, and telling how far it is."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from fastapi import HTTPException

from loaders.errors import PagewiseError
from pagewise.indexing.index_report import IndexReport
from pagewise.library import Library
from pagewise.web.api_models import JobStatus, State

MOST_KEPT = 200
MOST_WAITING = 50
_KEPT = "what was read is kept, and not read again"
STOPPED = f"somebody stopped it; {_KEPT}"
SHUT_DOWN = f"the server was shut down; send it again when it is back: {_KEPT}"
logger = logging.getLogger(__name__)


def ended(report: IndexReport) -> dict[str, Any]:
    """What is told of an upload that has ended."""
    state: State = "done" if report.is_complete else "incomplete" if report.documents else "failed"
    return {
        "state": "stopped" if STOPPED in report.failures else state,
        "documents": [document.model_dump(mode="json") for document in report.documents],
        "failures": [*report.failures, *report.unfinished],
    }


class Jobs:
    """The uploads of this server; they are forgotten with it, what was read is not."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._jobs: OrderedDict[str, JobStatus] = OrderedDict()
        self._changed: dict[str, asyncio.Event] = {}
        self._turn: asyncio.Lock | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._unwanted: set[str] = set()

    def close(self) -> None:
        """Nothing is held open."""

    async def start(
        self, names: Sequence[str], sources: Sequence[str], failed: Sequence[str]
    ) -> str:
        """Begin to read `sources` when those before are done; `names` is what they are called.

        Raises:
            HTTPException: 429, too many are waiting.
        """
        if sum(not job.is_over for job in self._jobs.values()) >= MOST_WAITING:
            raise HTTPException(429, f"{MOST_WAITING} uploads are waiting; try again later")
        job_id = secrets.token_urlsafe(12)
        job = JobStatus(id=job_id, state="waiting", names=list(names), failures=list(failed))
        self._jobs[job_id] = job
        self._changed[job_id] = asyncio.Event()
        self._drop_old()
        task = asyncio.get_running_loop().create_task(self._run(job_id, sources))
        self._tasks[job_id] = task
        task.add_done_callback(partial(self._after, job_id))
        return job_id

    async def stop(self, job_id: str) -> JobStatus:
        """Read no further than the page under way; one that is over stays as it is.

        Raises:
            HTTPException: 404, there is none, or it was long ago.
        """
        self.status(job_id)
        if task := self._tasks.get(job_id):
            self._unwanted.add(job_id)
            task.cancel()
            await asyncio.wait([task])
        return self.status(job_id)

    def status(self, job_id: str) -> JobStatus:
        """How far it is.

        Raises:
            HTTPException: 404, there is none, or it was long ago.
        """
        if job_id not in self._jobs:
            raise HTTPException(404, "there is no such job; it may have been long ago")
        return self._jobs[job_id]

    def running(self) -> list[JobStatus]:
        """Those that have not ended, the oldest first."""
        return [job for job in self._jobs.values() if not job.is_over]

    async def changes(self, job_id: str) -> AsyncIterator[JobStatus]:
        """How far it is, now and whenever that changes, until it has ended."""
        while True:
            status, changed = self.status(job_id), self._changed[job_id]
            yield status
            if status.is_over:
                return
            await changed.wait()

    async def _run(self, job_id: str, sources: Sequence[str]) -> None:
        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            try:
                self._set(job_id, state="reading")
                report = await self._library.aindex(
                    sources,
                    on_step=partial(self._step, job_id),
                    ask_meanwhile=True,
                )
            except PagewiseError as error:
                self._break_off(job_id, "failed", str(error))
            except Exception:
                logger.exception("indexing %s", job_id)
                self._break_off(job_id, "failed", "an unexpected failure; see the log")
                raise
            else:
                report.failures[:0] = self._jobs[job_id].failures
                self._set(job_id, **ended(report), seconds=round(report.seconds, 2))

    def _step(self, job_id: str, document: str, done: int, total: int, doing: str) -> None:
        if document:
            self._set(job_id, document=document, done=done, total=total, doing=doing)

    def _break_off(self, job_id: str, state: State, why: str) -> None:
        self._set(job_id, state=state, failures=[*self._jobs[job_id].failures, why])

    def _after(self, job_id: str, task: asyncio.Task[None]) -> None:
        del self._tasks[job_id]
        why = STOPPED if job_id in self._unwanted else SHUT_DOWN
        self._unwanted.discard(job_id)
        if task.cancelled():  # perhaps before it began
            self._break_off(job_id, "stopped", why)

    def _set(self, job_id: str, **changes: object) -> None:
        before = self._jobs[job_id]
        self._jobs[job_id] = before.model_copy(update=changes)
        self._changed[job_id].set()
        self._changed[job_id] = asyncio.Event()

    def _drop_old(self) -> None:
        over = [job_id for job_id, job in self._jobs.items() if job.is_over]
        for job_id in over[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[job_id], self._changed[job_id]
