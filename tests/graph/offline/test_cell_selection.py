"""Where the rows and columns that a question names meet; nothing where they cannot be told."""

from __future__ import annotations

import pytest

from graph.offline.cell_selection import gives_percent, select
from graph.offline.evidence_view import EvidenceView
from tests.passages import answer, evidence
from tests.reports import BUDGET, COUNTRIES, QUARTERS, table

GROUPS = table(
    "Revenue (EUR million)",
    "|2023|2024",
    "Europe",
    "Poland|10|11",
    "Other|4|5",
    "Asia",
    "Japan|20|21",
    "Other|7|8",
)
SHARES = table(
    "Revenue by country",
    "Country|2024 EUR million|2024 %",
    "Poland|11|55.0%",
    "Japan|9|45.0%",
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was revenue in Poland in 2024?", "€11 million"),
        ("What was other revenue in Asia in 2024?", "€8 million"),
        ("What was other revenue in Europe in 2023?", "€4 million"),
        ("What was other revenue in 2024?", ""),
    ],
    ids=["one label", "its group is named", "the other group", "two groups have it"],
)
def test_a_label_of_two_groups_needs_its_group(question: str, value: str) -> None:
    said = answer(question, GROUPS)
    assert value in said
    assert bool(said) == bool(value)


def test_of_an_amount_and_its_percentage_the_kind_is_given_that_is_asked_for() -> None:
    assert "55.0%" in answer("How much revenue in percent did Poland make in 2024?", SHARES)
    [match, *_] = EvidenceView(evidence("revenue of Poland", SHARES)).matches()
    assert [gives_percent(match.view, column) for column in match.view.columns] == [False, True]


def test_the_whole_of_a_column_is_its_total_row() -> None:
    assert "€1,600" in answer("What is the total of the budget?", BUDGET)


def test_a_quarter_is_its_own_column() -> None:
    assert "$12 million" in answer("What were the sales of Pumps in Q3?", QUARTERS)
    assert "$12 million" in answer("What were sales of Pumps in the third quarter?", QUARTERS)


def test_a_question_that_names_nothing_selects_nothing() -> None:
    view = EvidenceView(evidence("What is the weather?", COUNTRIES))
    assert all(select(match, view.analysis) is None for match in view.matches())


def test_a_year_of_the_whole_says_nothing_of_a_part() -> None:
    head = '<tr><th></th><th colspan="2">Segments</th><th colspan="2">Group</th></tr>'
    parts = table(
        "Results (EUR million)",
        "|Container|Ferries|2024|2023",
        "EBITDA|141|52|193|180",
        "Crew costs|88|41|129|120",
    ).replace("<thead>", f"<thead>{head}")
    assert not answer("What was the EBITDA of Container in 2023?", parts)
    assert "€180 million" in answer("What was the EBITDA of the group in 2023?", parts)
    both = answer("What was the EBITDA of Container and Ferries?", parts)
    assert "€141 million" in both
    assert "€52 million" in both
