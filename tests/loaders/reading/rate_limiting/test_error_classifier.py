"""Why a call failed, told alike for every client library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loaders.reading.rate_limiting.error_classifier import Kind, failure_of
from tests.benchmarks.simulated_service import ServiceError, quota, retry


def errors() -> Iterator[object]:
    inner = ServiceError(429, [retry(12)])
    outer = RuntimeError("wrapped")
    outer.__cause__ = inner
    yield pytest.param(outer, Kind.MINUTE, 12, id="a cause deep inside")
    yield pytest.param(TimeoutError("late"), Kind.BROKEN, 0, id="a timeout")
    none = ServiceError(429, [quota("PerDay", 0), retry(50)])
    yield pytest.param(none, Kind.CLOSED, 0, id="no quota at all")
    yield pytest.param(ServiceError(404), Kind.CLOSED, 0, id="a retired model")
    yield pytest.param(ServiceError(502), Kind.BUSY, 0, id="a bad gateway")
    yield pytest.param(ValueError("what"), Kind.REFUSED, 0, id="anything else")


@pytest.mark.parametrize(("error", "kind", "seconds"), list(errors()))
def test_a_failure_is_understood(error: Exception, kind: Kind, seconds: float) -> None:
    failure = failure_of(error)
    assert (failure.kind, failure.retry_after) == (kind, seconds)


def test_a_key_is_taken_out_of_what_failed() -> None:
    failure = failure_of(ValueError("GET https://host/?key=AIzaSyCanary12345678 failed"))
    assert "Canary" not in failure.message
