from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.documents import Document

from graph.evidence.source_cache import SourceCache
from tests.passages import LIBRARY, fetch

TABLE = "<table><tr><th></th><th>2023</th></tr><tr><td>Revenue</td><td>{}</td></tr></table>"
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


@pytest.mark.no_cover  # threads that start at once cannot all install a tracer
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


def test_the_scores_are_those_of_the_question() -> None:
    cache = SourceCache(fetch, lambda chunk: [chunk])
    asked = [[{**REFERENCES[0], "score": score}] for score in (0.1, 0.9)]
    assert [cache.sources(one)[0].score for one in asked] == [0.1, 0.9]


def test_a_table_is_parsed_once_for_many_questions_until_it_changes() -> None:
    chunk = Document(page_content=TABLE.format(5), metadata={"chunk_id": "a", "source": "a.pdf"})
    cache = SourceCache(lambda ids: [chunk.model_copy()], lambda one: [one])
    [first] = cache.sources([{"chunk_id": "a", "score": 0.5}])
    tables = first.tables
    [again] = cache.sources([{"chunk_id": "a", "score": 0.25}])
    assert again.tables is tables
    assert (first.score, again.score) == (0.5, 0.25)
    chunk = Document(page_content=TABLE.format(6), metadata=chunk.metadata)
    [changed] = cache.sources([{"chunk_id": "a", "score": 0.125}])
    assert "6" in changed.everything
    assert "5" not in changed.everything
