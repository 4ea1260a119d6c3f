"""Several processes with one key: no storm of refusals, and nobody learns alone."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from loaders.errors import LibraryError
from loaders.reading.rate_limiting.scheduler import QuotaSpent
from loaders.reading.rate_limiting.shared_pace import MOST_LOST_S
from tests.benchmarks.quota import service
from tests.benchmarks.simulated_service import Service, Shared, SimulatedScheduler, processes
from tests.simulated_time import run_simulated


async def read(
    pages: int, schedulers: list[SimulatedScheduler], asked: Service, at_once: int
) -> None:
    left = iter(range(pages))

    async def work(scheduler: SimulatedScheduler) -> None:
        for _ in left:
            await scheduler.acall(asked.ask)

    await asyncio.gather(*(work(one) for one in schedulers for _ in range(at_once)))


def seconds(
    pages: int, asked: Service, schedulers: list[SimulatedScheduler], at_once: int
) -> float:
    started = asked.loop.now
    run_simulated(asked.loop, read(pages, schedulers, asked, at_once))
    return asked.loop.now - started


@pytest.mark.parametrize(("count", "per_minute"), [(2, 15), (4, 100), (16, 200)])
def test_together_they_send_what_one_would(count: int, per_minute: int) -> None:
    alone, pages = service(1, per_minute=per_minute), 10 * per_minute
    plain = SimulatedScheduler("m", clock=alone.loop.time, random=Random(1))
    needed = seconds(pages, alone, [plain], 512)
    asked = service(1, per_minute=per_minute)
    shared = Shared(asked.loop)
    took = seconds(pages, asked, processes(count, asked.loop, shared), 32)
    assert needed / took >= 0.92
    assert asked.refusals <= 5
    assert shared.turns < 12 * pages


def test_nobody_keeps_a_turn_that_he_does_not_want_until_the_next_minute() -> None:
    asked = service(1, per_minute=60)
    took = seconds(120, asked, processes(16, asked.loop, Shared(asked.loop)), 4)
    assert took < 90  # the second minute begins after 60 seconds, a third after 120


def test_a_day_that_is_spent_is_spent_for_all() -> None:
    asked = service(1, per_day=10)
    asked.resets_at = asked.loop.now + 7200
    shared = Shared(asked.loop)
    first, second = processes(2, asked.loop, shared)

    async def both() -> None:
        with pytest.raises(QuotaSpent):
            await read(20, [first], asked, 1)
        sent = asked.requests
        with pytest.raises(QuotaSpent) as told:
            await second.acall(asked.ask)
        assert asked.requests == sent
        await asyncio.sleep(told.value.resume_at - asked.loop.now)
        assert await second.acall(asked.ask) == "read"

    run_simulated(asked.loop, both())


def test_a_database_that_starts_again_is_waited_for_and_one_that_is_gone_is_told() -> None:
    asked = service(1)
    shared = Shared(asked.loop)
    [one] = processes(1, asked.loop, shared)

    async def asks() -> None:
        shared.is_lost = True
        asked.loop.call_later(20, setattr, shared, "is_lost", False)
        assert await one.acall(asked.ask) == "read"
        shared.is_lost, since = True, asked.loop.now
        with pytest.raises(LibraryError):
            await one.acall(asked.ask)
        assert asked.loop.now - since >= MOST_LOST_S

    run_simulated(asked.loop, asks())
