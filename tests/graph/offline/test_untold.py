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


RESULTS = table(
    "Revenue, costs and profit by segment (EUR million)", "Segment|2022|2023", "Food|50|55",
    "Pharma|70|66",
)  # fmt: skip
TRAINEES = table("Employees / trainees by site", "Site|2022|2023", "York|90|95", "Hull|70|72")
STAFF = table("Men as well as women employed by site", "Site|2023", "York|95", "Hull|72")
NET = table("Turnover net of VAT by branch (EUR thousand)", "Branch|2023", "Kiel|950", "Jena|720")
CORE = table("Employees (other than seasonal workers) by farm", "Farm|2023", "Oak|13", "Elm|20")
LIMITS = table(
    "Statutory limits and internal alert values (mg/l)", "Parameter|Limit|Alert", "Lead|5|3",
    "Iron|9|7",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What were the food imports from Chile in 2024?", TRADE),
        ("Which country had the highest total exports?", TRADE),
        ("How many online orders were cancelled in Ulm?", ORDERS),
        ("What was the revenue of Food in 2023?", RESULTS),
        ("What were the costs of Pharma in 2022?", RESULTS),
        ("Which segment had the highest profit in 2023?", RESULTS),
        ("How many trainees did Hull have in 2022?", TRAINEES),
        ("How many women were employed at York in 2023?", STAFF),
        ("What was the VAT of Kiel in 2023?", NET),
        ("How many seasonal workers did Oak have in 2023?", CORE),
    ],
    ids=[
        "one of two",
        "one of two is ranked",
        "what is left out",
        "the first of three",
        "the second of three",
        "the last of three is ranked",
        "by a stroke",
        "as well as",
        "net of",
        "other than",
    ],
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
        ("What is the statutory limit of lead?", LIMITS, "5 mg/l"),
    ],
    ids=[
        "both of two",
        "what is left",
        "in percent",
        "in cubic metres",
        "in euros",
        "where a head tells it",
    ],
)
def test_each_thing_is_told_in_the_unit_that_the_caption_gives_it(
    question: str, text: str, said: str
) -> None:
    assert said in answer(question, text)
