from __future__ import annotations

import re
from decimal import Decimal

import pytest

from loaders.text.scale_words import (
    LETTER_SCALE,
    PERCENT,
    SCALE,
    ledger_marks,
    letter_scale,
    scale_of,
)


@pytest.mark.parametrize(
    ("word", "power"),
    [
        ("million", 6),
        ("Mrd.", 9),
        ("Tsd.", 3),
        ("万", 4),
        ("亿", 8),
        ("k", 3),
        ("ships", 0),
        ("", 0),
    ],
)
def test_a_word_is_a_scale_or_one(word: str, power: int) -> None:
    assert scale_of(word) == Decimal(10) ** power


def test_letters_behind_money_are_scales_and_others_none() -> None:
    assert letter_scale("m") == 10**6
    assert letter_scale(" bn ") == 10**9
    assert letter_scale("kg") is None


def test_a_scale_ends_where_its_word_does() -> None:
    assert re.fullmatch(SCALE, "Million")
    assert re.match(SCALE, "millionaires") is None
    assert re.fullmatch(LETTER_SCALE, "k")
    assert re.match(LETTER_SCALE, "km") is None


def test_percent_is_a_sign_or_a_word() -> None:
    for text in ("%", "per cent", "Prozent", "pct."):
        assert re.fullmatch(PERCENT, text), text
    assert re.match(PERCENT, "percentile") is None


def test_both_sides_of_a_ledger_have_their_marks() -> None:
    marks = ledger_marks()
    assert len(marks) == 2
    one, other = (set(pattern.split("|")) for pattern in marks.values())
    assert not one & other
