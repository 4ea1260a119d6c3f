"""A pace whose limits several processes share: what one of them learns, all know.

Each takes leases: so many requests, to be sent within a moment. How many are under way at once,
and how long answers take, stays each process's own.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from math import ceil, inf
from typing import Any, Protocol

from loaders.errors import LibraryError
from loaders.reading.rate_limiting.error_classifier import Failure
from loaders.reading.rate_limiting.rate_limiter import MOST_AT_ONCE, WINDOW_S, Pace

LEASE_S = 1.0
"""A lease is used within this time, or given back."""
STEP_S = 0.25
"""Moments are kept in such steps, rounded up: the service may count a request so much later."""
LOOK_S = 1.0
"""What another process has learned is looked for this often while nothing may be sent."""
ROUND_S = 0.5
"""Nobody asks more often for what all wait for."""
_INSTANT_S = 0.001
MOST_LOST_S = 60.0
"""Of a database that does not answer; it may be starting again."""
GROWTH = 0.75
"""While no limit is known, one and a half times as many are sent as in the round before."""
SHARED = (
    *("limit", "blocked_until", "parked_until", "resume_at"),
    *("_last_sent", "_strikes", "_next_trial", "_trial_every"),
)


class Known(Protocol):
    """What all processes know, for one of them at a time."""

    now: float
    """By the clock that they share."""
    text: str
    """Kept when its turn ends; empty at first."""


class SharedPace(Pace):
    """Asks for leases, and passes on what refusals tell."""

    def __init__(
        self, turn: Callable[[], AbstractContextManager[Known]], at_most: int = MOST_AT_ONCE
    ) -> None:
        """`turn` holds what is known, and all others back."""
        super().__init__(at_most=at_most)
        self._turn = turn
        self._leased, self._lease_end, self._lease_moment = 0, -inf, 0.0
        self._ahead = 0.0
        """Seconds of the shared clock before this process's."""
        self._next_look, self._lost_since = -inf, inf

    def free_in(self, now: float) -> float:
        """None within a lease; else as the others leave it."""
        if self._leased > 0 and now < self._lease_end:
            return 0.0
        if now < self._next_look - _INSTANT_S:
            return self._next_look - now
        try:
            with self._shared(now) as pace:
                wait = self._lease(pace, now)
        except LibraryError:
            self._lost_since = min(self._lost_since, now)
            if now - self._lost_since > MOST_LOST_S:
                raise
            return LOOK_S
        self._lost_since = inf
        if wait:  # a slot is free now and then: whoever asked for each would ask all the time
            wait = min(max(wait, _INSTANT_S if self.limit == inf else ROUND_S), LOOK_S)
        self._next_look = now + wait
        return wait

    def sent(self, now: float) -> None:
        """One less of the lease."""
        self._leased -= 1
        self.under_way += 1

    def learn(self, failure: Failure, sent: float, now: float) -> None:
        """For all: a request that was refused is not counted by the service either."""
        with self._shared(now) as pace:
            place = bisect_right(pace._sent, sent + self._ahead + LEASE_S + STEP_S) - 1
            moment = pace._sent[place] if place >= 0 else now + self._ahead
            pace.learn(failure, moment, now + self._ahead)
        self._leased, self._next_look = 0, -inf

    def park(self, until: float, resume_at: float) -> None:
        """All of them: the day's quota is one."""
        with self._shared(None) as pace:
            pace.park(until + self._ahead, resume_at)

    def _lease(self, pace: Pace, now: float) -> float:
        """Take as many requests as wait here and may go out, or say when to ask again.

        What nobody here wants is another's: at the end it would wait for the next minute.
        """
        at = now + self._ahead
        self._give_back(pace, at)
        if at < pace.parked_until:
            return pace.parked_until - at
        if (wait := pace.free_in(at)) > 0:
            return wait
        room = min(self.waiting, int(min(self.allowed, self.at_most)) - self.under_way)
        wanted = 1 if pace.limit == inf else min(room, ceil(pace.limit / WINDOW_S * LEASE_S))
        self._leased = max(1, min(wanted, int(pace.limit - len(pace._sent)) if wanted > 1 else 1))
        self._lease_end = now + (LEASE_S if wanted > 1 else STEP_S)
        self._lease_moment = _step(at + (LEASE_S if wanted > 1 else 0.0))
        for _ in range(self._leased):
            pace.sent(self._lease_moment)
        pace._last_sent = at
        return 0.0

    def _give_back(self, pace: Pace, at: float) -> None:
        """What was not used in time."""
        left = max(0, self._leased)
        for _ in range(-self._leased):  # a thread and a task may both have used the last one
            pace.sent(_step(at))
        for _ in range(left):
            if self._lease_moment in pace._sent:
                pace._sent.remove(self._lease_moment)
        self._leased = 0

    @contextmanager
    def _shared(self, now: float | None) -> Iterator[Pace]:
        """What is known, as a pace of its own by the shared clock; kept at the end."""
        with self._turn() as known:
            self._ahead = self._ahead if now is None else known.now - now
            pace = Pace(at_most=self.at_most)
            _restore(pace, known.text)
            under_way = len(pace._sent) - bisect_right(pace._sent, known.now - self.latency)
            pace.latency, pace.allowed = self.latency, max(self.allowed, GROWTH * under_way)
            yield pace
            known.text = _kept(pace)
        self.limit, self.resume_at = pace.limit, pace.resume_at
        self.parked_until = pace.parked_until - self._ahead


def _step(moment: float) -> float:
    return ceil(moment / STEP_S) * STEP_S


def _restore(pace: Pace, text: str) -> None:
    known: dict[str, Any] = json.loads(text or "{}")
    for step, count in known.pop("sent", ()):
        pace._sent += [step * STEP_S] * count
    for name, value in known.items():
        setattr(pace, name, value)


def _kept(pace: Pace) -> str:
    """Moments with how often each: some hundred numbers, whatever the limit."""
    sent = [(round(moment / STEP_S), count) for moment, count in Counter(pace._sent).items()]
    return json.dumps({"sent": sent, **{name: getattr(pace, name) for name in SHARED}})
