"""The small library on loopback, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langserve import RemoteRunnable

from pagewise.library import Library
from pagewise.serving.server import build_app
from tests.served import running

REVENUE = {"question": "What was the revenue in 2023?"}
PEOPLE = {"question": "How many people does the company employ?"}


@pytest.fixture(scope="module")
def url(small_library: Library) -> Iterator[str]:
    with running(build_app(small_library)) as url:
        yield url


@pytest.fixture
def remote(url: str) -> RemoteRunnable[Any, Any]:
    return RemoteRunnable(f"{url}/pagewise")


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "seconds"}
