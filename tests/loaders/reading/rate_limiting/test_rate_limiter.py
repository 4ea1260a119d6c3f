from __future__ import annotations

from math import inf

import pytest

from loaders.reading.rate_limiting.error_classifier import Failure, Kind
from loaders.reading.rate_limiting.rate_limiter import (
    FIRST_GAP_S,
    MARGIN_S,
    RECENT,
    START,
    WINDOW_S,
    Pace,
)

BUSY, MINUTE = Failure(Kind.BUSY, "", 503), Failure(Kind.MINUTE, "", 429)


def answered(pace: Pace, count: int, now: float = 0.0, seconds: float = 1.0) -> None:
    for _ in range(count):
        pace.sent(now)
        pace.answered(now, now + seconds)


def test_the_first_request_goes_at_once_and_the_next_after_a_gap() -> None:
    pace = Pace()
    assert pace.wait(100.0) == 0.0
    pace.sent(100.0)
    assert pace.wait(100.0) == pytest.approx(FIRST_GAP_S)


def test_a_known_limit_is_kept_in_a_sliding_window() -> None:
    pace = Pace(requests_a_minute=2)
    for moment in (0.0, 10.0):
        assert pace.wait(moment) == 0.0
        pace.sent(moment)
    assert pace.wait(20.0) == pytest.approx(WINDOW_S + MARGIN_S - 20.0)
    assert pace.wait(61.0) == 0.0


def test_no_more_are_under_way_than_are_allowed() -> None:
    pace = Pace(requests_a_minute=1000, at_most=2)
    for _ in range(2):
        pace.sent(0.0)
    assert pace.wait(0.0) == inf
    pace.answered(0.0, 1.0)
    assert pace.wait(1.0) == 0.0


def test_a_refusal_teaches_the_limit_and_is_not_counted() -> None:
    pace = Pace()
    answered(pace, 5)
    pace.sent(2.0)
    pace.failed(MINUTE, 2.0, 2.5)
    assert pace.limit == 5
    assert pace.under_way == 0


def test_a_limit_that_the_service_names_is_believed() -> None:
    pace = Pace()
    pace.sent(0.0)
    pace.failed(Failure(Kind.MINUTE, "", 429, requests_a_minute=60), 0.0, 0.1)
    assert pace.limit == 60


def test_a_wait_that_is_asked_for_is_kept() -> None:
    pace = Pace()
    pace.sent(0.0)
    pace.failed(Failure(Kind.BUSY, "", 503, retry_after=30.0), 0.0, 1.0)
    assert pace.wait(1.0) == pytest.approx(30.0)


def test_concurrency_is_cut_only_when_many_of_the_last_calls_failed() -> None:
    pace = Pace()
    answered(pace, RECENT)
    allowed = pace.allowed
    pace.sent(50.0)
    pace.failed(BUSY, 50.0, 51.0)
    assert pace.allowed == allowed
    assert pace.failure_rate == pytest.approx(1 / RECENT)
    for number in range(RECENT):
        pace.sent(60.0 + number)
        pace.failed(BUSY, 60.0 + number, 60.5 + number)
    assert pace.allowed < START
