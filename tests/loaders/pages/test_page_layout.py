from __future__ import annotations

import pytest

from loaders.pages.page_layout import Rule, margin_word


@pytest.mark.parametrize(
    ("one", "other"), [("7", "8"), ("Page7", "page8"), ("xii", "IV"), ("Report", "REPORT")]
)
def test_running_heads_of_two_pages_are_alike_but_for_their_numbers(one: str, other: str) -> None:
    assert margin_word(one) == margin_word(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024", "2025"),
        ("Report", "Reports"),
        ("mild", "civil"),
        ("1,268", "3,884"),
        ("9.5", "9.7"),
    ],
)
def test_years_words_and_amounts_differ(one: str, other: str) -> None:
    assert margin_word(one) != margin_word(other)


def test_a_rule_is_horizontal_if_it_is_wider_than_high() -> None:
    assert Rule((0, 5, 10, 6)).horizontal
    assert not Rule((5, 0, 6, 10)).horizontal
