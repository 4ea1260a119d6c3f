from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from langchain_core.documents import Document

from loaders.storing.truth.records import DocumentProperties, DocumentRecord, Heading, shown_text

TOLD = DocumentProperties(
    author="Anna Berg",
    created="2024-05",
    labels=("i", "ii"),
    contents=(Heading(1, "Dues", 0), Heading(2, "Cranes", 3)),
)


def test_a_record_comes_back_from_its_row() -> None:
    record = DocumentRecord("净.pdf", "aaa", pages=2, bytes=7, title="T", properties=TOLD, chunks=5)
    assert DocumentRecord.of_row(*record.row()) == record


@pytest.mark.parametrize("told", ["", "{}"])
def test_a_row_of_an_older_library_has_no_properties(told: str) -> None:
    row = list(DocumentRecord("a.pdf", "aaa").row())
    row[8] = told
    assert DocumentRecord.of_row(*row).properties == DocumentProperties()


def test_properties_of_another_version_may_tell_more_or_less() -> None:
    assert DocumentProperties(**json.loads(json.dumps(asdict(TOLD)))) == TOLD
    told: dict[str, Any] = {"author": "Anna Berg", "mood": "good"}
    found = DocumentProperties(**told)
    assert found == DocumentProperties(author="Anna Berg")


def test_a_chunk_is_found_by_what_it_shows() -> None:
    assert shown_text(Document("Dues", metadata={"caption": "x"})) == "Dues"
