"""Marks in the labels of a table that are no units."""

from __future__ import annotations

from loaders.chunking.label_marks import marks_in


def test_codes_of_countries_are_marks_and_units_beside_a_code_are_not() -> None:
    sites = [("Kosnica (PL)",), ("Lindehult (SE)",)]
    figures = [("Power (MW)",), ("Staff (VZ)",)]
    assert marks_in(sites, [])
    assert not marks_in(figures, [])
