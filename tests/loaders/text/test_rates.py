from __future__ import annotations

import pytest

from loaders.text.rates import rates_in


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("What is the monthly fee?", ["month"]),
        ("What does it cost a year?", ["year"]),
        ("Interest of 4% p.a.", ["year"]),
        ("Grundpreis im Jahr", ["year"]),
        ("der monatliche Grundpreis", ["month"]),
        ("salario mensual al día", ["month", "d"]),
        ("le loyer mensuel", ["month"]),
        ("每月费用", ["month"]),
        ("Umsatz im Jahr 2024", []),
        ("Umsatz im Monat Mai", []),
        ("a semi-annual report", []),
        ("per month", []),
    ],
)
def test_what_is_per_a_time_is_told(text: str, units: list[str]) -> None:
    assert [unit for unit, _, _ in rates_in(text)] == units


def test_the_places_are_those_of_the_text() -> None:
    text = "Wie hoch ist die jährliche Gebühr für Größe 4?"
    [(unit, start, end)] = rates_in(text)
    assert (unit, text[start:end]) == ("year", "jährliche")
