"""Cells near what is asked for: of parts that fit, per something, planned, in another unit."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

OPTIONS = table(
    "Accessories",
    "Part|Description|Fits machine|Price (€)",
    "Z-1|Dust cover|KM-400|45.00",
    "Z-2|Foot switch|KM-500|80.00",
)
COSTS = table("Operation 2025", "|2025|2024", "Operating costs (£ per customer)|304|298")
RATES = table("Towns", "Town|kWh per inhabitant|Shops", "Ribal|5,402|12", "Soto|4,980|9")
DEPOTS = table("Depots", "Depot|Cost per parcel (€)", "Bruck|3.95", "Celle|4.18")
STAFF = """Segments (£ million)
<table><thead><tr><th></th><th>Revenue</th><th>Average headcount</th></tr></thead><tbody>
<tr><td>Repairs</td><td>320.4</td><td>3,092</td></tr>
<tr><td>Lifts</td><td>118.0</td><td>1,204</td></tr></tbody></table>"""
TRIAL = table("Baseline, n (%)", "|30 mg|Placebo", "Women|140 (41.3%)|70 (41.7%)")
WINDOWS = table("Windows", "Item|Work|Quantity", "3.1|Take out old windows|186", "3.2|New|90")
REBATES = table("Rebates", "Pieces|Pumps", "5 – 19|6%", "20 – 49|9%")
SALES = table("Sales 2024 (£)", "Shop|Sales", "Hull|900", "York|700")
CARPET = table("Works", "Work|Cost (£)|Paid by", "Carpet|27,900|Landlord", "Lamps|3,420|Landlord")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does the KM-400 cost?", OPTIONS),
        ("operating costs 2025", COSTS),
        ("How many inhabitants does Ribal have?", RATES),
        ("What is the cost per parcel target of Bruck?", DEPOTS),
        ("What is the difference in women between 30 mg and placebo?", TRIAL),
        ("How many old windows are taken out?", WINDOWS),
        ("What does article 10-3210 cost?", REBATES),
        ("sales of Hull in May", SALES),
        ("What is the Landlord's company number?", CARPET),
    ],
    ids=[
        "the price of a part that fits",
        "per customer for the whole",
        "what a rate is per, as a count",
        "the actual for the target",
        "a difference of parts of two wholes",
        "one row for a count",
        "a part of a number as a range",
        "the year for a month",
        "all rows of somebody",
    ],
)
def test_what_only_has_to_do_with_it_is_not_claimed(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What does the dust cover cost?", OPTIONS, "€45.00"),
        ("How many kWh per inhabitant does Ribal have?", RATES, "5,402"),
        ("What is the cost per parcel of Bruck?", DEPOTS, "€3.95"),
        ("What was the revenue of Repairs?", STAFF, "£320.4 million"),
        ("What was the average of sales?", SALES, "800"),
        ("What was the average headcount of Repairs?", STAFF, "was 3,092."),
        ("How many women had 30 mg?", TRIAL, ": 140 (41.3%)"),
    ],
)
def test_what_is_named_itself_is_claimed(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)
