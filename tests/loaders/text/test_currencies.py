from __future__ import annotations

import pytest

from loaders.text.currencies import currency_of, iso_codes
from loaders.text.quantities import parse_quantity


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("$", "USD"),
        ("HK$", "HKD"),
        ("A$", "AUD"),
        ("zł", "PLN"),
        ("kr", "kr"),
        ("SEK", "SEK"),
        ("chf", "CHF"),
        ("US dollars", "USD"),
        ("Schweizer Franken", "CHF"),
        ("人民币", "CNY"),
        ("francs suisses", "CHF"),
        ("apples", ""),
    ],
)
def test_signs_codes_and_names_are_known(word: str, code: str) -> None:
    assert currency_of(word) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SEK 203", "SEK"),
        ("203 NOK", "NOK"),
        ("CHF 1'234.50", "CHF"),
        ("HK$88.1", "HKD"),
        ("4 500,00 zł", "PLN"),
        ("BRL 12", "BRL"),
        ("12 Kč", "CZK"),
    ],
)
def test_a_cell_is_read_in_any_currency(text: str, code: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.currency == code


def test_a_word_in_capitals_is_no_currency() -> None:
    assert parse_quantity("TOP 10") is None
    assert {"EUR", "SEK", "DEM"} <= iso_codes()
    assert not {"XAU", "XXX", "XTS"} & iso_codes()
