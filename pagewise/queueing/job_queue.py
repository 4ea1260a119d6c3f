"""The only door to procrastinate: the queue's tables, jobs put into it, jobs taken from it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, JobAborted, ProcrastinateException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector

from loaders.storing.databases.postgres import conninfo_of, make_tables, told, told_alike

HEARTBEAT_S, STALLED_S = 10.0, 30.0
"""A worker is heard of this often; one that has not been for so long is taken for dead."""
GRACE_S = 30.0
"""When told to stop, jobs may go on so long; what they have not done, another does."""
MOST_ATTEMPTS = 8
"""Of a job that fails or ends its worker; the day's quota does not count."""
logger = logging.getLogger(__name__)
for _name in ("procrastinate", "psycopg.pool"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what they tell is told by us


def make_queue(url: str) -> None:
    """Make procrastinate's tables beside the library's, if they are not there."""
    make_tables(url, SchemaManager.get_schema(), unless="procrastinate_jobs")


class JobQueue:
    """Puts jobs in, from any thread."""

    def __init__(self, url: str) -> None:
        make_queue(url)
        self._app = App(
            connector=SyncPsycopgConnector(
                conninfo=conninfo_of(url, "queue"), min_size=0, max_size=2
            )
        )
        self._app.open()

    def close(self) -> None:
        self._app.close()

    def put(
        self, task: str, run: int, *, priority: int, at: float | None = None, **words: int
    ) -> None:
        """Once: the same job that still waits is not put in again."""
        key = " ".join(map(str, (task, run, *words.values())))
        with told_alike(ProcrastinateException), suppress(AlreadyEnqueued):
            self._app.configure_task(
                task,
                priority=priority,
                queueing_lock=key,
                schedule_at=datetime.fromtimestamp(at, UTC) if at else None,
            ).defer(run=run, **words)


class Attempt:
    """One try at a job."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self.number = context.job.attempts + 1
        self.priority = context.job.priority

    @property
    def is_last(self) -> bool:
        return self.number >= MOST_ATTEMPTS

    @property
    def is_beyond(self) -> bool:
        """As after a job that has ended its workers."""
        return self.number > MOST_ATTEMPTS

    def go_on(self) -> None:
        """To be called now and then: raises when the worker has to stop."""
        if self._context.should_abort():
            raise JobAborted


class _Again(BaseRetryStrategy):
    """What failed is tried later, what was stopped at once, by whoever is there."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = 0 if isinstance(exception, JobAborted) else 2**job.attempts
        return RetryDecision(retry_in={"seconds": seconds})


async def take_jobs(
    url: str, tasks: dict[str, Callable[..., None]], at_once: int, when_ready: Callable[[], None]
) -> None:
    """Do jobs until told to stop; a database that goes away is waited for.

    Each of `tasks` is called in a thread, with its `Attempt` and the words that were put in.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        try:
            await asyncio.to_thread(make_queue, url)
            await _work(url, tasks, at_once, stop, when_ready)
        except (ProcrastinateException, psycopg.Error, OSError) as error:
            logger.warning("%s", told(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 2.0)


async def _work(
    url: str,
    tasks: dict[str, Callable[..., None]],
    at_once: int,
    stop: asyncio.Event,
    when_ready: Callable[[], None],
) -> None:
    app = App(connector=PsycopgConnector(conninfo=conninfo_of(url, "work"), min_size=1, max_size=4))
    for name, do in tasks.items():
        app.task(name=name, pass_context=True, retry=_Again())(_in_attempt(do))
    async with app.open_async():
        doing = asyncio.ensure_future(
            app.run_worker_async(
                concurrency=at_once,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT_S,
                stalled_worker_timeout=STALLED_S,
                shutdown_graceful_timeout=GRACE_S,
            )
        )
        beside = [asyncio.ensure_future(one) for one in (stop.wait(), _take_over(app))]
        when_ready()
        await asyncio.wait([doing, *beside], return_when=asyncio.FIRST_COMPLETED)
        for task in (*beside, doing):
            task.cancel()
        ended = await asyncio.gather(doing, *beside, return_exceptions=True)
        failed = [one for one in ended if isinstance(one, Exception)]
        if failed and not stop.is_set():
            raise failed[0]


def _in_attempt(do: Callable[..., None]) -> Callable[..., None]:
    def job(context: JobContext, **words: int) -> None:
        do(Attempt(context), **words)

    return job


async def _take_over(app: App) -> None:
    """The jobs of workers that are gone are there for all again."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
            with suppress(ProcrastinateException):  # another was faster
                await app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_S)
