"""A table answers only if all that the question says is accounted for, and no label says more."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import (
    BENCHMARK,
    COUNTRIES,
    INCOME,
    KEY_FIGURES,
    PINS,
    REPORT,
    SEGMENTS,
    STOCK,
    table,
)

MARGINS = table(
    "Segments 2024 (SEK million)",
    "Segment|Revenue|Operating profit|Operating margin (%)",
    "Dairy|100|10|10.0",
    "Bakery|50|4|8.0",
)
STAFF = table("Staff", "Segment|Staff|Women", "Dairy|100|10", "Bakery|50|4")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What was operating profit in Poland in 2024?", REPORT),
        ("What was the operating profit of Bakery in 2024?", REPORT),
        ("What was the operating profit of Denmark in 2024?", REPORT),
        ("What was revenue in Finland in 2023?", REPORT),
        ("What was total debt in 2024?", [KEY_FIGURES]),
        ("What was debt in 2024?", [KEY_FIGURES]),
        ("What was operating cash flow in 2024?", [KEY_FIGURES]),
        ("What was the operating margin in 2024?", [SEGMENTS]),
        ("What was net profit in 2024?", [KEY_FIGURES]),
        ("What was gross revenue in 2024?", [KEY_FIGURES]),
        ("What was revenue in 2022?", [KEY_FIGURES]),
        ("What was revenue in the first quarter of 2024?", [KEY_FIGURES]),
        ("What were earnings per share in 2025?", [INCOME]),
        ("What were basic earnings per share in 2025?", [INCOME]),
        ("What is the average supply voltage?", [PINS]),
        ("What percentage of women work at Dairy?", [STAFF]),
        ("What is the share of women at Dairy?", [STAFF]),
        ("What is the score of Lyra-Max on MMLU?", [BENCHMARK]),
        ("What is the MMLU-Lite score of Lyra?", [BENCHMARK]),
        ("Who earned the revenue in 2024?", [KEY_FIGURES]),
    ],
    ids=[
        "the group's figure for a country",
        "the group's figure for a segment",
        "the group's figure for a country of another table",
        "a country that no table has",
        "net for total debt",
        "net for debt",
        "free for operating cash flow",
        "an amount for a margin",
        "operating for net profit",
        "a measure that is gross",
        "another year",
        "a year for its quarter",
        "a label with a qualifier",
        "a label with another qualifier",
        "typical for average",
        "an amount for a percentage",
        "an amount for a share",
        "another variant of a row",
        "another variant of a column",
        "an amount for a person",
    ],
)
def test_what_is_not_accounted_for_is_refused(question: str, texts: list[str]) -> None:
    assert answer(question, *texts) == ""


@pytest.mark.parametrize(
    ("question", "texts", "value"),
    [
        ("What was the revenue of Bakery in 2024?", REPORT, "€84.5 million"),
        ("What was revenue in Denmark in 2023?", REPORT, "€41.0 million"),
        ("What was the revenue of the group in 2024?", REPORT, "€215.5 million"),
        ("What was net debt in 2023?", REPORT, "€88.0 million"),
        ("What was free cash flow in 2024?", REPORT, "€15.2 million"),
        ("What was the operating margin of Bakery in 2024?", [MARGINS], "8.0%"),
        ("What was the operating profit of Bakery in 2024?", [MARGINS], "SEK 4 million"),
        ("What were diluted earnings per share in 2025?", [INCOME], "12.9 pence"),
        ("What was the dividend per share in 2025?", [INCOME], "4.5 pence"),
        ("What is the minimum supply voltage?", [PINS], "2.7 V"),
        ("What is the typical supply voltage?", [PINS], "3.3 V"),
        ("What is the maximum supply current?", [PINS], "4.8 mA"),
        ("What is the typical start-up time?", [PINS], "12 ms"),
        ("What is the MMLU score of Lyra?", [BENCHMARK], "82.0"),
        ("What is the MMLU-Pro score of Lyra?", [BENCHMARK], "64.8"),
        ("What does Lyra-Mini score on MMLU-Redux?", [BENCHMARK], "66.6"),
        ("What does Lyra Mini score on MMLU Pro?", [BENCHMARK], "50.5"),
        ("How many employees did the group have in 2024?", [COUNTRIES, KEY_FIGURES], "1,260"),
    ],
    ids=[
        "a segment",
        "a country",
        "the group",
        "net debt",
        "free cash flow with a footnote mark",
        "a margin that is printed",
        "an amount beside its margin",
        "a qualifier that is said",
        "pence, not the table's millions",
        "Min",
        "Typ",
        "Max",
        "a unit of its row",
        "a name that another begins with",
        "a hyphenated name",
        "two hyphenated names",
        "a hyphenated name typed apart",
        "a synonym of its row",
    ],
)
def test_what_is_accounted_for_is_claimed(question: str, texts: list[str], value: str) -> None:
    assert value in answer(question, *texts)


LOANS = table("Loans (EUR million)", "|2024", "Drawn|70", "Not drawn|30")
GOODS = table("goods", "Item|Status", "Saw|sold", "Nail|not sold", "Glue|sold")


@pytest.mark.parametrize(
    ("question", "text", "said", "unsaid"),
    [
        ("What was drawn in 2024?", LOANS, "€70 million", "30"),
        ("What was not drawn in 2024?", LOANS, "€30 million", "70"),
        ("Which items are sold?", GOODS, "Saw", "Nail"),
        ("Which items are not sold?", GOODS, "Nail", "Saw"),
        ("How many items are not sold?", GOODS, "1", "2"),
        ("Which items are not out of stock?", STOCK, "", "Saw"),
        ("How many items are not out of stock?", STOCK, "", "2"),
        ("Which items are not cheap?", STOCK, "", "Saw"),
    ],
)
def test_what_is_denied_is_another_thing(question: str, text: str, said: str, unsaid: str) -> None:
    found = answer(question, text)
    assert said in found
    assert bool(found) == bool(said)
    assert unsaid not in found


TOWN = table("Spending (EUR thousand)", "Department|2023 Actual|2025 Budget", "Police|70|90")
PARCELS = table(
    "Parcel prices (EUR)",
    "Weight up to (kg)|Zone 1|Zone 2",
    "1|4.90|7.20",
    "5|6.80|10.40",
    "10|9.10|14.60",
)


def test_what_a_column_says_of_another_year_is_not_said_around_it() -> None:
    assert answer("What was the budget of the police in 2023?", f"# Budget\n{TOWN}") == ""
    assert "90" in answer("What is the budget of the police in 2025?", f"# Budget\n{TOWN}")


def test_a_number_belongs_to_the_label_that_says_more_with_it() -> None:
    assert "€9.10" in answer("What is the price for a weight of 10 in zone 1?", PARCELS)
    said = answer("How much more does a 10 kg parcel cost in zone 2 than in zone 1?", PARCELS)
    assert "14.60 - 9.10 = €5.5" in said


def test_a_row_that_says_what_is_asked_and_more_is_asked_for_too() -> None:
    locks = table("Interlocks", "No.|Trigger|Action", "I-3|High|Stop all feeds, open vent",
                  "I-4|Low|Stop agitator", "I-5|Trip|Stop all feeds")  # fmt: skip
    assert answer("Which interlocks stop all feeds?", locks) == ""
    assert "Low" in answer("What is the trigger of stop agitator?", locks)
