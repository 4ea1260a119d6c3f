from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.nodes import SourceCache
from tests.passages import LIBRARY, fetch

REFERENCES = [
    {"chunk_id": one.metadata["chunk_id"], "kind": "text", "score": 0.5} for one in LIBRARY
]


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns after a few instructions, so that what can go wrong does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_questions_asked_at_once_get_their_own_sources() -> None:
    cache = SourceCache(fetch, lambda chunk: [chunk], size=1)
    orders = [REFERENCES[n % 6 :] + REFERENCES[: n % 6] for n in range(32)]
    wanted = [order[: 1 + n % 5] for n, order in enumerate(orders)]
    with ThreadPoolExecutor(32) as pool:
        found = list(pool.map(cache.sources, wanted * 200))
    assert [[source.chunk_id for source in sources] for sources in found] == [
        [one["chunk_id"] for one in order] for order in wanted * 200
    ]


def test_sources_are_built_once_a_turn() -> None:
    cache = SourceCache(fetch, lambda chunk: [chunk])
    assert cache.sources(REFERENCES[:2]) is cache.sources(REFERENCES[:2])
