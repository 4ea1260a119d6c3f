"""A model service on a simulated clock: requests a minute and a day, storms of 503."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, inf
from random import Random
from typing import Any

from loaders.errors import LibraryError, ModelError
from loaders.reading.rate_limiting.scheduler import Scheduler, _Attempt
from loaders.reading.rate_limiting.shared_pace import SharedPace
from tests.simulated_time import SimulatedLoop


class ServiceError(Exception):
    """Carries code and details as google.genai's errors do."""

    def __init__(self, code: int, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(f"simulated {code}")
        self.code = code
        self.details = {"error": {"code": code, "details": details or []}}


@dataclass
class Service:
    """What it allows, and what it saw."""

    loop: SimulatedLoop
    random: Random
    per_minute: float = inf
    per_day: float = inf
    latency: float = 8.0
    jitter: float = 0.1
    storms: tuple[tuple[float, float, float], ...] = ()
    """Start, end, share of requests that fail."""
    tells_limit: bool = True
    window: deque[float] = field(default_factory=deque)
    requests: int = 0
    refusals: int = 0
    today: int = 0
    arrivals_after_park: list[float] = field(default_factory=list)
    resets_at: float = inf

    async def ask(self) -> str:
        self.requests += 1
        await asyncio.sleep(self.random.uniform(0.02, 0.15))
        self._check_day()
        self._check_minute()
        if self.random.random() < self._failing():
            await asyncio.sleep(self.random.uniform(0.2, 1.0))
            raise ServiceError(503)
        await asyncio.sleep(self.latency * self.random.uniform(1 - self.jitter, 1 + self.jitter))
        return "read"

    def _failing(self) -> float:
        since = self.loop.now - START
        return max((share for start, end, share in self.storms if start <= since < end), default=0)

    def _check_day(self) -> None:
        now = self.loop.now
        if now >= self.resets_at:
            self.today, self.resets_at = 0, self.resets_at + 86400
        if self.today >= self.per_day:
            self.arrivals_after_park.append(now)
            raise ServiceError(429, [quota("PerDay", self.per_day), retry(self.resets_at - now)])

    def _check_minute(self) -> None:
        now = self.loop.now
        while self.window and now - self.window[0] > 60:
            self.window.popleft()
        if len(self.window) >= self.per_minute:
            self.refusals += 1
            told = [quota("PerMinute", self.per_minute)] if self.tells_limit else []
            raise ServiceError(429, [*told, retry(ceil(60 - (now - self.window[0])))])
        self.window.append(now)
        self.today += 1


START = 1_000_000.0


def quota(period: str, value: float) -> dict[str, Any]:
    name = f"GenerateRequests{period}PerProjectPerModel-FreeTier"
    violation = {"quotaId": name, "quotaValue": str(int(value))}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}


def retry(seconds: float) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds}s"}


AHEAD = 5_000_000.0
"""The shared clock is none of the processes' own."""


@dataclass
class Known:
    now: float
    text: str


class Shared:
    """What the processes share, without a database."""

    def __init__(self, loop: SimulatedLoop) -> None:
        self.loop, self.text, self.turns, self.is_lost = loop, "", 0, False

    @contextmanager
    def turn(self) -> Iterator[Known]:
        if self.is_lost:
            raise LibraryError("no server")
        self.turns += 1
        known = Known(self.loop.now + AHEAD, self.text)
        yield known
        self.text = known.text


class SimulatedScheduler(Scheduler):
    """Sends as `call` does; what waits there in a thread is here a coroutine of a simulated loop.

    So hundreds of calls can wait at once on one clock. When to send, whether to send again and what
    is learned are the scheduler's own.
    """

    async def acall(self, ask: Callable[[], Awaitable[str]]) -> str:
        attempt = _Attempt(self._clock())
        while True:
            if (delay := attempt.ready - self._clock()) > 0:
                await asyncio.sleep(delay)
            with self._in_line():
                async with self._awaited_turn:
                    while (wait := self._wait()) > 0:
                        self._something.clear()
                        with suppress(TimeoutError):
                            await asyncio.wait_for(self._something.wait(), min(wait, 1.0))
                    attempt.sent = self._send()
            try:
                result = await ask()
            except ModelError:
                self._dropped()
                raise
            except Exception as error:  # noqa: BLE001 - as `call` does
                self._failed(attempt, error)
            else:
                self._answered(attempt)
                return result
            finally:
                self._something.set()

    @cached_property
    def _awaited_turn(self) -> asyncio.Lock:
        return asyncio.Lock()

    @cached_property
    def _something(self) -> asyncio.Event:
        """Has ended: who waits looks again."""
        return asyncio.Event()


def processes(count: int, loop: SimulatedLoop, shared: Shared) -> list[SimulatedScheduler]:
    """Those of so many workers, who share what they know of a quota."""
    return [
        SimulatedScheduler("m", pace=SharedPace(shared.turn), clock=loop.time, random=Random(seed))
        for seed in range(count)
    ]
