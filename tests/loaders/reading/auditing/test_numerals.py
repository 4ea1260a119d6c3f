from __future__ import annotations

import pytest

from loaders.reading.auditing.numerals import comparable, count_words, numerals, plain_digits


def forms(text: str) -> list[str]:
    return [one.form for one in numerals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234,567 of 12'500 and .5", ["1234567", "12500", "0.5"]),
        ("R1, o1 and 4o", ["1", "1", "4"]),
        ("1,2,3", ["1", "2", "3"]),
        ("498² and H₂O", ["498", "2", "2"]),
        ("١٢٣ and １２", ["123", "12"]),
        ("1.5.2024", ["1.5.2024"]),
        ("3,14", ["3,14"]),
        ("none", []),
    ],
)
def test_numbers_are_found_anywhere_and_compared_without_their_dress(
    text: str, expected: list[str]
) -> None:
    assert forms(text) == expected


def test_a_number_is_kept_as_it_was_written() -> None:
    assert [one.written for one in numerals("EUR 1,234.50")] == ["1,234.50"]
    assert comparable("1,234.50") == "1234.50"
    assert comparable("1,23") == "1,23"


def test_raised_digits_are_set_apart_from_the_number_before() -> None:
    assert plain_digits("498²").split() == ["498", "2"]


def test_counts_in_words_begin_with_three() -> None:
    assert [(one.written, one.form) for one in count_words("One of Seven ships, zwölf crews")] == [
        ("Seven", "7"),
        ("zwölf", "12"),
    ]
