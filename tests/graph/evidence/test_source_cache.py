from __future__ import annotations

from langchain_core.documents import Document

from graph.evidence.source_cache import SourceCache

TABLE = "<table><tr><th></th><th>2023</th></tr><tr><td>Revenue</td><td>{}</td></tr></table>"


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
