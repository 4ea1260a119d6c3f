"""Several machines on one library; processes and servers are killed beneath them."""

from __future__ import annotations

import gc
import time

import pytest

from tests.benchmarks.machines import Machines, machines

MUST_BE_NONE = (
    "documents lost", "pages lost", "chunks missing", "vectors missing", "words missing",
    "wrong answers",
)  # fmt: skip


def wait_for(made: Machines, kind: str, count: int) -> None:
    """Until so many lines are noted; who waits in vain is ended by the one who runs the tests."""
    while len(made.lines(kind)) < count:
        time.sleep(0.02)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_nothing_is_lost_whoever_is_killed() -> None:
    with machines(2, 1, 6) as made:
        for number, victim in enumerate(("writer-0", "postgres", "chroma", "writer-1")):
            wait_for(made, "read", 5 * (number + 1))
            made.kill(victim)
        wait_for(made, "asked", 1)
        made.finish()
        found = made.outcome()
    gc.collect()  # Chroma's sockets, here and not in some other test
    assert {what: found[what] for what in MUST_BE_NONE} == dict.fromkeys(MUST_BE_NONE, 0)
    assert found["pages"] == 36
    assert found["pages read twice"] <= 2
