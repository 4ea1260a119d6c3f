from __future__ import annotations

from decimal import Decimal

import pytest

from graph.table_qa.aggregates import Item
from graph.table_qa.arithmetic import Operand, Operation, compute, rounded
from graph.table_qa.formula import evaluate
from graph.table_qa.measure import MeasuredValue


def result(operation: Operation, *values: str, decimals: int | None = None) -> str:
    found = compute(operation, [Operand(Decimal(value), 1) for value in values], decimals)
    return f"{found.expression} = {found.text}" if found else ""


@pytest.mark.parametrize(
    ("operation", "values", "expected"),
    [
        ("difference", ("97.3", "96.4"), "97.3 - 96.4 = 0.9"),
        ("difference", ("0.3", "0.1"), "0.3 - 0.1 = 0.2"),
        ("difference", ("5", "-3"), "5 - (-3) = 8"),
        ("change", ("100", "80"), "80 - 100 = -20"),
        ("percent_change", ("-50", "25"), "(25 - (-50)) / |-50| × 100 = 150"),
        ("percent_change", ("1580", "1942"), "(1942 - 1580) / 1580 × 100 = 22.91"),
        ("sum", ("1.5", "2.50"), "1.5 + 2.50 = 4"),
        ("average", ("90.8", "92.9", "84.0"), "(90.8 + 92.9 + 84.0) / 3 = 89.2"),
        ("average", ("236", "249"), "(236 + 249) / 2 = 242.5"),
        ("ratio", ("1", "3"), "1 / 3 = 0.3333"),
        ("share", ("1", "8"), "1 / 8 × 100 = 12.5"),
    ],
)
def test_results_are_exact_and_shown(
    operation: Operation, values: tuple[str, ...], expected: str
) -> None:
    assert result(operation, *values) == expected


def test_a_result_is_rounded_as_asked() -> None:
    assert result("ratio", "2", "3", decimals=2) == "2 / 3 = 0.67"
    assert result("sum", "1", "2", decimals=2) == "1 + 2 = 3.00"


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        ("ratio", ("1", "0")),
        ("share", ("1", "0")),
        ("percent_change", ("0", "5")),
        ("difference", ("1",)),
        ("sum", ()),
    ],
)
def test_what_has_no_result_gives_none(operation: Operation, values: tuple[str, ...]) -> None:
    assert result(operation, *values) == ""


@pytest.mark.parametrize("power", [27, 28, 29, 40, 60])
def test_large_values_are_subtracted_to_their_last_digit(power: int) -> None:
    whole = f"1{'0' * (power - 1)}7"
    more, less = Decimal(f"{whole}.25"), Decimal("0.25")
    result = compute("difference", [Operand(more, 1), Operand(less, 2)])
    assert result is not None
    assert result.text == whole
    found = evaluate("a - b", {"a": [Item(MeasuredValue(more))], "b": [Item(MeasuredValue(less))]})
    assert found.measure is not None
    assert rounded(found.measure.value, 0) == Decimal(whole)
