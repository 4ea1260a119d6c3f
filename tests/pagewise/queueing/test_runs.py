from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from pagewise.queueing.job_queue import make_queue
from pagewise.queueing.runs import READING, WAITING, Runs
from tests.postgres_server import Postgres

WANTED = {"pages": None, "again": False}
REPORT = {"documents": [], "failures": ["read by nobody"]}


@pytest.fixture
def runs(postgres: Postgres) -> Iterator[Runs]:
    url = postgres.url(f"t{uuid4().hex[:12]}")
    make_queue(url)
    made = Runs(url)
    yield made
    made.close()


def added(runs: Runs, priority: int = 0) -> int:
    batch = runs.begin(["a.pdf"], {})
    return runs.add(batch, priority, WANTED, "a.pdf", ".pdf", "f00d")


def test_a_document_is_told_of_until_it_is_over_and_the_first_end_stands(runs: Runs) -> None:
    run = added(runs)
    found = runs.run(run)
    assert found
    assert (found.state, found.origin, found.suffix, found.sha256) == (
        WAITING, "a.pdf", ".pdf", "f00d",
    )  # fmt: skip
    runs.tell(run, "embedding", 3, 9)
    found = runs.run(run)
    assert found
    assert (found.state, found.doing, found.progress) == (READING, "embedding", (3, 9))
    runs.end(run, REPORT)
    runs.end(run, {"failures": ["of one who came late"]})
    runs.tell(run, "reading", 1, 9)
    found = runs.run(run)
    assert found
    assert (found.is_over, found.report, found.doing) == (True, REPORT, "embedding")


def test_ranges_are_over_together_and_a_second_split_forgets_nothing(runs: Runs) -> None:
    run = added(runs)
    runs.split(run, 120, [0, 50, 100])
    assert not runs.tell_part(run, 0, {"done": 50, "over": True})
    assert not runs.tell_part(run, 50, {"done": 7})
    found = runs.run(run)
    assert found
    assert found.progress == (57, 120)
    runs.split(run, 120, [0, 50, 100])
    assert not runs.tell_part(run, 100, {"done": 20, "over": True})
    assert not runs.tell_part(run, 0, {"done": 9})  # by a worker who stood still, and lost it
    assert runs.tell_part(run, 50, {"done": 50, "over": True})


def test_what_is_under_way_is_told_by_priority_the_oldest_first(runs: Runs) -> None:
    first, bulk, second = added(runs, 10), added(runs, 0), added(runs, 10)
    of = {run: found.batch for run in (first, bulk, second) if (found := runs.run(run))}
    assert runs.under_way(10) == [of[first], of[second]]
    runs.end(first, REPORT)
    assert runs.under_way(10) == [of[second]]
    assert runs.queue(30) == {"waiting": 0, "doing": 0, "documents": 2, "workers": 0}


def test_what_is_not_there_is_nothing(runs: Runs) -> None:
    with pytest.raises(KeyError):
        runs.batch("none")
    assert runs.run(10**9) is None
