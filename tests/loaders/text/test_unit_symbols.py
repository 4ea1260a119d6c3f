from __future__ import annotations

import pytest

from loaders.text.unit_symbols import multiple_signs, shown_unit, unit_words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hektolitern", "hl"),
        ("mL", "ml"),
        ("uA", "µA"),
        ("\u03bcA", "µA"),
        ("kOhm", "kΩ"),
        ("m3", "m³"),
        ("m^3", "m³"),
        ("kg / m3", "kg/m³"),
        ("N*m", "N*m"),
        ("N·m", "Nm"),
        ("kNm", "kNm"),
        ("dB (A)", "dB(A)"),
        ("L / 100 km", "l/100 km"),
        ("CFU/100 mL", "CFU/100 ml"),
        ("MWh", "MWh"),
        ("percent", "%"),
        ("Prozent", "%"),
    ],
)
def test_units_are_shown_in_one_way(text: str, shown: str) -> None:
    assert shown_unit(text) == shown


@pytest.mark.parametrize("text", ["", "ships", "Umsatz", "kgs of", "3"])
def test_what_is_no_unit_is_shown_as_none(text: str) -> None:
    assert shown_unit(text) == ""


def test_words_for_units_are_in_lower_case_and_name_symbols() -> None:
    assert all(word == word.lower() and unit for word, unit in unit_words().items())


def test_a_sign_behind_a_number_makes_it_a_multiple() -> None:
    assert "x" in multiple_signs()
