"""Uploads kept in the database: told alike by every server, whoever took them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import HTTPException

pytest.importorskip("procrastinate")
pytest.importorskip("obstore")

from pagewise.indexing.index_report import IndexReport
from pagewise.library import Library
from pagewise.queueing.batches import NO_WORKER
from pagewise.settings import Settings
from pagewise.web import shared_jobs
from pagewise.web.api_models import JobStatus
from pagewise.web.shared_jobs import SharedJobs
from tests.postgres_server import Postgres, servers

REPORT = IndexReport(failures=["plan.pdf: damaged"]).model_dump(mode="json")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from servers()


@pytest.fixture
def library(postgres: Postgres, tmp_path: Path) -> Iterator[Library]:
    settings = Settings(
        home=tmp_path / "here",
        database_url=postgres.url(f"t{uuid4().hex[:12]}"),
        files=str(tmp_path / "files"),
    )
    with Library(settings) as made:
        yield made


def begun(library: Library, pdf: Path) -> str:
    jobs = SharedJobs(library)
    try:
        return asyncio.run(jobs.start(["mine.pdf"], [str(pdf)], ["run.exe: is no document"]))
    finally:
        jobs.close()


def test_an_upload_is_stopped_by_another_server(library: Library, small_pdf: Path) -> None:
    job, there = begun(library, small_pdf), SharedJobs(library)
    stopped = asyncio.run(there.stop(job))
    assert (stopped.state, there.running()) == ("stopped", [])
    with pytest.raises(HTTPException):
        asyncio.run(there.stop("none"))
    there.close()


def test_an_upload_is_told_by_another_server_from_its_beginning_to_its_end(
    library: Library, small_pdf: Path
) -> None:
    job, there = begun(library, small_pdf), SharedJobs(library)
    runs = there._batches.runs
    [run] = there._batches.runs.batch(job)[2]

    async def told() -> list[JobStatus]:
        found = []
        async for status in there.changes(job):
            found.append(status)
            if status.state == "waiting":
                await asyncio.to_thread(runs.tell, run.id, "reading", 1, 4)
            elif status.state == "reading":
                await asyncio.to_thread(runs.end, run.id, REPORT)
        return found

    first, second, last = asyncio.run(told())
    assert (first.names, first.doing) == (["mine.pdf"], NO_WORKER)
    assert (second.done, second.total, second.document) == (1, 4, small_pdf.name)
    assert last.state == "failed"
    assert last.failures == ["run.exe: is no document", "plan.pdf: damaged"]
    assert there.running() == []
    there.close()


def test_more_uploads_than_are_read_in_time_are_refused(
    library: Library, small_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_jobs, "MOST_WAITING", 1)
    begun(library, small_pdf)
    with pytest.raises(HTTPException) as refused:
        begun(library, small_pdf)
    assert refused.value.status_code == 429


def test_an_upload_that_nobody_sent_is_not_there(library: Library) -> None:
    jobs = SharedJobs(library)
    with pytest.raises(HTTPException) as missing:
        jobs.status("none")
    jobs.close()
    assert missing.value.status_code == 404
