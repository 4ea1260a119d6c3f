"""Of two things that a source tells alike, each has its own value."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.verify import verify
from tests.passages import evidence
from tests.reports import table

NOTES = """# Notes

The Harbour branch has 44 seats. The Valley branch has 22 seats. Pump A delivers 5 litres a
minute; pump B delivers 7 litres a minute. Bolt M8 takes 22 Nm. Bolt M10 takes 44 Nm. Article 5
allows 12 days of leave. Article 6 allows 20 days of leave. It began with 8 rooms."""
VALVES = table("Tests", "Valve|Pressure (bar)", "Valve 3-4|35", "Valve 4-3|84", "Valve 3-14|61")
GRANTS = table(
    "Grants", "Article|Budget 2024 (€)|Budget 2025 (€)", "7311|2,100|2,200", "7318|900|950"
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The Harbour branch has 44 seats.", "The Harbour branch has 22 seats."),
        ("Pump A delivers 5 litres a minute.", "Pump A delivers 7 litres a minute."),
        ("Bolt M8 takes 22 Nm, bolt M10 44 Nm.", "Bolt M8 takes 44 Nm."),
        ("Under article 6, 20 days of leave are allowed.", "Article 5 allows 20 days of leave."),
        (
            "The Valley branch has 22 seats, the Harbour branch 44.",
            "The Valley branch has 44 seats.",
        ),
    ],
)
def test_a_value_belongs_to_its_thing(right: str, wrong: str) -> None:
    given = evidence("How much is it?", NOTES)
    assert not verify(Draft(text=f"{right} [1]"), given).failed
    assert any("another thing" in one for one in verify(Draft(text=f"{wrong} [1]"), given).failed)


def test_who_names_both_things_takes_nothing_from_the_other() -> None:
    given = evidence("How many seats are there?", NOTES)
    said = "The Valley branch, unlike the Harbour branch, has 22 seats. [1]"
    assert not verify(Draft(text=said), given).failed


@pytest.mark.parametrize(
    ("text", "table", "is_right"),
    [
        ("Valve 3-4 stands 35 bar. [1]", VALVES, True),
        ("Valve 3-4 stands 84 bar. [1]", VALVES, False),
        ("Article 7318 has a budget of €950 for 2025. [1]", GRANTS, True),
        ("Article 7318 has a budget of €2,200 for 2025. [1]", GRANTS, False),
    ],
)
def test_rows_that_are_told_apart_by_numbers(text: str, table: str, *, is_right: bool) -> None:
    verdict = verify(Draft(text=text), evidence(f"Of {text[:14]}?", table))
    assert bool(verdict.failed) is not is_right
