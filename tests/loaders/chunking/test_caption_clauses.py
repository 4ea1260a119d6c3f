"""What each part of a caption is counted in, where it names several things."""

from __future__ import annotations

import pytest

from loaders.chunking.caption_clauses import clauses_of
from loaders.chunking.table import Table


def told(line: str, head: str) -> list[str]:
    """The units of the clauses that name a head; `*` for those that name nothing."""
    found = [one for one in clauses_of(line) if one.names(head) or (head == "*" and one.is_of_all)]
    return [one.measure.unit or one.measure.currency for one in found]


@pytest.mark.parametrize(
    ("line", "head", "units"),
    [
        ("error in %; latency in ms", "Latency", ["ms"]),
        ("temperature (°C) and humidity (%)", "Humidity", ["%"]),
        ("temperature (°C) and humidity (%)", "Wind", []),
        ("Ladezeit in min, Reichweite in km", "Reichweite", ["km"]),
        ("mg/kg (TBT in µg/kg)", "TBT", ["µg/kg"]),
        ("mg/kg (TBT in µg/kg)", "*", ["mg/kg"]),
        ("Samples of the day. Moisture is in %.", "Moisture", ["%"]),
        ("Samples of the day. Moisture is in %.", "Ash", []),
    ],
)
def test_a_clause_gives_its_unit_to_what_it_names(line: str, head: str, units: list[str]) -> None:
    assert told(line, head) == units


@pytest.mark.parametrize(
    "line",
    [
        "Net sales in EUR, in thousands",
        "Figures of each division in the year (CHF million)",
        "Lengths in mm and widths in mm",
        "",
    ],
    ids=["one amount", "a span of time", "one unit twice", "nothing"],
)
def test_a_caption_of_one_unit_has_no_clauses(line: str) -> None:
    assert clauses_of(line) == []


CLIMATE = "Climate of Lund: temperature (°C), rainfall (mm) and humidity (%)"
TYRES = "Tyres: width in mm, rim in inches, load in kg"
NOISE = "Noise levels (dB) and traffic (vehicles per day)"
PATIENTS = "Patients' weight (kg), height (cm) and blood pressure (mmHg)"
LOANS = "Loans (EUR million, unless stated otherwise; rates in %)"
FOOD = "Per 100 g (energy in kcal; all others in g)"
WATER = "Concentrations in mg/l, conductivity in µS/cm"
FIGURES = "Key figures (in EUR million; employees in thousands)"


@pytest.mark.parametrize(
    ("caption", "heads", "units"),
    [
        (CLIMATE, ["Mean temperature", "Humidity", "Sunshine"], ["°C", "%", ""]),
        (TYRES, ["Width", "Rim", "Load", "Price"], ["mm", "", "kg", ""]),
        (NOISE, ["Day", "Night", "Traffic"], ["dB", "dB", ""]),
        (PATIENTS, ["Weight", "Systolic", "Height", "Age"], ["kg", "", "cm", ""]),
        (LOANS, ["Loans", "Deposits", "Lending rate"], ["EUR", "EUR", "%"]),
        (FOOD, ["Energy", "Fat", "Price"], ["kcal", "g", ""]),
        (WATER, ["Nitrate", "Conductivity", "pH"], ["mg/l", "µS/cm", ""]),
        (FIGURES, ["Revenue", "Employees"], ["EUR", "1000"]),
    ],
)
def test_columns_are_in_the_unit_of_the_clause_that_is_about_them(
    caption: str, heads: list[str], units: list[str]
) -> None:
    rows = [["", *heads], ["A", *("12" for _ in heads)], ["B", *("31" for _ in heads)]]
    table = Table.from_rows(rows, caption=caption)
    told = [one for cell in table.cells() if cell.row == 1 and (one := cell.quantity)]
    scales = [str(one.scale) if one.scale == 1000 else "" for one in told]
    assert [
        one.currency or one.unit or scale for one, scale in zip(told, scales, strict=True)
    ] == units
