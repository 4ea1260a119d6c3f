from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.text.number_formats import fold_digits, has_decimal_comma, readings


@pytest.mark.parametrize(
    ("run", "numbers"),
    [
        ("1204", ["1204"]),
        ("1,234,567", ["1234567"]),
        ("12,34,567", ["1234567"]),
        ("1.234.567,8", ["1234567.8"]),
        ("1,234.5", ["1234.5"]),
        ("12'500.75", ["12500.75"]),
        ("12\u00a0500,75", ["12500.75"]),
        ("97,3", ["97.3"]),
        ("0.125", ["0.125"]),
        ("1,234", ["1234", "1.234"]),
        ("1.234", ["1.234", "1234"]),
    ],
)
def test_a_run_means_these_numbers_the_likeliest_first(run: str, numbers: list[str]) -> None:
    assert readings(run) == tuple(map(Decimal, numbers))


def test_the_texts_own_style_puts_one_first_and_makes_commas_lists() -> None:
    assert readings("1.234", decimal_comma=True)[0] == 1234
    assert readings("1,234", decimal_comma=True)[0] == Decimal("1.234")
    assert readings("97,3", decimal_comma=False) == ()


@pytest.mark.parametrize("run", ["1.2.2024", "12,13,14", "1,23.456.789", "12'5", "1'234'5"])
def test_a_date_or_a_list_is_no_number(run: str) -> None:
    assert readings(run) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("97,3 and 4,25", True),
        ("97.3 and 4.25", False),
        ("1,234 and 1.234", None),
        ("97,3 4.2", None),
    ],
)
def test_a_text_shows_how_it_writes_decimals(text: str, expected: bool | None) -> None:
    assert has_decimal_comma(text) is expected


def test_full_width_digits_are_folded_in_place() -> None:
    assert fold_digits("１２．５％ of A") == "12.5% of A"
