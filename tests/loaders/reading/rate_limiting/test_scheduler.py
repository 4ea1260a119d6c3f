"""The scheduler on a simulated clock."""

from __future__ import annotations

import threading
from random import Random

import pytest

from loaders.reading.rate_limiting.budget import Budget, BudgetSpent
from loaders.reading.rate_limiting.error_classifier import Kind, failure_of
from loaders.reading.rate_limiting.model_calls import Stopped
from loaders.reading.rate_limiting.rate_limiter import Pace
from loaders.reading.rate_limiting.scheduler import CallFailed, QuotaSpent, Scheduler
from tests.benchmarks.quota import ingest, service
from tests.benchmarks.simulated_service import ServiceError, quota, retry
from tests.simulated_clock import SimulatedClock


class Script:
    """Answers calls from a list of answers and errors, and notes when they came."""

    def __init__(self, clock: SimulatedClock, *outcomes: str | Exception) -> None:
        self.clock, self.outcomes = clock, list(outcomes)
        self.at: list[float] = []

    def __call__(self) -> str:
        self.at.append(self.clock.now)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


def scheduler(clock: SimulatedClock) -> Scheduler:
    return Scheduler("gemini", clock=clock, pause=clock.pause, random=Random(1))


@pytest.mark.parametrize("seconds", [1.0, 7.5, 53.0, 3600.0])
def test_a_told_delay_is_kept_to_the_second(clock: SimulatedClock, seconds: float) -> None:
    script = Script(clock, ServiceError(429, [retry(seconds)]), "read")
    assert scheduler(clock).call(script) == "read"
    assert seconds <= script.at[1] - script.at[0] <= seconds + 1


def test_a_told_delay_holds_back_every_call(clock: SimulatedClock) -> None:
    plan = scheduler(clock)
    first = Script(clock, ServiceError(429, [retry(53)]), "read")
    second = Script(clock, "read")
    plan.call(first)
    plan.call(second)
    assert second.at[0] >= first.at[0] + 53


def test_overload_is_waited_out_longer_each_time(clock: SimulatedClock) -> None:
    script = Script(clock, *[ServiceError(503)] * 4, "read")
    assert scheduler(clock).call(script) == "read"
    gaps = [after - before for before, after in zip(script.at, script.at[1:], strict=False)]
    assert gaps[0] < 2.5
    assert gaps[-1] > gaps[0]


def test_a_service_that_never_answers_is_given_up_soon(clock: SimulatedClock) -> None:
    script = Script(clock, ServiceError(503))
    with pytest.raises(CallFailed, match="overloaded after 5 attempts"):
        scheduler(clock).call(script)
    assert len(script.at) == 5


def test_a_service_that_has_answered_is_given_minutes(clock: SimulatedClock) -> None:
    plan = scheduler(clock)
    plan.call(Script(clock, "read"))
    script = Script(clock, ServiceError(503))
    with pytest.raises(CallFailed):
        plan.call(script)
    assert clock.now - script.at[0] >= 300
    assert len(script.at) < 25


def test_what_cannot_pass_is_not_repeated(clock: SimulatedClock) -> None:
    script = Script(clock, ServiceError(400))
    with pytest.raises(CallFailed) as caught:
        scheduler(clock).call(script)
    assert caught.value.failure.kind is Kind.REFUSED
    assert len(script.at) == 1


def test_a_spent_day_parks_until_it_comes_back(clock: SimulatedClock) -> None:
    plan = scheduler(clock)
    spent = ServiceError(429, [quota("PerDay", 100), retry(9000)])
    script = Script(clock, spent, "read")
    for _ in range(3):
        with pytest.raises(QuotaSpent, match="in 2 h 30 min") as caught:
            plan.call(script)
    assert len(script.at) == 1
    clock.now = caught.value.resume_at
    assert plan.call(script) == "read"


def test_a_day_without_a_told_end_ends_at_midnight_in_california(clock: SimulatedClock) -> None:
    clock.now = 1_795_363_200.0  # 2026-11-22 16:00 UTC, 8:00 in California
    spent = ServiceError(429, [quota("PerDay", 100), retry(31)])
    with pytest.raises(QuotaSpent, match="2026-11-23 08:00 UTC"):
        scheduler(clock).call(Script(clock, spent))


@pytest.mark.parametrize("jump", [-3600.0, 3600.0], ids=["set back", "set forward"])
def test_a_time_of_day_that_is_set_changes_no_wait(clock: SimulatedClock, jump: float) -> None:
    shift = 0.0

    def ask() -> str:
        nonlocal shift
        sent.append(clock.now)
        if len(sent) > 1:
            return "read"
        shift = jump
        raise ServiceError(429, [retry(53)])

    sent: list[float] = []
    plan = Scheduler("gemini", clock=clock, wall=lambda: clock.now + shift, pause=clock.pause)
    assert plan.call(ask) == "read"
    assert 53 <= sent[1] - sent[0] < 55


def test_a_spent_day_is_over_by_either_clock(clock: SimulatedClock) -> None:
    slept = 0.0
    plan = Scheduler("gemini", clock=clock, wall=lambda: clock.now + slept, pause=clock.pause)
    script = Script(clock, ServiceError(429, [quota("PerDay", 100), retry(9000)]), "read")
    with pytest.raises(QuotaSpent):
        plan.call(script)
    slept = 9001.0  # the machine's own clock stood still while it slept
    assert plan.call(script) == "read"


def test_a_service_that_is_not_there_is_not_waited_for(clock: SimulatedClock) -> None:
    refused = ConnectionError("failed to connect")
    refused.__cause__ = ConnectionRefusedError(111, "refused")
    script = Script(clock, refused)
    with pytest.raises(CallFailed, match="nothing answers at its address"):
        scheduler(clock).call(script)
    assert len(script.at) == 1


def test_no_more_are_under_way_than_a_service_bears() -> None:
    plan = Scheduler("ollama", at_most=2)
    both, most = threading.Barrier(2), 0

    def ask() -> None:
        nonlocal most
        most = max(most, plan.pace.under_way)
        both.wait(10)  # nobody goes on before a second is under way

    threads = [threading.Thread(target=lambda: plan.call(ask)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_waiting_call_can_be_stopped(clock: SimulatedClock) -> None:
    stop = threading.Event()

    def refuse() -> str:
        stop.set()
        raise ServiceError(429, [retry(3600)])

    with pytest.raises(Stopped):
        scheduler(clock).call(refuse, stop)


def test_threads_share_the_limit() -> None:
    sent: list[float] = []

    class Noted(Pace):
        def sent(self, now: float) -> None:
            sent.append(now)
            super().sent(now)

    clock = SimulatedClock()
    plan = Scheduler("gemini", clock=clock, pause=clock.pause)
    plan.pace = Noted(10)
    threads = [threading.Thread(target=plan.call, args=(lambda: "read",)) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 25
    assert max(sum(1 for at in sent if start <= at < start + 60) for start in sent) <= 10


@pytest.mark.parametrize("per_minute", [10, 15])
@pytest.mark.parametrize("tells", [True, False])
def test_a_small_quota_is_used_to_the_full(per_minute: int, tells: bool) -> None:
    run = ingest(22, service(1, per_minute=per_minute, tells_limit=tells))
    assert run.lost == 0
    assert run.refusals <= 3
    assert run.ratio <= 1.25


def test_a_storm_loses_nothing() -> None:
    run = ingest(300, service(2, storms=((0.0, 60.0, 0.5),)), at_once=40)
    assert run.lost == 0
    assert run.requests <= 3 * run.pages


def test_nothing_is_sent_before_a_spent_day_is_over() -> None:
    busy = service(3, per_day=20)
    busy.resets_at = busy.loop.now + 7200
    run = ingest(30, busy, at_once=2)
    assert run.lost == 0
    assert len(busy.arrivals_after_park) <= 2


def test_concurrency_is_cut_only_when_many_recent_calls_failed() -> None:
    pace, busy = Pace(), failure_of(ServiceError(503))
    before = pace.allowed
    for number in range(100):
        pace.sent(number)
        if number % 6 == 5:
            pace.failed(busy, number, number + 1.0)
        else:
            pace.answered(number, number + 1.0)
    assert pace.allowed >= before
    grown = pace.allowed
    for number in range(100, 140):
        pace.sent(number)
        pace.failed(busy, number, number + 1.0)
    assert pace.allowed < grown / 4


def test_a_budget_counts_what_is_under_way() -> None:
    budget = Budget(0.10)
    budget.reserve(0.06)
    with pytest.raises(BudgetSpent, match=r"0\.1 USD allows no further call"):
        budget.reserve(0.06)
    budget.settle(0.06, 0.02)
    budget.reserve(0.06)
    assert budget.spent == 0.02
