"""Work that only threads can do (SQLite, Chroma, the models in packages) as something to await.

The event loop never waits for it. What is cancelled stops at its next step: a thread cannot be
stopped in the middle of one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


async def in_thread(items: Iterator[Item]) -> AsyncGenerator[Item]:
    """Hand on what one thread makes; when nobody takes it any more, the thread stops."""
    made: asyncio.Queue[tuple[Item] | None] = asyncio.Queue()
    loop, is_over = asyncio.get_running_loop(), threading.Event()

    def make() -> None:
        try:
            for item in items:
                if is_over.is_set():
                    return
                loop.call_soon_threadsafe(made.put_nowait, (item,))
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(made.put_nowait, None)

    making = asyncio.ensure_future(asyncio.to_thread(make))
    try:
        while (found := await made.get()) is not None:
            yield found[0]
        await making
    finally:
        is_over.set()
        making.cancel()


async def to_its_end(work: Callable[[Callable[[], None]], Result]) -> Result:
    """Do work that must not go on behind its caller's back, as it writes.

    `work` is given a function to call at each step, which raises there once the task has been
    cancelled; the task ends when the work has.
    """
    is_over = threading.Event()

    def go_on() -> None:
        if is_over.is_set():
            raise asyncio.CancelledError

    working = asyncio.ensure_future(asyncio.to_thread(work, go_on))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        is_over.set()
        await asyncio.wait([working])
        raise
