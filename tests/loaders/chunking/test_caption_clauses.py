"""What each part of a caption is counted in, where it names several things."""

from __future__ import annotations

import pytest

from loaders.chunking.caption_clauses import clauses_of


def told(line: str, head: str) -> list[str]:
    """The units of the clauses that name a head; `*` for those that name nothing."""
    found = [one for one in clauses_of(line) if one.names(head) or (head == "*" and not one.words)]
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
