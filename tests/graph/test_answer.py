"""One form of an answer: in Python, in JSON, in a stream; pages count from 1 in each."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from graph.answer import Answer, Citation
from graph.draft import Draft
from graph.evidence.sources import Evidence, Source
from graph.verification.verify import verify
from pagewise.library import Library
from tests.passages import chunk

QUESTION = "Until when is the calibration certificate valid?"


def test_the_page_is_the_same_in_python_in_json_and_in_a_stream(sample_library: Library) -> None:
    answer = sample_library.ask(QUESTION)
    pages = [citation.page for citation in answer.citations]
    assert pages == [citation["page"] for citation in answer.model_dump(mode="json")["citations"]]
    streamed = [
        citation["page"]
        for piece in sample_library.stream(QUESTION)
        for citation in piece.get("citations", ())
    ]
    assert pages == streamed


def test_an_answer_reads_back_from_json(sample_library: Library) -> None:
    answer = sample_library.ask(QUESTION)
    assert Answer.model_validate(json.loads(answer.model_dump_json())) == answer


def test_no_citation_has_a_page_zero() -> None:
    with pytest.raises(ValidationError, match="page"):
        Citation(marker=1, document="a.pdf", page=0, kind="text", quote="")


def test_the_printed_label_stands_beside_the_page() -> None:
    preface = chunk("A preface.", page=3)
    preface.metadata |= {"page_label": "iv", "pages": [3, 4], "page_labels": {"4": "v"}}
    cited = verify(Draft(text="It has a preface. [1]"), Evidence("?", "en", [Source(1, preface)]))
    assert [(one.page, one.label) for one in cited.citations] == [(4, "iv")]
    assert Source(1, preface).label_of(4) == "v"
