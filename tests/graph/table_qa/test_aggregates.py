from __future__ import annotations

from decimal import Decimal

import pytest

from graph.table_qa.aggregates import AGGREGATES, ORDERINGS, Item, added, single
from graph.table_qa.measure import CalculationError, MeasuredValue, Unit

THOUSAND = Decimal(1000)
ITEMS = [
    Item(MeasuredValue(Decimal(number), Unit("EUR", scale=Decimal(scale))), label)
    for number, scale, label in ((2, 1000, "a"), (500, 1, "b"), (2, 1000, "c"), (-1, 1000, "d"))
]
UNCOUNTED = Item(None, "e")


def names(found: MeasuredValue | list[Item]) -> list[str]:
    assert isinstance(found, list)
    return [item.label for item in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("sum", 3500), ("average", 875), ("median", 1250), ("count", 5), ("abs", 2000)],
)
def test_many_values_become_one_whatever_their_scales(name: str, expected: int) -> None:
    items = [*ITEMS, UNCOUNTED] if name == "count" else ITEMS
    found = AGGREGATES[name](items)
    assert isinstance(found, MeasuredValue)
    assert found.amount == expected


def test_the_highest_and_lowest_come_with_all_that_equal_them() -> None:
    assert names(AGGREGATES["max"](ITEMS)) == ["a", "c"]
    assert names(AGGREGATES["min"](ITEMS)) == ["d"]


def test_the_first_in_order_come_with_ties_of_the_last() -> None:
    count = MeasuredValue(Decimal(1), is_constant=True)
    assert names(ORDERINGS["top"](count, ITEMS)) == ["a", "c"]
    assert names(ORDERINGS["bottom"](count, ITEMS)) == ["d"]
    with pytest.raises(CalculationError, match="from 1"):
        ORDERINGS["top"](MeasuredValue(Decimal(0)), ITEMS)


def test_equal_values_share_a_rank() -> None:
    ranks = [ORDERINGS["rank"](item.measure, ITEMS) for item in ITEMS if item.measure]
    assert [one.value for one in ranks if isinstance(one, MeasuredValue)] == [1, 3, 1, 4]


def test_one_value_is_meant_where_all_are_equal() -> None:
    assert single([ITEMS[0], ITEMS[2]]).amount == 2000
    with pytest.raises(CalculationError, match="many values"):
        single(ITEMS)
    with pytest.raises(CalculationError, match="many values"):
        single([UNCOUNTED])


def test_without_a_number_there_is_no_sum() -> None:
    with pytest.raises(CalculationError, match="no number"):
        AGGREGATES["sum"]([UNCOUNTED])


def test_a_sum_is_counted_in_the_larger_scale() -> None:
    assert ITEMS[0].measure is not None
    assert ITEMS[1].measure is not None
    total = added(ITEMS[1].measure, ITEMS[0].measure)
    assert (total.value, total.unit.scale) == (Decimal("2.5"), THOUSAND)
