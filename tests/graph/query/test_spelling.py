"""A misspelt word is led back to one that a document has; a name, and a word of ours, is not."""

from __future__ import annotations

import pytest

from graph.query.spelling import corrected

KNOWN = frozenset(
    (
        "bakery",
        "reimbursed",
        "depreciation",
        "denmark",
        "table",
        "cable",
        "orion",
        "nitrate",
        "creatinine",
        "propane",
        "committee",
    )
)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("what is bakry?", "what is bakery?"),
        ("is it reimbrused", "is it reimbursed"),
        ("the depreciaton", "the depreciation"),
        ("a depercation of it", "a depreciation of it"),
        ("in Denmarc", "in Denmarc"),
        ("and Oriom", "and Oriom"),
        ("the wable", "the wable"),
        ("the oirno", "the oirno"),
        ("the oiron", "the orion"),
        ("the nitrite", "the nitrite"),
        ("the creatine", "the creatine"),
        ("the propazine", "the propazine"),
        ("every committe", "every committee"),
        ("the orim", "the orim"),
        ("highest revenue", "highest revenue"),
        ("marge opérationnelle", "marge opérationnelle"),
        ("what is a bakery?", "what is a bakery?"),
        ("2023 gegen 2022", "2023 gegen 2022"),
        ("多少钱", "多少钱"),
    ],
    ids=[
        "a letter left out", "two swapped", "a long word", "two letters of a long word",
        "a country", "a product", "two are as near, another first letter", "too many",
        "in lower case",
        "another letter", "another end", "another word", "a double letter at the end",
        "too short", "words of questions", "words of a formula", "nothing to mend", "a preposition",
        "Chinese",
    ],
)  # fmt: skip
def test_what_is_mended(question: str, mended: str) -> None:
    assert corrected(question, KNOWN | {"operationnel", "gehen"}) == mended
