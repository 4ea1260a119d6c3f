from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

RATES = table(
    "Labour rates (GBP per hour)",
    "Trade|Normal|Overtime",
    "Electrician|41.50|58.10",
    "Fitter|39|55",
)
PARTS = table("Spare parts", "Part|Price (€)", "Filter F-8|12.40", "Breaker B-2|89.50")
PACKED = table("Screws", "Screw|Price per 100 pieces (€)", "Screw M6|12.40", "Screw M8|14.20")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What do 8 overtime hours of an electrician cost?", RATES, "8 × 58.10 = £464.80"),
        ("How much do 12 filters F-8 cost?", PARTS, "12 × 12.40 = €148.80"),
        ("How much do two breakers B-2 cost?", PARTS, "2 × 89.50 = €179"),
    ],
    ids=["hours by a rate per hour", "things by the price of one", "a number in words"],
)
def test_several_cost_so_many_times_the_one_price(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What do 8 hours of an electrician cost?", RATES),
        ("What do 8 overtime days of an electrician cost?", RATES),
        ("How much do 12 screws M6 cost?", PACKED),
        ("How much do 12 pumps F-8 cost?", PARTS),
    ],
    ids=["two rates", "days at a rate per hour", "a price of a hundred", "another thing"],
)
def test_nothing_is_told_unless_it_is_the_price_of_one(question: str, text: str) -> None:
    found = answer(question, text)
    assert "×" not in found


@pytest.mark.parametrize(
    "lines",
    [
        ("Part|Pack size|Price (€)", "Filter F-8|10|12.40", "Breaker B-2|5|89.50"),
        ("Part|Unit|Price (€)", "Filter F-8|box|12.40", "Breaker B-2|box|89.50"),
        ("Part|Unit|Price (€)", "Filter F-8|m|12.40", "Breaker B-2|m|89.50"),
        ("Part|Total price (€)", "Filter F-8|12.40", "Breaker B-2|89.50"),
    ],
    ids=["a number beside it", "a unit that is a box", "a length", "a total"],
)
def test_a_price_that_may_be_of_several_is_not_multiplied(lines: tuple[str, ...]) -> None:
    assert "×" not in answer("How much do 12 filters F-8 cost?", table("Order 4711", *lines))


def test_a_unit_that_counts_pieces_is_of_one() -> None:
    parts = table("Spare parts", "Part|Unit|Price (€)", "Filter F-8|pcs|12.40", "Hose H-1|m|3.00")
    assert "12 × 12.40 = €148.80" in answer("How much do 12 filters F-8 cost?", parts)
