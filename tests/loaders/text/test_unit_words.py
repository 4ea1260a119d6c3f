"""Unit words that follow one another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.text.unit_words import NOTHING, Measure, measure_at, phrase_at


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("€ million", Measure(scale=Decimal(10**6), currency="EUR")),
        ("thousands of dollars", Measure(scale=Decimal(1000), currency="USD")),
        ("TEUR", Measure(scale=Decimal(1000), currency="EUR")),
        ("EUR per MWh", Measure(currency="EUR", unit="/MWh")),
        ("mg/l", Measure(unit="mg/l")),
        ("kg kg", Measure(unit="kg")),
        ("€ $", Measure(currency="EUR")),
    ],
    ids=["scale", "words", "joined", "price", "rate", "one of a kind", "one currency"],
)
def test_words_make_one_measure(text: str, measure: Measure) -> None:
    assert measure_at(text, 0) == measure


def test_no_unit_word_is_no_phrase() -> None:
    assert phrase_at("Revenue") is None
    assert measure_at("Revenue € million", 0) is None


def test_a_phrase_ends_where_its_words_do() -> None:
    found = phrase_at("paid in € million, unaudited", len("paid in "))
    assert found is not None
    assert (found.end, found.words, found.is_strong) == (len("paid in € million"), 2, True)
    assert found.measure != NOTHING


def test_what_a_scale_does_not_hold_for_is_kept() -> None:
    found = measure_at("€ million, except per share data", 0)
    assert found is not None
    assert found.excepts == "per share data"
