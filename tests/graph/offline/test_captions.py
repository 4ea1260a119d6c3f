"""What a caption tells of its numbers: neither of two that it joins, nor what it leaves out."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

TRADE = table(
    "Imports and exports by country in 2024, in EUR million",
    "Country|Machinery|Food|Total", "Chile|10|30|40", "Peru|5|25|30",
)  # fmt: skip
ORDERS = table(
    "Orders received, not including cancelled orders, by shop 2024",
    "Shop|Online|Counter", "Ulm|120|80", "Jena|90|70",
)  # fmt: skip
ROOMS = table(
    "Temperature in °C, humidity in %",
    "Room|Temperature|Humidity|Area (m²)", "Archive|18|45|120", "Vault|16|40|35",
)  # fmt: skip
SITES = table(
    "Water consumption (m³) and cost (EUR) of the sites in 2024",
    "Site|Consumption|Cost|Staff", "Lyon|1,200|3,600|40", "Metz|800|2,500|25",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What were the food imports from Chile in 2024?", TRADE),
        ("Which country had the highest total exports?", TRADE),
        ("How many online orders were cancelled in Ulm?", ORDERS),
    ],
    ids=["one of two", "one of two is ranked", "what is left out"],
)
def test_a_caption_of_several_things_tells_no_number_of_one(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What were the imports and exports of food from Chile in 2024?", TRADE, "€30 million"),
        ("How many online orders were received in Ulm in 2024?", ORDERS, "120"),
        ("What is the humidity in the archive?", ROOMS, "45%"),
        ("What was the consumption of Lyon in 2024?", SITES, "1,200 m³"),
        ("What was the cost of Metz in 2024?", SITES, "€2,500"),
    ],
    ids=["both of two", "what is left", "in percent", "in cubic metres", "in euros"],
)
def test_each_thing_is_told_in_the_unit_that_the_caption_gives_it(
    question: str, text: str, said: str
) -> None:
    assert said in answer(question, text)
