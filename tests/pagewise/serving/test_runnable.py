"""The library as a Runnable, with and without a server."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import pytest
from fastapi import FastAPI
from langserve import RemoteRunnable, add_routes

from pagewise.library import Library
from pagewise.serving.runnable import Answering
from tests.pagewise.serving.conftest import PEOPLE, REVENUE, timeless
from tests.served import running

pytestmark = pytest.mark.filterwarnings(
    "ignore:Accessing the 'model_fields' attribute:DeprecationWarning"
)


def test_three_lines_put_the_library_into_somebody_elses_application(
    small_library: Library,
) -> None:
    app = FastAPI()
    add_routes(app, Answering(small_library), path="/reports")
    with running(app) as url:
        remote: RemoteRunnable[Any, Any] = RemoteRunnable(f"{url}/reports")
        assert "12.5" in remote.invoke(REVENUE)["answer"]


def test_the_library_is_a_runnable_without_any_server(small_library: Library) -> None:
    answering = Answering(small_library)
    assert "12.5" in answering.invoke(REVENUE)["answer"]
    assert timeless(reduce(add, answering.stream(REVENUE))) == timeless(answering.invoke(REVENUE))
    words = (answering | (lambda answer: answer["answer"].split())).invoke(PEOPLE)
    assert "340" in words
