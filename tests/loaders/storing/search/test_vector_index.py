from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest

from loaders.errors import LibraryError, UsageError
from loaders.storing.search.vector_index import Vectors
from loaders.storing.truth.filters import Filters

DUES, CRANES = np.array([1.0, 0.0, 0.0], np.float32), np.array([0.0, 1.0, 0.0], np.float32)


def metadata(source: str, page: int, **more: Any) -> dict[str, Any]:
    return {"source": source, "page": page, "pages": [page], "kind": "text", **more}


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    index = Vectors(tmp_path / "chroma")
    index.add(
        ["1", "2"],
        [DUES, CRANES],
        ["dues", "cranes"],
        [
            metadata("a.pdf", 0, section="", row_pages=[3, 4]),
            metadata("b.pdf", 4, pages=[4, 6], page_labels={"4": "v", "6": "vii"}),
        ],
    )
    yield index
    index.close()


def found(vectors: Vectors, k: int = 9, **filters: Any) -> list[str]:
    return [hit.chunk_id for hit in vectors.nearest(DUES, k, Filters(**filters)) or []]


def test_the_nearest_come_first_with_their_cosine(vectors: Vectors) -> None:
    first, second = vectors.nearest(DUES, 2) or []
    assert (first.chunk_id, second.chunk_id) == ("1", "2")
    assert first.score == pytest.approx(1.0, abs=1e-6)
    assert second.score == pytest.approx(0.0, abs=1e-6)
    assert vectors.nearest(DUES, 0) == []


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"documents": ("b.pdf",)}, ["2"]),
        ({"kinds": ("table",)}, []),
        ({"first_page": 1}, ["2"]),
        ({"first_page": 5}, ["2"]),
        ({"first_page": 7}, []),
        ({"last_page": 3}, ["1"]),
        ({"documents": ("a.pdf", "b.pdf"), "last_page": 4}, ["1", "2"]),
    ],
)
def test_a_chunk_over_several_pages_is_on_each(
    vectors: Vectors, filters: dict[str, Any], ids: list[str]
) -> None:
    assert found(vectors, **filters) == ids


def test_chunks_are_counted_listed_and_taken_out(vectors: Vectors) -> None:
    assert (vectors.count(), vectors.ids_of("a.pdf")) == (2, ["1"])
    vectors.delete(["1", "unknown"])
    assert (vectors.count(), found(vectors)) == (1, ["2"])


def test_any_langchain_program_can_read_what_is_kept(vectors: Vectors, tmp_path: Path) -> None:
    vectors.close()
    client = chromadb.PersistentClient(str(tmp_path / "chroma"))
    kept = client.get_collection("pagewise").get(ids=["1", "2"])
    assert kept["documents"] == ["dues", "cranes"]
    [first, second] = kept["metadatas"] or []
    assert first == {"source": "a.pdf", "page": 0, "kind": "text", "row_pages": "[3, 4]"}
    assert second["last_page"] == 6


def test_an_emptied_collection_is_another_and_takes_vectors_of_any_length(vectors: Vectors) -> None:
    before = vectors.identity
    with pytest.raises(LibraryError, match="another embedding model"):
        vectors.add(["3"], [np.ones(5, np.float32)], ["x"], [metadata("c.pdf", 0)])
    vectors.clear()
    assert vectors.identity != before
    vectors.add(["3"], [np.ones(5, np.float32)], ["x"], [metadata("c.pdf", 0)])
    assert vectors.count() == 1
    assert vectors.is_ours()


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1", "http://", "http://u:secret@127.0.0.1:1", "http://x/api", "http://x:y"],
)
def test_an_address_that_is_none_is_told_without_repeating_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="write it like") as told:
        Vectors(tmp_path, url=url)
    assert "secret" not in str(told.value)
