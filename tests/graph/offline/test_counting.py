"""Filters, counts and lists over tables of a row a thing."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import ACCOUNTS, BUDGET, INCIDENTS, STOCK, document, table

LISTS = [*document("incidents.csv", INCIDENTS), *document("stock.csv", STOCK)]


@pytest.mark.parametrize(
    ("question", "said", "count"),
    [
        ("How many incidents were there in Leeds?", "There are 2 incidents in Leeds.", "2"),
        ("How many incidents were of high severity?", "3", "3"),
        ("How many incidents in Hull had high severity?", "2", "2"),
        ("How many items are there?", "There are 4 items.", "4"),
        ("How many items are out of stock?", "2", "2"),
        ("How many items cost more than 5 euros?", "2", "2"),
        ("How many items cost less than 4 euros?", "1", "1"),
    ],
    ids=[
        "by one cell", "by a column and its value", "by two cells", "all rows", "by a phrase",
        "above a limit", "below a limit",
    ],
)  # fmt: skip
def test_rows_are_counted(question: str, said: str, count: str) -> None:
    draft = drafted(question, *LISTS)
    assert draft.kind == "computed"
    assert said in draft.text
    assert [done.result for done in draft.computed] == [count]


def test_a_total_is_no_row_that_counts() -> None:
    draft = drafted("How many departments are there?", *document("town.csv", BUDGET))
    assert draft.text == "There are 3 departments. [1]"


def test_a_column_is_added_up_over_the_rows_of_a_filter() -> None:
    draft = drafted("How many hours were lost in Leeds?", *LISTS)
    assert "4 + 3.5 = 7.5" in draft.text


@pytest.mark.parametrize(
    "question",
    [
        "How many hours were lost in Hull?",
        "How many incidents were there in Bristol?",
        "How many suppliers are there?",
        "How many incidents in Leeds were fatal?",
    ],
    ids=["a value is empty", "no such row", "rows of another kind", "a filter that is unknown"],
)
def test_what_cannot_be_counted_is_refused(question: str) -> None:
    assert drafted(question, *LISTS).abstained


@pytest.mark.parametrize(
    ("question", "names", "others"),
    [
        ("Which items are out of stock?", ["Saw", "Glue"], ["Hammer", "Nails"]),
        ("Which items cost more than 5 euros?", ["Hammer", "Saw"], ["Nails", "Glue"]),
        ("List the incidents in Leeds.", ["2025-01-03", "2025-02-11"], ["2025-01-09"]),
    ],
    ids=["by a phrase", "by a limit", "by a place"],
)
def test_rows_are_listed(question: str, names: list[str], others: list[str]) -> None:
    draft = drafted(question, *LISTS)
    assert not draft.abstained
    assert all(name in draft.text for name in names)
    assert not any(name in draft.text for name in others)


PROJECTS = table(
    "Capital projects",
    "Project|Department|Cost ($)|Share (%)",
    *("Pool|Parks|2,350|40", "Truck|Fire|1,180|30", "Roof|Library|275|30"),
)


@pytest.mark.parametrize(
    "question", ["What is the total share of the projects?", "What is the total cost of the staff?"]
)
def test_percentages_and_other_things_are_not_added_up(question: str) -> None:
    assert drafted(question, *document("town.pdf", PROJECTS)).abstained


CLAIMS = table(
    "Claims",
    "Date|Cause|Claimed (£)|Paid (£)",
    *("03/2018|Hail|2,120|1,820", "05/2020|Theft|950|800", "06/2024|Hail|1,310|-"),
)


def test_what_was_paid_is_told_by_the_column_of_that_name() -> None:
    said = drafted("How much was paid for the theft in 2020?", *document("claims.csv", CLAIMS))
    assert "£800" in said.text


@pytest.mark.parametrize(
    "question",
    [
        "How many claims were caused by hail?",
        "How much was paid for hail?",
        "How much was paid for the hail claim in 2024?",
    ],
    ids=["money is no count", "one of two rows is empty", "an empty cell"],
)
def test_what_another_column_says_is_not_told_instead(question: str) -> None:
    assert drafted(question, *document("claims.csv", CLAIMS)).abstained


def test_the_total_of_a_group_is_the_one_printed_and_none_where_its_end_is_open() -> None:
    assert "£4,317 thousand" in answer("What was the total income in 2024?", ACCOUNTS)
    assert answer("What was the total expenditure in 2024?", ACCOUNTS) == ""


def test_the_total_of_one_group_is_not_that_of_all() -> None:
    parts = ["Earned income||", "Tickets|3,100|2,900", "Bar|1,217|1,100", "Subtotal|4,317|4,000"]
    both = table(
        "Income (£ thousand)", "|2024|2023", *parts, "Grants|83|80", "Total income|4,400|4,080"
    )
    assert "4,400" not in answer("What was the total of earned income in 2024?", both)
    assert "4,400" in answer("What was the total income in 2024?", both)


def test_what_a_sentence_counts_is_not_counted_by_the_rows_of_a_table() -> None:
    rates = table("Rates of the hotel (€)", "Room|Low|High", "Single|84|112", "Suite|240|318")
    question = "How many rooms are there?"
    assert "2" in answer(question, rates, "The hotel was built in 1961.")
    assert "There are 2" not in answer(question, rates, "It has 62 rooms and was built in 1961.")


@pytest.mark.parametrize(
    ("question", "is_counted"),
    [
        ("How many towns have more than 50 bakers?", True),
        ("How many bakers are over 50?", False),
    ],
)
def test_what_the_numbers_count_is_no_row(question: str, is_counted: bool) -> None:
    text = table("Trades", "Town|Bakers", "Alba|20", "Bree|60", "Cold|90")
    assert drafted(question, *document("trades.csv", text)).abstained is not is_counted


def test_what_lies_below_a_limit_is_listed_and_not_ranked() -> None:
    text = table("Trades", "Town|Bakers", "Alba|20", "Bree|60", "Cold|30")
    said = answer("Which towns have fewer than 50 bakers?", text)
    assert said.startswith("Alba: 20; Cold: 30.")
