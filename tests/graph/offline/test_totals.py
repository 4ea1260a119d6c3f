"""Which rows add up others, which are one of a kind, and of which nobody can tell."""

from __future__ import annotations

import pytest

from graph.offline.table_view import views_of
from graph.offline.totals import Totals
from tests.passages import answer, evidence
from tests.reports import table

ROOMS = table("Rooms", "Room|Chairs|Tables", "Red|10|4", "Blue|20|6", "Hall|30|10")
CLUB = table(
    "Members by section", "Section|Members|of whom juniors", "Football|312|140", "Tennis|128|47",
    "Chess|30|12", "Club|470|199", "Previous year|430|180",
)  # fmt: skip
FARMS = table(
    "Milk yield per farm", "Farm|Cows|Yield per cow (kg)", "Aas|40|8,200", "Bjerg|60|7,900",
    "Dal|25|8,800", "Cooperative|125|8,176",
)  # fmt: skip
FUND = table(
    "Income of the fund (CHF thousand)", "Source|2023|2024", "Dividends|41|44", "Interest|10|12",
    "Gross income|51|56", "Fees|(5)|(6)", "Net income|46|50",
)  # fmt: skip
RAIN = table(
    "Rain by station, 2024", "Station|Rain (mm)|Rainy days", "Aberlee|820|142", "Bexton|640|110",
    "Corrie|1,220|190", "Year 2024|893|147",
)  # fmt: skip
ENDPOINTS = table(
    "Outcomes at week 12", "Outcome|Placebo|Verum", "Pain|", "Change from baseline|-1.1|-2.4",
    "Responders (%)|22|41", "Sleep|", "Change from baseline|-0.3|-0.9", "Responders (%)|30|33",
)  # fmt: skip


def sums_of(text: str) -> Totals:
    [view] = views_of(evidence("?", text).sources)
    return view.sums


def labels(text: str, kind: str) -> list[str]:
    found = sums_of(text)
    kept = {row.index for row in found.members} if kind == "members" else getattr(found, kind)
    return [row.label for row in found.headings if row.index in kept]


@pytest.mark.parametrize(
    ("text", "totals", "doubted"),
    [
        (ROOMS, [], ["Hall"]),
        (CLUB, [], ["Club", "Previous year"]),
        (FARMS, [], ["Cooperative"]),
        (FUND, [], ["Gross income", "Fees", "Net income"]),
        (table("Members", "Section|2024", "Chess|1,312", "Go|1,128", "Club|2,440"), ["Club"], []),
        (table("Staff", "Site|2024", "Ulm|7", "Jena|5", "All sites|12"), ["All sites"], []),
        (table("Staff", "Site|2024", "Total|12", "Ulm|7", "Jena|5"), ["Total"], []),
        (table("Staff", "Site|2024", "Ulm|7", "Jena|5", "Total|12", "Guests|3"), ["Total"],
         ["Guests"]),
        (table("Staff", "Month|2024", "January|7", "February|5", "March|12"), [], []),
        (table("Staff", "Hall|2024", "Hall 1|7", "Hall 2|5", "Hall 3|12"), [], []),
    ],
    ids=[
        "few digits", "with what follows", "in one column", "inside a statement", "many digits",
        "of all", "above its parts", "below a total", "months",
        "numbered",
    ],
)  # fmt: skip
def test_a_sum_by_chance_is_doubted(text: str, totals: list[str], doubted: list[str]) -> None:
    assert labels(text, "rows") == totals
    assert labels(text, "doubted") == doubted


@pytest.mark.parametrize(
    ("heads", "totals"),
    [
        ("Jan|Feb|Mar|Q1", ["Q1"]),
        ("Q1|Q2|Q3|Year", ["Year"]),
        ("Q1|Q2|Q3|Q4", []),
        ("2021|2022|2023|2024", []),
        ("North|South|East|West", []),
    ],
)
def test_a_longer_time_adds_up_the_shorter(heads: str, totals: list[str]) -> None:
    found = sums_of(table("Sales", f"Shop|{heads}", "Hill|10|20|30|60", "Dale|5|5|5|15"))
    assert [one.label for one in found.heads if one.index in found.columns] == totals


def test_a_year_among_stations_is_none_of_them() -> None:
    assert labels(RAIN, "members") == ["Aberlee", "Bexton", "Corrie"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many rooms are there?", ROOMS),
        ("Which room has the most chairs?", ROOMS),
        ("Which rooms have fewer than 40 chairs?", ROOMS),
        ("What is the average number of chairs?", ROOMS),
        ("What is the total number of chairs?", ROOMS),
        ("How many sections are there?", CLUB),
        ("Which section has the most juniors?", CLUB),
        ("How many farms have more than 30 cows?", FARMS),
        ("How many sources are there?", FUND),
        ("What was the total rain in 2024?", RAIN),
        ("How many outcomes are there?", ENDPOINTS),
    ],
)
def test_what_may_be_a_total_is_neither_counted_nor_left_out(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Which room has the fewest chairs?", ROOMS, "Red"),
        ("How many rooms have fewer than 15 chairs?", ROOMS, "1"),
        ("How many chairs are in the hall?", ROOMS, "30"),
        ("How many members does the tennis section have?", CLUB, "128"),
        ("How many stations had more than 120 rainy days?", RAIN, "2"),
    ],
)
def test_where_the_doubt_does_not_matter_it_is_answered(
    question: str, text: str, said: str
) -> None:
    assert said in answer(question, text)
