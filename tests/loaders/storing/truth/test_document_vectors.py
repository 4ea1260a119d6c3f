from __future__ import annotations

import numpy as np
import pytest

from loaders.storing.truth.catalog import CHUNKS
from loaders.storing.truth.document_vectors import Nearby
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentRecord
from tests.loaders.storing.conftest import OpenDatabase, OpenStore
from tests.words import MODEL, make_chunks

REPORT = DocumentRecord("report.pdf", "aaa")
ONLY = Filters(documents=("report.pdf",))


def test_a_document_that_changed_is_looked_at_as_it_is_now(open_store: OpenStore) -> None:
    store = open_store()
    for texts in (("alpha one", "beta two"), ("alpha one", "gamma three", "delta four")):
        chunks = make_chunks("report.pdf", *texts)
        store.replace(REPORT, chunks)
        found = {hit.chunk_id for hit in store.nearest("alpha", 9, ONLY)}
        assert found == {chunk.metadata["chunk_id"] for chunk in chunks}
    store.remove("report.pdf")
    assert store.nearest("alpha", 9, ONLY) == []


def test_what_another_process_writes_is_seen(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    store = open_store()
    store.replace(REPORT, make_chunks("report.pdf", "alpha one", "beta two"))
    assert len(store.nearest("alpha", 9, ONLY)) == 2
    other = open_database()
    with other.transaction():
        other.note("report.pdf", CHUNKS)
        other.run("DELETE FROM chunks WHERE ordinal = 1")
    assert len(store.nearest("alpha", 9, ONLY)) == 1


def test_only_the_last_documents_stay_in_memory(
    open_store: OpenStore, open_database: OpenDatabase
) -> None:
    with open_store() as store:
        for name in "abcd":
            store.replace(DocumentRecord(name, name), make_chunks(name, "one", "two"))
    database = open_database()
    size = Nearby(database, MODEL).of("a").vectors.nbytes
    kept = Nearby(database, MODEL, most_bytes=2 * size)
    first = kept.of("a")
    assert np.linalg.norm(first.vectors, axis=1) == pytest.approx([1, 1])
    kept.of("b")
    assert kept.of("a") is first
    kept.of("c")  # b goes, which was asked for before a
    assert kept.of("a") is first
    kept.of("d")
    kept.of("b")
    assert kept.of("a") is not first
