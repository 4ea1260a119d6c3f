"""What a formula can do with many values: count, add up, put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from graph.table_qa.measure import CalculationError, Measure, together


@dataclass(frozen=True, slots=True)
class Item:
    """One value that a name stands for; None for a row that is only counted."""

    measure: Measure | None
    label: str = ""


def single(value: Measure | Sequence[Item]) -> Measure:
    """The one value that is meant; items that are equal, as a shared maximum, are one.

    Raises:
        CalculationError: There are several.
    """
    if isinstance(value, Measure):
        return value
    found = [item.measure for item in value if item.measure is not None]
    if not found or len({one.amount for one in found}) > 1:
        raise CalculationError("a name that stands for many values needs a function such as sum()")
    return found[0]


def added(left: Measure, right: Measure) -> Measure:
    """The sum, counted in the larger of their scales."""
    one, other = together(left, right)
    return replace(one, value=one.value + other.value)


def _measures(items: Sequence[Item]) -> list[Measure]:
    found = [item.measure for item in items if item.measure is not None]
    if not found:
        raise CalculationError("there is no number among these values")
    scale = max(one.unit.scale for one in found)
    for one in found[1:]:
        together(found[0], one)
    return [one if one.is_constant else one.at(scale) for one in found]


def _sum(items: Sequence[Item]) -> Measure:
    return reduce(added, _measures(items))


def _average(items: Sequence[Item]) -> Measure:
    total = _sum(items)
    return replace(total, value=total.value / len(_measures(items)))


def _median(items: Sequence[Item]) -> Measure:
    ordered = sorted(_measures(items), key=lambda one: one.amount)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return replace(low, value=(low.value + high.value) / 2)


def _count(items: Sequence[Item]) -> Measure:
    return Measure(Decimal(len(items)))


def _ordered(items: Sequence[Item], *, falling: bool) -> list[Item]:
    _measures(items)
    numbered = [item for item in items if item.measure is not None]
    return sorted(numbered, key=_amount, reverse=falling)


def _amount(item: Item) -> Decimal:
    return item.measure.amount if item.measure else Decimal(0)


def _extreme(items: Sequence[Item], *, falling: bool) -> list[Item]:
    """The first in order, with all that equal it."""
    ordered = _ordered(items, falling=falling)
    return [item for item in ordered if _amount(item) == _amount(ordered[0])]


def _first(count: Measure, items: Sequence[Item], *, falling: bool) -> list[Item]:
    ordered = _ordered(items, falling=falling)
    number = int(count.value)
    if number < 1:
        raise CalculationError("top and bottom begin with a number from 1")
    last = ordered[:number][-1]
    ties = [item for item in ordered[number:] if _amount(item) == _amount(last)]
    return [*ordered[:number], *ties]


def _rank(one: Measure, items: Sequence[Item]) -> Measure:
    """1 for the highest; equal values share a rank."""
    above = sum(_amount(item) > one.amount for item in _ordered(items, falling=True))
    return Measure(Decimal(above + 1))


def _absolute(items: Sequence[Item]) -> Measure:
    [value] = _measures(items)[:1]
    return replace(value, value=abs(value.value))


AGGREGATES: dict[str, Callable[[Sequence[Item]], Measure | list[Item]]] = {
    "count": _count,
    "sum": _sum,
    "average": _average,
    "median": _median,
    "min": lambda items: _extreme(items, falling=False),
    "max": lambda items: _extreme(items, falling=True),
    "abs": _absolute,
}
ORDERINGS: dict[str, Callable[[Measure, Sequence[Item]], Measure | list[Item]]] = {
    "top": lambda count, items: _first(count, items, falling=True),
    "bottom": lambda count, items: _first(count, items, falling=False),
    "rank": _rank,
}
