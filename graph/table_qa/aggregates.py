"""What a formula can do with many values: count, add up, put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from graph.table_qa.measure import CalculationError, MeasuredValue, together


@dataclass(frozen=True, slots=True)
class Item:
    """One value that a name stands for; None for a row that is only counted."""

    measure: MeasuredValue | None
    label: str = ""


def single(value: MeasuredValue | Sequence[Item]) -> MeasuredValue:
    """The one value that is meant; items that are equal, as a shared maximum, are one.

    Raises:
        CalculationError: There are several.
    """
    if isinstance(value, MeasuredValue):
        return value
    found = [item.measure for item in value if item.measure is not None]
    if not found or len({one.amount for one in found}) > 1:
        raise CalculationError("a name that stands for many values needs a function such as sum()")
    return found[0]


def added(left: MeasuredValue, right: MeasuredValue) -> MeasuredValue:
    """The sum, counted in the larger of their scales."""
    one, other = together(left, right)
    return replace(one, value=one.value + other.value)


def _values(items: Sequence[Item]) -> list[MeasuredValue]:
    found = [item.measure for item in items if item.measure is not None]
    if not found:
        raise CalculationError("there is no number among these values")
    scale = max(one.unit.scale for one in found)
    for one in found[1:]:
        together(found[0], one)
    return [one if one.is_constant else one.at(scale) for one in found]


def _sum(items: Sequence[Item]) -> MeasuredValue:
    return reduce(added, _values(items))


def _average(items: Sequence[Item]) -> MeasuredValue:
    total = _sum(items)
    return replace(total, value=total.value / len(_values(items)))


def _median(items: Sequence[Item]) -> MeasuredValue:
    ordered = sorted(_values(items), key=lambda one: one.amount)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return replace(low, value=(low.value + high.value) / 2)


def _ordered(items: Sequence[Item], *, falling: bool) -> list[Item]:
    _values(items)
    numbered = [item for item in items if item.measure is not None]
    return sorted(numbered, key=_amount, reverse=falling)


def _amount(item: Item) -> Decimal:
    return item.measure.amount if item.measure else Decimal(0)


def _extreme(items: Sequence[Item], *, falling: bool) -> list[Item]:
    """The first in order, with all that equal it."""
    ordered = _ordered(items, falling=falling)
    return [item for item in ordered if _amount(item) == _amount(ordered[0])]


def _first(count: MeasuredValue, items: Sequence[Item], *, falling: bool) -> list[Item]:
    ordered = _ordered(items, falling=falling)
    number = int(count.value)
    if number < 1:
        raise CalculationError("top and bottom begin with a number from 1")
    last = ordered[:number][-1]
    ties = [item for item in ordered[number:] if _amount(item) == _amount(last)]
    return [*ordered[:number], *ties]


def _rank(one: MeasuredValue, items: Sequence[Item]) -> MeasuredValue:
    """1 for the highest; equal values share a rank."""
    above = sum(_amount(item) > one.amount for item in _ordered(items, falling=True))
    return MeasuredValue(Decimal(above + 1))


def _absolute(items: Sequence[Item]) -> MeasuredValue:
    [value] = _values(items)[:1]
    return replace(value, value=abs(value.value))


AGGREGATES: dict[str, Callable[[Sequence[Item]], MeasuredValue | list[Item]]] = {
    "count": lambda items: MeasuredValue(Decimal(len(items))),
    "sum": _sum,
    "average": _average,
    "median": _median,
    "min": lambda items: _extreme(items, falling=False),
    "max": lambda items: _extreme(items, falling=True),
    "abs": _absolute,
}
ORDERINGS: dict[str, Callable[[MeasuredValue, Sequence[Item]], MeasuredValue | list[Item]]] = {
    "top": lambda count, items: _first(count, items, falling=True),
    "bottom": lambda count, items: _first(count, items, falling=False),
    "rank": _rank,
}
