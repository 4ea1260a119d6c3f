"""Jobs in a real queue: put in once, taken by who is there, given back by who must stop."""

# mypy: allow-untyped-calls
from __future__ import annotations

import asyncio
import os
import signal
import time

import psycopg
import pytest
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job

from loaders.errors import LibraryError
from loaders.storing.databases.postgres import conninfo_of
from pagewise.queueing.job_queue import MOST_ATTEMPTS, Attempt, JobQueue, take_jobs
from tests.queue_world import World


def waiting(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo_of(url)) as connection:
        rows = "SELECT task_name, args, priority, attempts FROM procrastinate_jobs ORDER BY id"
        return connection.execute(rows).fetchall()


def attempt(attempts: int, *, must_stop: bool = False) -> Attempt:
    job = Job(
        id=1, lock=None, queueing_lock=None, task_name="read", queue="default", attempts=attempts
    )
    app = App(connector=PsycopgConnector())
    reason = (lambda: "stop") if must_stop else (lambda: None)
    return Attempt(JobContext(app=app, job=job, start_timestamp=0, abort_reason=reason))  # type: ignore[arg-type]


def test_the_same_job_waits_once(local: World) -> None:
    queue = JobQueue(local.database_url)
    for start in (0, 0, 50):
        queue.put("read", 7, priority=10, start=start)
    queue.close()
    assert waiting(local.database_url) == [
        ("read", {"run": 7, "start": 0}, 10, 0),
        ("read", {"run": 7, "start": 50}, 10, 0),
    ]


def test_a_job_of_later_is_not_taken_now(local: World) -> None:
    queue, done = JobQueue(local.database_url), list[int]()
    queue.put("read", 1, priority=10, at=time.time() + 3600)
    queue.put("read", 2, priority=0)
    queue.close()

    def read(attempt: Attempt, *, run: int) -> None:
        done.append(run)
        os.kill(os.getpid(), signal.SIGTERM)

    asyncio.run(take_jobs(local.database_url, {"read": read}, 1, lambda: None))
    assert done == [2]
    assert [row[1] for row in waiting(local.database_url)] == [{"run": 1}]


def test_what_failed_waits_for_another_attempt(local: World) -> None:
    queue = JobQueue(local.database_url)
    queue.put("read", 1, priority=0)
    queue.close()

    def read(attempt: Attempt, *, run: int) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        raise LibraryError("the store is away")

    asyncio.run(take_jobs(local.database_url, {"read": read}, 1, lambda: None))
    assert waiting(local.database_url) == [("read", {"run": 1}, 0, 1)]


@pytest.mark.parametrize(
    ("before", "is_last", "is_beyond"),
    [(0, False, False), (MOST_ATTEMPTS - 1, True, False), (MOST_ATTEMPTS, True, True)],
)
def test_attempts_are_counted(before: int, is_last: bool, is_beyond: bool) -> None:
    one = attempt(before)
    assert (one.number, one.is_last, one.is_beyond) == (before + 1, is_last, is_beyond)


def test_work_goes_on_until_the_worker_has_to_stop() -> None:
    attempt(0).go_on()
    with pytest.raises(JobAborted):
        attempt(0, must_stop=True).go_on()


def test_a_queue_that_is_not_there_is_told(local: World) -> None:
    with pytest.raises(LibraryError, match="DATABASE_URL: no answer"):
        JobQueue("postgresql://nobody:canary@127.0.0.1:9/none")
