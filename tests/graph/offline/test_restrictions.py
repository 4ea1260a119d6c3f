"""A title that measures a part, a rate or a growth tells nothing of the whole."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

WOMEN = table(
    "Female employees by division", "Division|2023|2024", "Research|322|340", "Sales|152|158"
)
GOODS = table(
    "Exports of machinery by destination (EUR million)", "Destination|2023|2024", "China|395|372",
    "Poland|228|231",
)  # fmt: skip
HEADS = table(
    "GDP per capita (USD)", "Country|2022|2023", "Latvia|21,900|23,200", "Malta|31,000|33,400"
)
QUARTER = table(
    "Revenue in the fourth quarter (EUR million)", "Segment|2023|2024", "Tools|61.2|64.8",
    "Home|35.5|37.0",
)  # fmt: skip
MONTHS = table(
    "Passengers, January to September (thousand)", "Traffic|2023|2024", "Domestic|812|790",
    "European|3,940|4,210",
)  # fmt: skip
GROWTH = table(
    "Growth in sales by region, in %", "Region|2023|2024", "Europe|2.8|1.9", "Asia|3.4|7.8"
)
SHARES = table(
    "Share of renewable energy in consumption (%)", "Country|2021|2022", "Austria|34.8|33.8",
    "Latvia|42.1|43.3",
)  # fmt: skip
NORMALS = table(
    "Climate of Port Ellery (1991–2020)",
    "Month|Rainfall (mm)|Rain days",
    "January|82|15",
    "July|58|10",
)
PER_HEAD = table(
    "Wasserverbrauch je Einwohner und Tag (Liter)",
    "Ort|2022|2023",
    "Altheim|131|127",
    "Celle|130|129",
)
DEPOT = table(
    "Deliveries of the depot", "Delivery|Parcels|Letters", "Morning|412|208", "Noon|377|250",
    "Evening|195|341",
)  # fmt: skip
PLANTS = table("Sales by plant (EUR million)", "Plant|2023|2024", "Gent|41|44", "Lodz|62|60")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many employees did Research have in 2024?", WOMEN),
        ("Which division had the most employees in 2024?", WOMEN),
        ("What were exports to China in 2024?", GOODS),
        ("By how much did exports to Poland rise in 2024?", GOODS),
        ("What was the GDP of Latvia in 2023?", HEADS),
        ("What was the revenue of Tools in 2024?", QUARTER),
        ("How many domestic passengers were there in 2024?", MONTHS),
        ("What were sales in Europe in 2024?", GROWTH),
        ("By how much did sales in Europe rise in 2024?", GROWTH),
        ("Which country consumed the most renewable energy in 2022?", SHARES),
        ("What was the rainfall in January 2020?", NORMALS),
        ("Wie hoch war der Wasserverbrauch in Altheim 2023?", PER_HEAD),
    ],
    ids=[
        "some of the people", "some are ranked", "some of the goods", "some are compared",
        "per head", "a quarter", "some months", "a growth", "a growth that changes", "a share",
        "a span of years", "per head and day",
    ],
)  # fmt: skip
def test_a_part_is_not_told_for_the_whole(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("How many female employees did Research have in 2024?", WOMEN, "340"),
        ("What were the exports of machinery to China in 2024?", GOODS, "€372 million"),
        ("What was the GDP per capita of Latvia in 2023?", HEADS, "$23,200"),
        ("What was the revenue of Tools in the fourth quarter of 2024?", QUARTER, "€64.8 million"),
        (
            "What was the share of renewable energy in consumption in Austria in 2022?",
            SHARES,
            "33.8%",
        ),
        ("What were the sales of Gent in 2024?", PLANTS, "€44 million"),
        ("By how much did sales of Lodz fall in 2024?", PLANTS, "€2 million"),
        ("Which delivery has the most parcels?", DEPOT, "Morning is highest at 412"),
    ],
)
def test_who_asks_for_the_part_is_told(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


SHARE_DATA = table(
    "Five-year summary", "|2023|2024", "Revenue (£m)|640.7|655.2", "Basic EPS (p)|26.9|30.2"
)


def test_pence_are_no_pounds() -> None:
    assert "30.2 pence" in answer("What were basic EPS in 2024?", SHARE_DATA)


CARS = table("Electric cars", "Model|Battery (kWh)|Power (kW)", "Volta S|58|150", "Kite E|52|115")
CLIMATE = table("Operating conditions", "Parameter|Min|Max", "Temperature (°C)|-25|85")


def test_what_a_thing_has_is_no_range_of_it() -> None:
    assert answer("What is the range of the Volta S?", CARS) == ""
    assert "-25 °C; Max 85 °C" in answer("What is the temperature range?", CLIMATE)
