from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import HTTPException

from loaders.errors import LibraryError
from pagewise.indexing.index_report import DocumentReport, IndexReport
from pagewise.web.api_models import JobStatus
from pagewise.web.jobs import MOST_WAITING, SHUT_DOWN, STOPPED, Jobs


class Shelves:
    """Takes documents as a library does, when it is let."""

    def __init__(self, error: Exception | None = None, failures: Sequence[str] = ()) -> None:
        self.error, self.failures = error, failures
        self.go_on = asyncio.Event()
        self.begun: list[Sequence[str]] = []

    async def aindex(self, sources: Sequence[str], *, on_step: Any, **_: Any) -> IndexReport:
        self.begun.append(sources)
        on_step("a.pdf", 1, 2, "reading")
        on_step("", 1, 2, "indexing")
        await self.go_on.wait()
        if self.error:
            raise self.error
        report = IndexReport(documents=[DocumentReport(name="a.pdf", pages=0)])
        report.failures += self.failures
        return report


async def told(shelves: Shelves, failed: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The states, with how far they are and with which document; at last, why it failed."""
    jobs: Any = Jobs(shelves)  # type: ignore[arg-type]
    job_id = await jobs.start(["a.pdf"], ["/a.pdf"], failed)
    found = []
    async for status in jobs.changes(job_id):
        place = f"{status.done}/{status.total} {status.document}" if status.document else ""
        found.append((status.state, place))
        if status.document:
            shelves.go_on.set()
    return [*found, (str(jobs.running()), "; ".join(jobs.status(job_id).failures))]


def test_an_upload_is_told_from_its_beginning_to_its_end() -> None:
    async def run() -> list[tuple[str, str]]:
        return await told(Shelves())

    assert asyncio.run(run()) == [
        ("waiting", ""),
        ("reading", "1/2 a.pdf"),
        ("done", "1/2 a.pdf"),
        ("[]", ""),
    ]


@pytest.mark.parametrize(
    ("error", "failures", "failed", "state", "cause"),
    [
        (LibraryError("the disk is full"), [], [], "failed", "the disk is full"),
        (None, ["b.pdf: is none"], [], "incomplete", "b.pdf: is none"),
        (None, [], ["c.exe: is none"], "incomplete", "c.exe: is none"),
    ],
)
def test_what_failed_is_told_with_its_cause(
    error: Exception | None, failures: list[str], failed: list[str], state: str, cause: str
) -> None:
    async def run() -> list[tuple[str, str]]:
        return await told(Shelves(error, failures), failed)

    *_, last, kept = asyncio.run(run())
    assert (last[0], kept[1]) == (state, cause)


def test_one_upload_is_read_after_the_other() -> None:
    async def run() -> list[Sequence[str]]:
        shelves = Shelves()
        jobs: Any = Jobs(shelves)  # type: ignore[arg-type]
        first, second = [await jobs.start([name], [name], []) for name in "ab"]
        while not shelves.begun:
            await asyncio.sleep(0)
        begun = list(shelves.begun)
        shelves.go_on.set()
        async for _ in jobs.changes(second):
            continue
        assert jobs.status(first).is_over
        return begun

    assert asyncio.run(run()) == [["a"]]


def test_one_that_is_read_and_one_that_waits_can_be_stopped() -> None:
    async def run() -> tuple[list[str], list[Sequence[str]]]:
        shelves = Shelves()
        jobs: Any = Jobs(shelves)  # type: ignore[arg-type]
        names = [await jobs.start([name], [name], []) for name in "abc"]
        while not shelves.begun:
            await asyncio.sleep(0)
        stopped = [await jobs.stop(name) for name in (names[1], names[0])]
        shelves.go_on.set()
        async for _ in jobs.changes(names[2]):
            continue
        stopped.append(await jobs.stop(names[2]))
        assert stopped[0].failures == [STOPPED]
        return [one.state for one in stopped], shelves.begun

    assert asyncio.run(run()) == (["stopped", "stopped", "done"], [["a"], ["c"]])


def test_a_server_that_is_shut_down_says_so_and_not_that_somebody_stopped_it() -> None:
    async def run() -> list[JobStatus]:
        jobs: Any = Jobs(Shelves())  # type: ignore[arg-type]
        names = [await jobs.start([name], [name], []) for name in "ab"]
        tasks = [*asyncio.all_tasks() - {asyncio.current_task()}]
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        return [jobs.status(name) for name in names]

    told = [(job.state, job.failures) for job in asyncio.run(run())]
    assert told == [("stopped", [SHUT_DOWN])] * 2


def test_too_many_that_wait_and_one_that_is_not_there_are_refused() -> None:
    async def run() -> list[int]:
        jobs: Any = Jobs(Shelves())  # type: ignore[arg-type]
        for number in range(MOST_WAITING):
            await jobs.start([str(number)], [], [])
        found: list[int] = []
        with pytest.raises(HTTPException) as refused:
            await jobs.start(["x"], [], [])
        found.append(refused.value.status_code)
        with pytest.raises(HTTPException) as refused:
            jobs.status("x")
        found.append(refused.value.status_code)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        return found

    assert asyncio.run(run()) == [429, 404]
