from __future__ import annotations

from decimal import Decimal

import pytest

from graph.verification.statements.measures import (
    Said,
    is_other_currency,
    said_of,
    unit_of,
    units_in,
)
from loaders.text.quantities import numbers_in

MILLION = Decimal(10) ** 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("€58.0 million", Said(MILLION, currency="EUR")),
        ("58.0 Mio. €", Said(MILLION, currency="EUR")),
        ("12 m", Said(unit="m")),
        ("45.6%", Said(percent=True)),
        ("45.6 per cent", Said(percent=True)),
        ("34 sites", Said(noun="sites")),
        ("12 kg of rope", Said(unit="kg")),
        ("(512) thousand", Said(Decimal(1000))),
        ("5800 万欧元", Said(Decimal(10000), currency="EUR")),
        ("50", Said()),
    ],
)
def test_what_stands_beside_a_number_is_read(text: str, said: Said) -> None:
    assert said_of(text, numbers_in(text)[0]) == said


def test_a_letter_behind_money_is_a_scale_and_no_length() -> None:
    said = said_of("£12m", numbers_in("£12m")[0])
    assert (said.scale, said.currency, said.unit) == (MILLION, "GBP", "")


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ("EUR", "USD", True),
        ("EUR", "EUR", False),
        ("EUR", "", False),
        ("USD", "CAD", False),
        ("AUD", "CAD", True),
        ("CNY", "¥", False),
        ("CNY", "JPY", True),
    ],
)
def test_a_sign_may_stand_for_several_currencies(mine: str, other: str, expected: bool) -> None:
    assert is_other_currency(mine, other) is expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [("kg", "kg"), ("(MWh)", "MWh"), ("percent", "%"), ("ships", ""), ("employees", ""), ("", "")],
)
def test_people_and_pieces_are_counted_and_have_no_unit(text: str, unit: str) -> None:
    assert unit_of(text) == unit


def test_units_of_a_label_are_words_by_themselves() -> None:
    assert units_in("Output (MWh), weight [kg]") == {"MWh", "kg"}
    assert units_in("Workgroup") == set()
