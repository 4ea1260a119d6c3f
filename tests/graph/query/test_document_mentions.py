from __future__ import annotations

import pytest

from graph.query.document_mentions import named_documents, wholly_named

LIBRARY = [
    "COSTCO_2021_10K.pdf",
    "COSTCO_2022_10K.pdf",
    "bigbox_annual_report.pdf",
    "Seniors-and-Tech-Use.pdf",
    "zh_四方科技_2019_annual.pdf",
    "0000950170-23-011.pdf",
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What were sales in Costco's 2021 report?", {"COSTCO_2021_10K.pdf"}),
        ("what did costco pay in FY2022?", {"COSTCO_2022_10K.pdf"}),
        ("What does Costco sell?", {"COSTCO_2021_10K.pdf", "COSTCO_2022_10K.pdf"}),
        ("How many stores does Big Box have?", {"bigbox_annual_report.pdf"}),
        ("Costco 2021 against bigbox", {"COSTCO_2021_10K.pdf", "bigbox_annual_report.pdf"}),
        ("What did seniors use?", set()),
        ("What does the annual report say about 2019?", set()),
        ("四方科技的毛利率是多少？", {"zh_四方科技_2019_annual.pdf"}),
        ("What is the total?", set()),
        ("", set()),
    ],
)
def test_documents_are_named_by_what_only_their_names_say(
    question: str, expected: set[str]
) -> None:
    assert set(named_documents(question, LIBRARY).documents) == expected


def test_words_of_a_name_are_known_in_halves_too() -> None:
    assert named_documents("sales of Big Box", LIBRARY).words == {"bigbox", "big", "box"}


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What were Costco's sales in 2021?", "What were sales in 2021?"),
        ("How many stores does Big Box have?", "How many stores does have?"),
        ("2021年四方科技的毛利率", "2021年 的毛利率"),
        ("Is Costco-Premium sold?", "Is Costco-Premium sold?"),  # another's name
        ("How do Seniors use what seniors use?", "How do use what seniors use?"),
        ("四方科技", "四方科技"),  # nothing else is asked
    ],
)
def test_a_documents_name_is_no_subject(question: str, subject: str) -> None:
    naming = named_documents(question, LIBRARY)
    assert " ".join(naming.without_names(question).split()) == subject


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What were sales in Costco's 2021 report?", ["COSTCO_2021_10K.pdf"]),
        ("What does Costco sell?", ["COSTCO_2021_10K.pdf", "COSTCO_2022_10K.pdf"]),
        ("What does Costco sell, and what does BigBox sell in 2022?",
         ["COSTCO_2022_10K.pdf", "bigbox_annual_report.pdf"]),
        ("What does costco sell?", []),
        ("How do Seniors use what they have?", []),  # and Tech Use
        ("What does Costco in 2021 sell to Seniors?",
         ["COSTCO_2021_10K.pdf", "Seniors-and-Tech-Use.pdf"]),
        ("2019年四方科技的毛利率", ["zh_四方科技_2019_annual.pdf"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_document_is_wholly_named_by_all_that_tells_it_apart(
    question: str, expected: list[str]
) -> None:
    assert list(wholly_named(question, LIBRARY)) == expected
