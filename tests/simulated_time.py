"""An event loop on which hours pass in no time: to sleep is to move the clock."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _InstantSelector(selectors.DefaultSelector):
    """Does not wait for input, but tells the loop how long it would have waited."""

    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits, and nothing will ever happen")
        self.loop.now += timeout
        return super().select(0)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Its `now` is the clock of everything that runs on it."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now
        super().__init__(_InstantSelector(self))

    def time(self) -> float:
        return self.now


def run_simulated(loop: SimulatedLoop, main: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end on the simulated clock."""
    try:
        return loop.run_until_complete(main)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
