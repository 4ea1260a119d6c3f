from __future__ import annotations

from decimal import Decimal

import pytest

from graph.table_qa.aggregates import Item
from graph.table_qa.arithmetic import rounded, written
from graph.table_qa.formula import evaluate
from graph.table_qa.measure import MeasuredValue


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.50", 2, "2.5"), ("-0.001", 2, "0")],
)
def test_numbers_are_rounded_as_people_do(value: str, decimals: int, expected: str) -> None:
    assert written(rounded(Decimal(value), decimals)) == expected


@pytest.mark.parametrize("power", [27, 28, 29, 40, 60])
def test_large_values_are_subtracted_to_their_last_digit(power: int) -> None:
    whole = f"1{'0' * (power - 1)}7"
    more, less = Decimal(f"{whole}.25"), Decimal("0.25")
    found = evaluate("a - b", {"a": [Item(MeasuredValue(more))], "b": [Item(MeasuredValue(less))]})
    assert found.measure is not None
    assert rounded(found.measure.value, 0) == Decimal(whole)
