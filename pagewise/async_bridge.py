"""Work that only threads can do (SQLite, Chroma, the models in packages) as something to await.

The event loop never waits for it. What is cancelled stops at its next step, and a model that it
waits for is waited for no longer. The threads are our own: slow answers take none from the loop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import copy_context
from functools import cache, partial
from typing import TypeVar

from loaders.reading.rate_limiting.model_calls import nobody_waits

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_THREADS = 128
"""More than the server lets in at once: those who wait for a model hold up nobody."""


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST_THREADS, "answering")


def _in_pool(work: Callable[[], Result]) -> asyncio.Future[Result]:
    return asyncio.get_running_loop().run_in_executor(_pool(), copy_context().run, work)


async def in_thread(items: Iterator[Item]) -> AsyncGenerator[Item]:
    """Hand on what one thread makes; when nobody takes it any more, the thread stops."""
    made: asyncio.Queue[tuple[Item] | None] = asyncio.Queue()
    loop, is_over = asyncio.get_running_loop(), threading.Event()

    def make() -> None:
        nobody_waits.set(is_over)
        try:
            for item in items:
                if is_over.is_set():
                    return
                loop.call_soon_threadsafe(made.put_nowait, (item,))
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(made.put_nowait, None)

    making = _in_pool(make)
    try:
        while (found := await made.get()) is not None:
            yield found[0]
        await making
    finally:
        is_over.set()
        making.cancel()


async def one_in_thread(work: Callable[[], Result]) -> Result:
    """One result of one thread."""
    async with aclosing(in_thread(work() for _ in range(1))) as made:
        return await anext(made)


async def to_its_end(work: Callable[[Callable[[], None]], Result]) -> Result:
    """Do work that must not go on behind its caller's back, as it writes.

    `work` is given a function to call at each step, which raises there once the task has been
    cancelled; the task ends when the work has.
    """
    is_over = threading.Event()

    def go_on() -> None:
        if is_over.is_set():
            raise asyncio.CancelledError

    working = _in_pool(partial(work, go_on))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        is_over.set()
        await asyncio.wait([working])
        if not working.cancelled():
            working.exception()  # else asyncio logs that nobody asked for it
        raise
