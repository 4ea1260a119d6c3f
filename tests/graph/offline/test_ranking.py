"""The first and the last of several; what adds the others up is none of them."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from tests.passages import answer, drafted
from tests.reports import (
    BENCHMARK,
    BUDGET,
    COUNTRIES,
    INVESTMENTS,
    QUARTERS,
    STOCK,
    document,
    table,
)

WEATHER = table(
    "Temperatures (°C)", "Site|Minimum|Maximum", "Leeds|-4|31", "York|-6|29", "Hull|-2|27"
)
YEARS = table("Key figures", "|2022|2023|2024", "Revenue (€ million)|10|15|12", "Sites|20|21|20")
COSTS = table(
    "Costs (€ million)", "|2023|2024",
    "Staff costs|(247.9)|(260.1)", "Energy costs|(12.0)|(10.0)", "Rental costs|(5.0)|(4.0)",
)  # fmt: skip
CREDIT = table("Costs (€ million)", "|2023|2024", "Staff costs|(5)|(6)", "Income tax|(12.0)|10.0")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Which country had the highest revenue in 2024?", COUNTRIES,
         "Denmark is highest at €44.5 million (2024). [1]"),
        ("Which country had the lowest revenue in 2022?",
         COUNTRIES, "Norway is lowest at €30.0 million"),
        ("Which department has the highest budget?", BUDGET, "Schools is highest at €900"),
        ("Which department has the fewest staff?", BUDGET, "Parks is lowest at 3"),
        ("In which quarter were sales of Pumps highest?", QUARTERS, "Q4 is highest at $13 million"),
        ("Which year had the highest revenue?", YEARS, "2023 is highest at €15 million"),
        ("Which item has the highest price?", STOCK, "Saw is highest at €14.20"),
        ("Which model scores highest on MMLU-Pro?", BENCHMARK, "Lyra is highest at 64.8"),
        ("Which items have the lowest stock?", STOCK, "Saw and Glue is lowest at 0"),
        ("Which costs were highest in 2024?", COSTS, "Staff costs is highest at €260.1 million"),
        ("In which year were energy costs lowest?", COSTS, "2024 is lowest at €10.0 million"),
    ],
    ids=[
        "a total is left out by name", "the lowest", "a total is left out by its numbers",
        "in another column", "the year's column is left out", "over columns", "of a list",
        "of a hyphenated column", "two that are equal", "costs in brackets", "years of costs",
    ],
)  # fmt: skip
def test_what_leads(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("In which year was income tax highest?", CREDIT),
        ("Which project has the highest cost?", INVESTMENTS),
        ("Which line had the highest revenue?", YEARS),
        ("Which country had the highest profit in 2024?", COUNTRIES),
        ("Which supplier had the highest revenue in 2021?", COUNTRIES),
    ],
    ids=[
        "a tax that was paid back",
        "two currencies cannot be ranked",
        "revenue has not the highest revenue",
        "another measure",
        "another kind and year",
    ],
)
def test_what_cannot_be_ranked_is_refused(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_a_table_that_is_not_whole_is_not_ranked() -> None:
    chunks = document_with_a_missing_piece()
    assert drafted("Which department has the highest budget?", *chunks).abstained


def document_with_a_missing_piece() -> list[Document]:
    [piece] = document("budget.pdf", BUDGET)
    piece.metadata |= {"pieces": 2, "piece": 0, "table_id": "t1", "row_pages": [0, 0, 0, 0]}
    return [piece]


def test_what_is_ranked_is_told_though_its_word_says_little_elsewhere() -> None:
    text = table("Earnings by business ($ million)", "Business|2022|2023", "Rail|5|4", "Power|3|6")
    assert "Power is highest" in answer("Which business earned the most in 2023?", text)
    assert answer("Which company earned the most in 2023?", text) == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which site had the lowest temperature?", "York is lowest at -6 °C (Minimum)"),
        ("Which site had the highest temperature?", "Leeds is highest at 31 °C (Maximum)"),
        ("Which site had the lowest maximum temperature?", ""),
    ],
)
def test_of_two_extremes_the_one_that_is_asked_for_is_ranked(question: str, said: str) -> None:
    found = answer(question, WEATHER)
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_a_duration_is_no_axis_of_months() -> None:
    text = table("Staff", "Employee|Overtime, past 12 months", "Ina|30.5", "Olu|12.0", "Sum|42.5")
    asked = "Which employee had the most overtime in the past 12 months?"
    assert answer(asked, text).startswith("Ina is highest at 30.5")
