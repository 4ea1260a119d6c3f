"""When the next request to a model may go out: limits learnt from its refusals, without any clock.

Every method is told the time, so that a year can be simulated in a second. Requests a minute are
counted in a sliding window; concurrency is cut only when many recent calls failed.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from math import inf

from loaders.reading.rate_limiting.error_classifier import Failure, Kind

WINDOW_S = 60.0
MARGIN_S = 0.5
"""Requests do not take equally long to arrive: a slot is free a little later than it seems."""
RECENT = 40
"""The last outcomes by which the failure rate is judged."""
HIGH_FAILURE_RATE = 0.2
OUTAGE_RATE = 0.9
"""Above this, concurrency falls below half of what the limit needs, down to a single probe."""
START = 16.0
"""Requests under way at once before anything is known."""
MOST_AT_ONCE = 512
GROWTH = 0.25
"""A quarter more for each round of answers."""
FIRST_GAP_S = 0.25
"""Between two requests while the limit is unknown, so that one refusal tells before ten."""


class Pace:
    """What is known of one model's limits, and what is under way."""

    def __init__(self, requests_a_minute: int = 0, at_most: int = MOST_AT_ONCE) -> None:
        self.limit = float(requests_a_minute) or inf
        """Requests a minute; learnt from refusals, tried upwards from time to time."""
        self.at_most = at_most
        self.allowed = START
        self.under_way = self.waiting = 0
        self.blocked_until = 0.0
        self.parked_until = 0.0
        self.resume_at = 0.0
        """When the day's quota comes back, in seconds since 1970."""
        self.latency = 0.0
        self._sent: list[float] = []
        self._last_sent = -inf
        self._recent: deque[bool] = deque(maxlen=RECENT)
        self._last_cut = -inf
        self._safe = inf
        self._strikes = 0
        self._next_trial = inf
        self._trial_every = 2 * WINDOW_S

    def wait(self, now: float) -> float:
        """Return the seconds until a request may go out; infinite while too many are under way."""
        if self.under_way >= max(1, int(min(self.allowed, self._useful(), self.at_most))):
            return inf
        return self.free_in(now)

    def free_in(self, now: float) -> float:
        """Seconds until the service takes one more, by what is known of its limits."""
        self._forget(now)
        ready = max(self.blocked_until, self._last_sent + self._gap())
        self._try_more(now)
        if len(self._sent) >= self.limit:
            ready = max(ready, self._sent[-int(self.limit)] + WINDOW_S + MARGIN_S)
        return max(0.0, ready - now)

    def sent(self, now: float) -> None:
        """Count a request that goes out now."""
        insort(self._sent, now)
        self._last_sent = now
        self.under_way += 1

    def answered(self, sent: float, now: float) -> None:
        """Learn from an answer to the request that went out at `sent`."""
        self.under_way -= 1
        seconds = now - sent
        self.latency = 0.8 * self.latency + 0.2 * seconds if self.latency else seconds
        self._recent.append(False)
        step = 1.0 if self.allowed < self._safe else GROWTH
        if self.under_way + 2 >= self.allowed:
            self.allowed = min(self.allowed + step, float(self.at_most))

    def failed(self, failure: Failure, sent: float, now: float) -> None:
        """Learn from a failure of the request that went out at `sent`."""
        self.under_way -= 1
        if failure.passes and failure.kind is not Kind.MINUTE:
            self._recent.append(True)
            self._cut(now)
        if failure.kind is Kind.MINUTE or (failure.retry_after and failure.kind is not Kind.DAY):
            self.learn(failure, sent, now)

    def learn(self, failure: Failure, sent: float, now: float) -> None:
        """What a failure tells of the limits, or when to try again."""
        if failure.kind is Kind.MINUTE:
            self._learn_limit(failure, sent, now)
        if failure.retry_after:
            self.blocked_until = max(self.blocked_until, now + failure.retry_after)

    def park(self, until: float, resume_at: float) -> None:
        """Send nothing before `until`, which is `resume_at` by the time of day."""
        self.parked_until, self.resume_at = until, resume_at

    @property
    def failure_rate(self) -> float:
        """Share of the last calls that failed for another reason than the quota."""
        return sum(self._recent) / len(self._recent) if self._recent else 0.0

    def _forget(self, now: float) -> None:
        start = now - WINDOW_S - MARGIN_S
        while self._sent and self._sent[0] <= start:
            self._sent.pop(0)

    def _useful(self) -> float:
        """More under way than this could not be sent within the limit."""
        return max(START, self.limit / WINDOW_S * self.latency * 1.5) if self.latency else inf

    def _gap(self) -> float:
        """Spread requests out while the limit is unknown: one refusal must not be ten."""
        if self.limit < inf:
            return 0.0
        return min(FIRST_GAP_S, self.latency / self.allowed / 2) if self.latency else FIRST_GAP_S

    def _learn_limit(self, failure: Failure, sent: float, now: float) -> None:
        if sent in self._sent:  # a refused request is not counted by the service either
            self._sent.remove(sent)
        accepted = sum(1 for moment in self._sent if moment > sent - WINDOW_S)
        if self.limit == inf:
            learnt = max(accepted, failure.requests_a_minute)
            self.limit = float(learnt) if learnt > 1 else inf
        else:
            self._strikes += 1
            if self._strikes > 1 and accepted:
                self.limit = float(min(self.limit, max(1, accepted)))
            if self._next_trial < inf:
                self._trial_every = min(self._trial_every * 2, 3600.0)
        self._next_trial = now + self._trial_every
        if not failure.retry_after:
            self.blocked_until = max(self.blocked_until, now + (1.0 if accepted else 15.0))

    def _try_more(self, now: float) -> None:
        """After a while without a refusal, see whether the limit has grown."""
        if now >= self._next_trial and len(self._sent) >= self.limit:
            self.limit += max(1.0, self.limit // 50)
            self._next_trial = now + self._trial_every
            self._strikes = 1

    def _cut(self, now: float) -> None:
        """Halve concurrency when many recent calls failed, once in a round."""
        rate = self.failure_rate
        if len(self._recent) < RECENT // 4 or rate <= HIGH_FAILURE_RATE:
            return
        if now - self._last_cut < max(1.0, self.latency):
            return
        needed = self.limit / WINDOW_S * self.latency if self.limit < inf else 0.0
        self._safe = max(1.0, needed / 2, min(self.allowed, self.under_way + 1.0) / 2)
        self.allowed = self._safe if rate < OUTAGE_RATE else max(1.0, self.allowed / 2)
        self._last_cut = now
        self._recent.clear()
