"""A value with its unit: what may be added to what, and what scale and currency a result has."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from loaders.text.quantities import Quantity
from loaders.text.units import currency_in, percent_in, scale_in, scale_of

ONE = Decimal(1)
_WORD = re.compile(r"[^\W\d_]{2,}\.?")
_SCALE_WORDS = {
    Decimal(10) ** 3: "thousand",
    Decimal(10) ** 4: "万",
    Decimal(10) ** 6: "million",
    Decimal(10) ** 8: "亿",
    Decimal(10) ** 9: "billion",
    Decimal(10) ** 12: "trillion",
}


class CalculationError(Exception):
    """A calculation that cannot be done; the message says why, to the model that named it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value counts; empty where its source does not say."""

    currency: str = ""
    name: str = ""
    percent: bool = False
    scale: Decimal = ONE

    @property
    def is_said(self) -> bool:
        """Whether a value without a scale is known to have none."""
        return bool(self.currency or self.name or self.percent or self.scale != ONE)

    def __str__(self) -> str:
        if self.percent:
            return "%"
        words = [_SCALE_WORDS.get(self.scale, "" if self.scale == ONE else f"×{self.scale:f}")]
        return " ".join(filter(None, [*words, self.currency or self.name]))


@dataclass(frozen=True, slots=True)
class Measure:
    """A value as it is printed, and its unit; a constant of a formula fits every unit."""

    value: Decimal
    unit: Unit = Unit()
    is_constant: bool = False

    @property
    def amount(self) -> Decimal:
        return self.value * self.unit.scale

    def at(self, scale: Decimal) -> Measure:
        """The same amount, counted in another scale."""
        return replace(self, value=self.amount / scale, unit=replace(self.unit, scale=scale))


def unit_of(quantity: Quantity) -> Unit:
    """The unit that a cell has by itself and by its headers."""
    name = "" if quantity.percent or quantity.currency else quantity.unit
    return Unit(quantity.currency, name, quantity.percent, quantity.scale)


def unit_named(text: str) -> Unit:
    """The unit that some words name: `€ million`, `%`, `employees`, `Tsd. €`, `万元`."""
    scales = [scale_in(f"in {text}"), *(scale_of(word) for word in _WORD.findall(text))]
    scale = max(scales)
    currency = currency_in(text)
    percent = not currency and (percent_in(text) or "%" in text)
    words = [word for word in text.split() if scale_of(word) == ONE]
    name = "" if currency or percent else " ".join(words)
    return Unit(currency, name, percent, scale)


def together(left: Measure, right: Measure) -> tuple[Measure, Measure]:
    """Both counted in one unit, so that they can be added or compared.

    Raises:
        CalculationError: They count different things, or nobody says whether they do.
    """
    if left.is_constant or right.is_constant:
        return _with_constant(left, right)
    _check_kinds(left.unit, right.unit)
    _check_scales(left, right)
    scale = max(left.unit.scale, right.unit.scale)
    unit = _merged(left.unit, right.unit)
    return (
        replace(left.at(scale), unit=replace(unit, scale=scale)),
        replace(right.at(scale), unit=replace(unit, scale=scale)),
    )


def product(left: Measure, right: Measure) -> Measure:
    """Two values multiplied; the unit of the one that has one is kept."""
    if left.is_constant or right.is_constant:
        unit = right.unit if left.is_constant else left.unit
        both = left.is_constant and right.is_constant
        return Measure(left.value * right.value, unit, both)
    if right.unit.currency and not left.unit.currency:
        left, right = right, left
    unit = replace(left.unit, percent=False) if left.unit.currency else Unit()
    scale = unit.scale
    return Measure(left.amount * right.amount / scale, unit)


def quotient(left: Measure, right: Measure) -> Measure:
    """One value by another: of one kind it is a number; else so much of the first for each.

    Raises:
        CalculationError: Division by zero, or scales that nobody says.
    """
    if right.value == 0:
        raise CalculationError("division by zero")
    if right.is_constant:
        return replace(left, value=left.value / right.value)
    if left.is_constant:
        return Measure(left.value / right.amount)
    _check_scales(left, right)
    mine, theirs = left.unit, right.unit
    is_one_kind = (mine.currency or mine.name) == (theirs.currency or theirs.name)
    both_open = not (mine.currency and theirs.currency) and mine.scale == theirs.scale
    if mine.currency and theirs.currency and not is_one_kind:
        raise CalculationError(f"{mine.currency} and {theirs.currency} cannot be divided")
    if is_one_kind or (both_open and not theirs.name):
        return Measure(left.amount / right.amount)
    per = Unit(mine.currency, "" if mine.currency else mine.name, mine.percent)
    return Measure(left.amount / right.amount, per)


def _with_constant(left: Measure, right: Measure) -> tuple[Measure, Measure]:
    unit = right.unit if left.is_constant else left.unit
    if unit.scale != ONE and not (left.is_constant and right.is_constant):
        raise CalculationError(
            f"a bare number cannot be added to a value in {unit}; name it as a value of a source"
        )
    both = left.is_constant and right.is_constant
    return replace(left, unit=unit, is_constant=both), replace(right, unit=unit, is_constant=both)


def _check_kinds(mine: Unit, other: Unit) -> None:
    if mine.currency and other.currency and mine.currency != other.currency:
        raise CalculationError(f"currencies differ: {mine.currency} and {other.currency}")
    is_mixed = mine.percent != other.percent and ((other if mine.percent else mine).is_said)
    if is_mixed:
        raise CalculationError(f"units differ: {mine} and {other}")
    if mine.name and other.name and mine.name != other.name:
        raise CalculationError(f"units differ: {mine.name} and {other.name}")


def _check_scales(left: Measure, right: Measure) -> None:
    if left.unit.scale == right.unit.scale:
        return
    for one, other in ((left, right), (right, left)):
        if not one.unit.is_said:
            raise CalculationError(
                f"scales differ: one value is in {other.unit}, and the unit of {one.value:f} is "
                "not said; give its `unit` as the source announces it"
            )


def _merged(mine: Unit, other: Unit) -> Unit:
    return Unit(
        mine.currency or other.currency,
        mine.name or other.name,
        mine.percent or other.percent,
    )
