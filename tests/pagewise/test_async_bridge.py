from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from pagewise.async_bridge import in_thread, to_its_end


def test_a_thread_stops_when_nobody_takes_what_it_makes() -> None:
    may_go_on, has_ended = threading.Event(), threading.Event()

    def numbers() -> Iterator[int]:
        try:
            yield 1
            may_go_on.wait(30)
            yield 2
            raise AssertionError("nobody wanted a third")
        finally:
            has_ended.set()

    async def take_one() -> None:
        taken = in_thread(numbers())
        assert await anext(taken) == 1
        await taken.aclose()
        may_go_on.set()
        assert await asyncio.to_thread(has_ended.wait, 30)

    asyncio.run(take_one())


def test_what_fails_in_the_thread_fails_where_it_is_awaited() -> None:
    def numbers() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    async def take_all() -> list[int]:
        return [number async for number in in_thread(numbers())]

    with pytest.raises(ValueError, match="no more"):
        asyncio.run(take_all())


def test_cancelled_work_ends_at_its_next_step_and_not_behind_its_callers_back() -> None:
    is_under_way, may_go_on, steps = threading.Event(), threading.Event(), list[int]()

    def work(go_on: Callable[[], None]) -> None:
        for step in range(10):
            go_on()
            steps.append(step)
            is_under_way.set()
            may_go_on.wait(30)

    logged: list[object] = []

    async def cancel() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: logged.append(told))
        task = asyncio.create_task(to_its_end(work))
        await asyncio.to_thread(is_under_way.wait, 30)
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        del task
        gc.collect()

    asyncio.run(cancel())
    assert steps == [0]
    assert logged == []


def test_the_event_loop_goes_on_meanwhile() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def work(go_on: Callable[[], None]) -> str:
        while turns < 100:  # only the loop can end this
            time.sleep(0.001)
        return "done"

    async def both() -> str:
        counting = asyncio.create_task(count())
        try:
            return await to_its_end(work)
        finally:
            counting.cancel()

    assert asyncio.run(both()) == "done"
