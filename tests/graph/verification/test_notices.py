from __future__ import annotations

from typing import Any

import pytest

from graph.answer import CellReference, Citation
from graph.build import build_graph
from graph.evidence.sources import Source
from graph.offline.keyless_writer import KeylessWriter
from graph.verification.notices import remarks, split_notices, unread
from tests.passages import LIBRARY, MODELS, WordRetriever, chunk, fetch

CELL = CellReference(row=("QuizBench (EM)",), column=("Lyra", "V3"), value="88.5")


def told(language: str = "en", text: str = "It is 88.5. [1]", **metadata: Any) -> list[str]:
    table = chunk(MODELS)
    table.metadata |= metadata
    citation = Citation(
        marker=1, document="orion.pdf", page=1, kind="table", quote="", box=None, cell=CELL
    )
    return remarks(text, [citation], [], [Source(1, table)], language)


@pytest.mark.parametrize(
    ("doubt", "count"),
    [
        ("QuizBench (EM) › 88.5", 1),
        ("CodeRace (Rating) › 88.5", 0),
        ("88.5", 1),
        ("40.1", 0),
    ],
)
def test_a_doubt_is_told_if_it_is_about_what_is_used(doubt: str, count: int) -> None:
    assert len(told(doubts=[doubt])) == count


def test_a_marker_is_no_number_of_the_answer() -> None:
    assert told(text="It is so. [1]", doubts=["1"]) == []


def test_remarks_can_be_told_from_the_text_above_them() -> None:
    remark = "Note: page 7 of a.pdf could not be read."
    assert split_notices(f"Two lines.\nNote: the second. [1]\nEnd.\n{remark}") == (
        "Two lines.\nNote: the second. [1]\nEnd.",
        [remark],
    )


def test_a_total_that_does_not_foot_is_told_where_it_is_used() -> None:
    remark = "QuizBench (EM) › V3: 88.5 stated, parts sum to 90.0"
    assert told(footing=[remark]) == [
        "Note: on page 1 of orion.pdf the parts of QuizBench (EM) › V3 do not add to 88.5."
    ]
    assert told(text="It is 5. [1]", footing=["Total: 61.2 stated, parts sum to 60"]) == []


def test_what_a_document_says_of_all_amounts_is_told_with_a_number_that_says_nothing() -> None:
    amounts: dict[str, Any] = {
        "amounts": "In £ thousand, unless otherwise stated.",
        "amounts_page": 2,
    }
    assert told(**amounts) == [
        "Note: page 3 of orion.pdf says of its amounts: “In £ thousand, unless otherwise stated.”"
    ]
    assert told(text="It is £88.5 thousand. [1]", **amounts) == []


@pytest.mark.parametrize(
    ("language", "pages", "text"),
    [
        ("en", [6], "Note: page 7 of a.pdf could not be read."),
        ("de", [6, 8], "Hinweis: Die Seiten 7, 9 von a.pdf konnten nicht gelesen werden."),
        ("zh", [6], "注意：a.pdf 第 7 页未能读取。"),
        ("en", list(range(460, 2000)), "Note: pages 461-2000 of a.pdf could not be read."),
        (
            "en",
            [0, 2, 4, 6, 8, 10, 12, 13, 15],
            "Note: pages 1, 3, 5, 7, 9, 11 and 3 more of a.pdf could not be read.",
        ),
        ("en", [], ""),
    ],
)
def test_pages_that_were_not_read_are_named(language: str, pages: list[int], text: str) -> None:
    found = dict.fromkeys(pages, True)
    [said] = unread(["a.pdf", "a.pdf"], lambda name: found, language) or [""]
    assert said.startswith(text)
    assert bool(said) == bool(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Note: pages 1, 3 of a.pdf were not asked for and not read."),
        ("de", "Hinweis: Die Seiten 1, 3 von a.pdf waren nicht verlangt und wurden nicht gelesen."),
        ("zh", "注意：a.pdf 第 1, 3 页未被要求读取，因此没有读取。"),
    ],
)
def test_pages_that_nobody_asked_for_are_told_from_those_that_failed(
    language: str, text: str
) -> None:
    failed, left_out = unread(["a.pdf"], lambda name: {0: False, 1: True, 2: False}, language)
    assert [failed] == unread(["a.pdf"], lambda name: {1: True}, language)
    assert left_out == text


@pytest.mark.parametrize(
    "question", ["What does Lyra V3 score on QuizBench?", "What is the capital of Australia?"]
)
def test_answers_and_refusals_name_the_pages_that_they_lack(question: str) -> None:
    graph = build_graph(
        WordRetriever(chunks=LIBRARY), fetch, KeylessWriter(), unread=lambda name: {41: True}
    )
    answer = graph.invoke({"question": question, "document": "orion.pdf"})["answer"]
    assert "page 42 of orion.pdf could not be read" in answer["answer"]
    assert answer["verified"]
    assert answer["unverified_numbers"] == []
