"""A number is of the period that is said with it: the year, its half, the year before."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.verify import verify
from tests.passages import evidence
from tests.reports import table

REVENUE = table("Revenue (€ million)", "|H1 2025|2025|2024", "Water|12|25|22", "Heat|4|9|8")


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Water had a revenue of €25 million in 2025. [1]", True),
        ("Water had a revenue of €12 million in H1 2025. [1]", True),
        ("Water had a revenue of €12 million in 2025. [1]", False),
        ("Water had a revenue of €25 million in 2024. [1]", False),
        ("Revenue of water rose from €22 million in 2024 to €25 million in 2025. [1]", True),
    ],
)
def test_a_number_is_of_the_period_that_is_said_with_it(text: str, *, is_right: bool) -> None:
    verdict = verify(Draft(text=text), evidence("What revenue did water have?", REVENUE))
    assert bool(verdict.failed) is not is_right


@pytest.mark.parametrize(
    "text",
    [
        "€25 million, after €22 million in 2024. [1]",
        "In 2025 it was €25 million, €3 million more than the €22 million of a year before. [1]",
    ],
)
def test_what_is_set_beside_another_period_is_of_the_one_that_was_asked_for(text: str) -> None:
    verdict = verify(Draft(text=text), evidence("What revenue did water have in 2025?", REVENUE))
    assert not verdict.failed
