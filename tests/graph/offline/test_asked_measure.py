"""A cell is no answer in another currency, for one month of its year, or to how many there are."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.offline.keyless_writer import KeylessWriter
from tests.passages import answer, evidence
from tests.reports import table

ROUTES = """Table 1: Ferry lines (NOK million)
<table><thead><tr><th>Line</th><th>Revenue 2024</th><th>Revenue 2025</th></tr></thead><tbody>
<tr><td>Lofoten</td><td>390.0</td><td>421.6</td></tr>
<tr><td>Charter</td><td>140.2</td><td>149.9</td></tr>
<tr><td>Bergen</td><td>604.6</td><td>688.0</td></tr></tbody></table>"""
ASSETS = """Table 2: Assets (NOK million)
<table><thead><tr><th></th><th>2025</th></tr></thead><tbody>
<tr><td>Vessels</td><td>3,410.2</td></tr><tr><td>Cash</td><td>212.3</td></tr></tbody></table>"""


def drafted(question: str) -> Draft:
    return KeylessWriter().write(evidence(question, ROUTES, ASSETS))


@pytest.mark.parametrize(
    "question",
    [
        "What was the revenue of Lofoten in 2025 in euros?",
        "What was the revenue of Charter in June 2025?",
        "What was the revenue of Charter in 2025 until 30 June 2025?",
        "How many vessels are there?",
        "Which line grew least?",
        "Which line grew slowest from 2024 to 2025?",
    ],
)
def test_no_claim_is_made_of_another_measure(question: str) -> None:
    assert drafted(question).kind == "passages"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was the revenue of Lofoten in 2025?", "421.6"),
        ("What was the revenue of Lofoten in 2025 in NOK?", "421.6"),
        ("How much cash was there at 31 December 2025?", "212.3"),
    ],
)
def test_what_is_asked_as_it_is_counted_is_told(question: str, value: str) -> None:
    draft = drafted(question)
    assert draft.kind != "passages"
    assert value in draft.text


PREPARED = table("DNA from leaves", "Plant|Tissue (mg)|DNA (µg)", "Rice|100|12.7", "Maize|80|9.1")
PRICES = table("Feed prices", "Feed|Price (€/kg)", "Oats|0.42", "Hay|0.18")


def test_what_is_counted_in_mg_is_nothing_per_mg() -> None:
    assert answer("How much DNA per mg of tissue does one get from rice?", PREPARED) == ""
    assert "0.42" in answer("What is the price of oats per kg?", PRICES)


USE = """Table 3: Use (GWh)
<table><thead><tr><th>GWh</th><th>Total</th><th>kWh per inhabitant</th></tr></thead><tbody>
<tr><td>Montera</td><td>2,917</td><td>5,940</td></tr>
<tr><td>Ribalta</td><td>3,609</td><td>5,402</td></tr></tbody></table>"""
WOMEN = """Table 4: Baseline (mean (SD) or n (%))
<table><thead><tr><th></th><th>Verum</th><th>Placebo</th></tr></thead><tbody>
<tr><td>Women</td><td>140 (41.3%)</td><td>64 (38.1%)</td></tr>
<tr><td>Weight, kg</td><td>86.3 (19.2)</td><td>88.5 (20.1)</td></tr></tbody></table>"""


def test_a_rate_is_told_in_its_own_unit_and_is_no_count() -> None:
    asked = "What was the use in kWh per inhabitant in Montera?"
    assert "5,940 kWh/inhabitant" in KeylessWriter().write(evidence(asked, USE)).text
    asked = "How many inhabitants does Ribalta have?"
    assert KeylessWriter().write(evidence(asked, USE)).kind == "passages"


def test_a_share_in_brackets_is_told_with_its_count() -> None:
    asked = "How many women were in the Verum group?"
    assert "140 (41.3%)" in KeylessWriter().write(evidence(asked, WOMEN)).text


@pytest.mark.parametrize(
    ("group", "is_told"), [("Staff", True), ("Headcount", False)], ids=["costs", "people"]
)
def test_what_stands_under_staff_may_be_its_costs(group: str, *, is_told: bool) -> None:
    rows = (f"{group}||", "Wages and salaries|1,046|1,010", "Pensions|120|110")
    text = table("Income and costs (€ thousand)", "Item|2024|2023", *rows)
    said = answer("What were wages and salaries in 2024?", text)
    assert ("€1,046 thousand" in said) is is_told
