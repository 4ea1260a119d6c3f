from __future__ import annotations

import os
from pathlib import Path

import pytest

from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.batch_jobs import BatchJob, BatchJobs


@pytest.fixture
def jobs(tmp_path: Path) -> BatchJobs:
    return BatchJobs(SqliteDatabase(tmp_path / "library.sqlite"), tmp_path / "batches")


def test_requests_are_written_down_and_their_pages_known_in_order(jobs: BatchJobs) -> None:
    job = BatchJob("a1", "gemini")
    sizes = [jobs.add(job, key, {"image": 'x"key": "y'}) for key in ("one", "two")]
    assert sizes[1] == 2 * sizes[0] == jobs.requests(job).stat().st_size
    assert list(jobs.keys(job)) == ["one", "two"]
    assert list(jobs.keys(BatchJob("none", "gemini"))) == []


def test_a_job_that_was_kept_is_found_by_the_next_process(jobs: BatchJobs, tmp_path: Path) -> None:
    first = BatchJob("a1", "gemini", pages=2, usd=0.5, taken=["one"])
    second = BatchJob("b2", "gemini")
    for job in (first, second):
        jobs.add(job, "one", {})
        jobs.keep(job)
    first.name = "batches/7"
    jobs.keep(first)
    again = BatchJobs(SqliteDatabase(tmp_path / "library.sqlite"), tmp_path / "batches")
    assert again.under_way() == [first, second]


def test_a_job_without_its_requests_cannot_be_kept(jobs: BatchJobs) -> None:
    with pytest.raises(FileNotFoundError):
        jobs.keep(BatchJob("a1", "gemini"))
    assert jobs.under_way() == []


def test_what_is_done_is_dropped_with_its_files(jobs: BatchJobs) -> None:
    job = BatchJob("a1", "gemini")
    jobs.add(job, "one", {})
    jobs.keep(job)
    jobs.answers(job).write_text("{}", encoding="utf-8")
    jobs.drop(job)
    jobs.drop(job)
    assert jobs.under_way() == []
    assert not jobs.requests(job).exists()
    assert not jobs.answers(job).exists()


def test_only_old_files_that_belong_to_no_job_are_cleared(jobs: BatchJobs) -> None:
    kept, fresh, old = (BatchJob(label, "gemini") for label in ("kept", "fresh", "old"))
    for job in (kept, fresh, old):
        jobs.add(job, "one", {})
    jobs.keep(kept)
    for job in (kept, old):
        os.utime(jobs.requests(job), (0, 0))
    jobs.clear()
    assert [jobs.requests(job).exists() for job in (kept, fresh, old)] == [True, True, False]


def test_a_job_that_is_sent_again_has_another_name_at_the_service() -> None:
    assert BatchJob("a1", "gemini").sent_as != BatchJob("a1", "gemini", sent=2).sent_as
