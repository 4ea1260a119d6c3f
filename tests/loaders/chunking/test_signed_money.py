"""Whose sign stands in few rows only."""

from __future__ import annotations

import pytest

from loaders.chunking.signed_money import SignedMoney
from loaders.text.quantities import Quantity, parse_quantity


def signed(*column: str) -> list[bool]:
    """Which cells of a column are told in dollars."""
    found: list[tuple[tuple[int, int], Quantity]] = []
    for row, text in enumerate(column):
        quantity = parse_quantity(text)
        assert quantity is not None
        found.append(((row, 1), quantity))
    money = SignedMoney.read(found, [(), ("2024",)])
    return [money.told(one, place, "").currency == "USD" for place, one in found]


@pytest.mark.parametrize(
    ("column", "is_told"),
    [
        (["$ 171.3", "118.6", "64.3", "(8.5)", "$ 345.7"], [True] * 5),  # a sum, a loss in it
        (["$ 354.2", "219.7", "134.5"], [True] * 3),  # what is left of the first
        (["$ 3.0", "4.0", "7.0", "2.5", "4.5"], [True] * 5),  # by way of another sum
        (["$ 84,801", "2,310", "$ 45,122"], [True, False, True]),
        (["$ 312.4", "41.8", "354.2", "97.3"], [True, True, True, False]),
        (["312.4", "41.8", "354.2"], [False] * 3),
        (["$ 5.0", "0", "5.0"], [True, False, False]),  # one value again is no sum
    ],
)
def test_what_is_added_up_with_dollars_is_dollars(column: list[str], is_told: list[bool]) -> None:
    assert signed(*column) == is_told


def test_figures_per_share_are_in_the_one_currency_of_their_table() -> None:
    cells = [((0, 1), parse_quantity("$ 28.3")), ((1, 1), parse_quantity("0.32"))]
    found = [(place, one) for place, one in cells if one]
    money = SignedMoney.read(found, [(), ("2024",), ("2023",), ("Staff",)])
    eps = found[1][1]
    assert money.told(eps, (1, 1), "per_share").currency == "USD"
    assert money.told(eps, (1, 2), "per_share").currency == "USD"
    assert money.told(eps, (1, 3), "per_share").currency == ""
    assert money.told(eps, (1, 1), "count").currency == ""
