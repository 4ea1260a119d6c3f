"""Labels that are more than their words: prices by quantity, ranges, identifiers with a name."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import document, table

PRICES = table(
    "Order list",
    "Order code|Thread|Price (€), 1-9|Price (€), 10 and more",
    "VX-10|G 1|148.50|122.00",
    "VX-25|G 2|on request|on request",
)
LEAVE = table(
    "Annual leave by length of service",
    "Years of service|Days of annual leave",
    "0 to 4|25",
    "5 to 9|28",
    "10 or more|31",
)
PRIORITIES = table(
    "Service levels",
    "Priority|Response time|Resolution time",
    "P1 Critical|15 minutes|4 hours",
    "P2 High|1 hour|12 hours",
    "P3 Medium|8 hours|3 days",
)
SPILLS = table(
    "Incidents",
    "Number|Cause|Cost (€)",
    "IN-1|Chemical spill|9,750",
    "IN-2|Fire alarm|0",
    "IN-3|Chemical spill|2,600",
)
REVISIONS = table("History", "Revision|Date", "1.0|2021-02-01", "1.1|2022-03-04")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What is the price of the VX-10?", PRICES, "148.50"),
        ("What is the price of 10 and more VX-10?", PRICES, "122.00"),
        ("What does the VX-25 cost?", PRICES, "on request"),
        ("How many days of annual leave are there after 7 years of service?", LEAVE, "28"),
        ("Annual leave with 12 years of service", LEAVE, "31"),
        ("Annual leave with seven years of service", LEAVE, "28"),
        ("Total cost of all chemical spills?", SPILLS, "12,350"),
    ],
    ids=[
        "a noun before a comma heads its columns",
        "what stands behind the comma tells them apart",
        "the same text in both",
        "a number in a range",
        "from a number on",
        "a number that is spelt out",
        "the total of what a filter lets through",
    ],
)  # fmt: skip
def test_what_a_label_says(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the resolution time for P7?", PRIORITIES),
        ("What changed in revision 1.1?", REVISIONS),
        ("How many days of parental leave are there after 7 years?", LEAVE),
    ],
    ids=["no such identifier", "what the question says itself", "leave of another kind"],
)
def test_what_no_label_says_is_not_claimed(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_a_small_table_is_shown_whole() -> None:
    draft = drafted("Which priority is the most urgent?", *document("sla.pdf", PRIORITIES))
    assert draft.kind == "passages"
    assert "P3 Medium" in draft.uses[0].quote


def test_thousands_that_a_space_parts_are_one_number() -> None:
    wine = table("Production (hectolitres)", "Appellation|2022|2023", "Rouge|13 647|12 905")
    said = answer("Quelle était la production de Rouge en 2022 ?", wine)
    assert "13\u00a0647" in said
