"""One scheduler for all calls to a model: nothing is lost to its limits, and nothing sent in vain.

A call waits for its turn, is repeated when its failure may pass, and otherwise fails with a
ModelError that says what to do. Any number of threads may share a scheduler.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from loaders.errors import ModelError
from loaders.reading.rate_limiting.error_classifier import Failure, Kind, failure_of
from loaders.reading.rate_limiting.model_calls import (
    LONGEST_S,
    Stopped,
    in_time,
    nobody_waits,
    pieces_in_time,
)
from loaders.reading.rate_limiting.rate_limiter import MOST_AT_ONCE, Pace
from loaders.redaction import Redaction

Result = TypeVar("Result")

_LONGEST_DELAY_S = 30.0
_LONGEST_NAP_S = 1.0
"""A waiting call looks at least this often whether another thread has changed something."""
_TRUSTED_DAY_DELAY_S = 600.0
"""A daily quota does not come back sooner; a shorter delay is about the minute."""


class QuotaSpent(ModelError):
    """The quota of the day is spent; `resume_at` is when it comes back, in seconds since 1970."""

    exit_code = 3

    def __init__(self, model: str, resume_at: float, now: float) -> None:
        when = datetime.fromtimestamp(resume_at, UTC)
        hours, minutes = divmod(max(1, round((resume_at - now) / 60)), 60)
        super().__init__(
            f"{model}: the quota of the day is spent; it comes back at {when:%Y-%m-%d %H:%M} UTC "
            f"(in {hours} h {minutes} min). Run the same command again then: what was read is kept"
        )
        self.resume_at = resume_at


class CallFailed(ModelError):
    """One call failed for good; `failure` tells why."""

    def __init__(self, model: str, failure: Failure, attempts: int = 1, advice: str = "") -> None:
        tried = f" after {attempts} attempts" if attempts > 1 else ""
        told = f"{failure.kind.value}{tried} ({failure.message})"
        super().__init__(f"{model}: {told}; {advice or _ADVICE.get(failure.kind, _NO_USE)}")
        self.failure, self.attempts = failure, attempts


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When a call that keeps failing is given up: both numbers must be reached."""

    attempts: int = 8
    seconds: float = 300.0
    attempts_at_first: int = 5
    seconds_at_first: float = 0.0
    """While the service has never answered, it is more likely absent than busy."""
    attempts_if_broken: int = 6
    seconds_if_broken: float = 90.0
    """For failures that the request itself may cause."""


class Scheduler:
    """Sends the calls to one model as fast as it takes them."""

    def __init__(
        self,
        model: str,
        *,
        requests_a_minute: int = 0,
        at_most: int = MOST_AT_ONCE,
        pace: Pace | None = None,
        advise: Callable[[Failure], str] | None = None,
        hide: Callable[[str], str] | None = None,
        patience: RetryPolicy | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] | None = None,
        pause: Callable[[float], None] | None = None,
        random: Random | None = None,
    ) -> None:
        """Make one for each model and key.

        `pace` may be one whose limits other processes share. `advise` may know better what to do
        about a failure; `hide` takes keys out of what is told.
        `clock` never goes back, whatever becomes of the time of day, `wall`, which only says when a
        day's quota comes back. They and `pause` can be simulated: `pause` waits that long, or until
        something ends.
        """
        self.model, self.patience = model, patience or RetryPolicy()
        self.pace = pace or Pace(requests_a_minute, at_most)
        self._advise = advise or (lambda failure: "")
        self._hide = hide or Redaction().text
        self.requests = 0
        self.refusals = 0
        self._clock, self._random = clock, random or Random()
        self._wall = wall or (time.time if clock is time.monotonic else clock)
        self._has_answered = False
        self._state = threading.Lock()
        self._changed = threading.Condition(self._state)
        self._turn = threading.Lock()
        self._pause = pause or self._pause_for_change

    def call(
        self,
        ask: Callable[[], Result],
        stop: threading.Event | None = None,
        *,
        seconds: float = LONGEST_S,
    ) -> Result:
        """Call `ask` when its turn comes, again while that may help, until `stop` is set.

        It may take `seconds`, from its first byte to its last.
        """
        return self._repeated(lambda: in_time(ask, seconds, stop), stop)

    def stream(
        self, start: Callable[[], Iterator[Result]], *, seconds: float = LONGEST_S
    ) -> Iterator[Result]:
        """The pieces of an answer; repeated until a first has come, what breaks later fails."""

        def begin() -> tuple[list[Result], Iterator[Result]]:
            pieces = pieces_in_time(start, seconds)
            return list(islice(pieces, 1)), pieces

        first, rest = self._repeated(begin)
        yield from first
        try:
            yield from rest
        except (ModelError, GeneratorExit):
            raise
        except Exception as error:
            raise self._told(failure_of(error, self._hide)) from error

    def _repeated(self, ask: Callable[[], Result], stop: threading.Event | None = None) -> Result:
        attempt = _Attempt(self._clock(), stop=stop or threading.Event())
        while True:
            while (delay := attempt.ready - self._clock()) > 0:
                self._nap(delay, attempt)
            with self._in_line(), self._turn:
                while (wait := self._wait()) > 0:
                    self._nap(wait, attempt)
                attempt.sent = self._send()
            try:
                result = ask()
            except ModelError:  # ours: it says what to do already
                self._dropped()
                raise
            except Exception as error:  # noqa: BLE001 - every client library has errors of its own
                self._failed(attempt, error)
            except BaseException:
                self._dropped()
                raise
            else:
                self._answered(attempt)
                return result

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        with self._state:
            self.pace.waiting += 1
        try:
            yield
        finally:
            with self._state:
                self.pace.waiting -= 1

    def _wait(self) -> float:
        with self._state:
            now, today = self._clock(), self._wall()
            # Both: the clock stands still while a machine sleeps, the time of day may be set back.
            wait = self.pace.wait(now)  # which may learn what another process knows
            if now < self.pace.parked_until and today < self.pace.resume_at:
                raise QuotaSpent(self.model, self.pace.resume_at, today)
            return wait

    def _send(self) -> float:
        with self._state:
            now = self._clock()
            self.pace.sent(now)
            self.requests += 1
            return now

    def _answered(self, attempt: _Attempt) -> None:
        with self._state:
            self.pace.answered(attempt.sent, self._clock())
            self._has_answered = True
            self._changed.notify_all()

    def _dropped(self) -> None:
        with self._state:
            self.pace.under_way -= 1
            self._changed.notify_all()

    def _failed(self, attempt: _Attempt, error: Exception) -> None:
        """Return if the call is to be repeated from `attempt.ready` on; raise if not."""
        failure = failure_of(error, self._hide)
        with self._state:
            now = self._clock()
            self.pace.failed(failure, attempt.sent, now)
            self._changed.notify_all()
            if failure.kind is Kind.DAY:
                raise self._parked(failure, now) from error
            if failure.kind is Kind.MINUTE:
                self.refusals += 1
                attempt.refusals += 1
            else:
                attempt.failures += 1
            is_final = not failure.passes or self._is_hopeless(attempt, failure, now)
            attempt.ready = now + self._delay(attempt, failure)
        if is_final:
            raise self._told(failure, attempt.failures + attempt.refusals) from error

    def _parked(self, failure: Failure, now: float) -> QuotaSpent:
        """Send nothing until the day's quota comes back."""
        today = self._wall()
        resume_at = _day_reset(failure, today)
        self.pace.park(now + resume_at - today, resume_at)
        return QuotaSpent(self.model, resume_at, today)

    def _told(self, failure: Failure, attempts: int = 1) -> CallFailed:
        """Say what failed and what to do about it."""
        return CallFailed(self.model, failure, attempts, self._advise(failure))

    def _is_hopeless(self, attempt: _Attempt, failure: Failure, now: float) -> bool:
        patience, waited = self.patience, now - attempt.started
        if not self._has_answered:
            if failure.kind is Kind.ABSENT:
                return True
            tries = attempt.failures + attempt.refusals // 4
            return tries >= patience.attempts_at_first and waited >= patience.seconds_at_first
        if failure.kind is Kind.BROKEN and attempt.failures >= patience.attempts_if_broken:
            return waited >= patience.seconds_if_broken
        tries = attempt.failures + attempt.refusals // 4
        return tries >= patience.attempts and waited >= patience.seconds

    def _delay(self, attempt: _Attempt, failure: Failure) -> float:
        """Seconds before the call may be repeated: as told, else doubling, with some chance."""
        if failure.kind is Kind.MINUTE:
            return 0.0  # the pace holds all calls back, this one with them
        doubled = min(_LONGEST_DELAY_S, 2.0 ** (attempt.failures - 1))
        return max(failure.retry_after, doubled * self._random.uniform(0.5, 1.5))

    def _nap(self, seconds: float, attempt: _Attempt) -> None:
        self._pause(min(seconds, _LONGEST_NAP_S))
        waits = nobody_waits.get()
        if attempt.stop.is_set() or (waits is not None and waits.is_set()):
            raise Stopped

    def _pause_for_change(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait(seconds)


@dataclass(slots=True)
class _Attempt:
    """How one call has fared so far."""

    started: float
    ready: float = 0.0
    sent: float = 0.0
    failures: int = 0
    refusals: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


def _day_reset(failure: Failure, now: float) -> float:
    """Google's days begin at midnight in California, unless the service names another time."""
    if failure.retry_after >= _TRUSTED_DAY_DELAY_S:
        return now + failure.retry_after
    try:
        zone = ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # no time zones on this machine: an hour late in summer
        return (now - 8 * 3600) // 86400 * 86400 + 86400 + 8 * 3600
    today = datetime.fromtimestamp(now, zone).date()
    tomorrow = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone)
    return tomorrow.timestamp()


_NO_USE = "the same request would be refused again"
_ADVICE = {
    Kind.BUSY: "try again in a few minutes: what was read is kept",
    Kind.BROKEN: "check the network, then run it again: what was read is kept",
    Kind.ABSENT: "start the service, or check its address",
    Kind.SLOW: "try again, or ask for less: what was read is kept",
    Kind.CLOSED: "check the key and the model's name; `doctor` shows both",
    Kind.MINUTE: "run it again later, or with a key that has a larger quota",
}
