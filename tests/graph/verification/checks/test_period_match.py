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
