"""A value with its unit: what may be added to what, and what scale and currency a result has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from loaders.text.languages import POWERS, language, languages, unit_set
from loaders.text.quantities import Quantity
from loaders.text.units import measure_in, measure_of

ONE = Decimal(1)
_POWERS = {"p": -12, "n": -9, "µ": -6, "m": -3, "c": -2, "d": -1, "h": 2, "k": 3, "M": 6, "G": 9}
_POWERS |= {"K": 3, "T": 12, "P": 15}


@cache
def _scale_words() -> dict[Decimal, str]:
    """A word for each scale: the English one, or the one of a language that has a single word."""
    found: dict[Decimal, str] = {}
    for one in (language("en"), *languages()):
        for line, power in POWERS.items():
            word = one.text("quantity_scales", line).strip()
            if word and " " not in word:
                found.setdefault(Decimal(10) ** power, word)
    return found


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
        words = [_scale_words().get(self.scale, "" if self.scale == ONE else f"×{self.scale:f}")]
        return " ".join(filter(None, [*words, self.currency or self.name]))


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A value as it is printed, and its unit; a constant of a formula fits every unit."""

    value: Decimal
    unit: Unit = Unit()
    is_constant: bool = False

    @property
    def amount(self) -> Decimal:
        return self.value * self.unit.scale

    def at(self, scale: Decimal) -> MeasuredValue:
        """The same amount, counted in another scale."""
        return replace(self, value=self.amount / scale, unit=replace(self.unit, scale=scale))


def unit_of(quantity: Quantity) -> Unit:
    """The unit that a cell has by itself and by its headers."""
    name = "" if quantity.percent or quantity.currency else quantity.unit
    return Unit(quantity.currency, name, quantity.percent, quantity.scale)


def unit_named(text: str) -> Unit:
    """The unit that some words name: `€ million`, `%`, `employees`, `Tsd. €`, `万元`."""
    found = measure_of(text, is_head=True) or measure_in(text)
    if found is None:
        return Unit(name=" ".join(text.split()))
    name = "" if found.percent or found.currency else found.unit
    return Unit(found.currency, name, found.percent, found.scale)


def _readings(name: str) -> dict[str, int]:
    """What a symbol can be a power of ten of: `kΩ` is kΩ, or 10³ Ω."""
    power = _POWERS.get(name[:1])
    has_prefix = power is not None and name[1:] in unit_set("prefixed")
    return {name: 0} | ({name[1:]: power or 0} if has_prefix else {})


def _in_unit_of(left: MeasuredValue, right: MeasuredValue) -> MeasuredValue:
    """The right value in the unit of the left, if it is that unit but for its prefix."""
    mine, theirs = _readings(left.unit.name), _readings(right.unit.name)
    base = next((name for name in mine if name in theirs and name), None)
    if base is None or left.unit.name == right.unit.name:
        return right
    factor = Decimal(10) ** (theirs[base] - mine[base])
    unit = replace(right.unit, name=left.unit.name)
    return replace(right, value=right.value * factor, unit=unit)


def together(left: MeasuredValue, right: MeasuredValue) -> tuple[MeasuredValue, MeasuredValue]:
    """Both counted in one unit, so that they can be added or compared.

    Raises:
        CalculationError: They count different things, or nobody says whether they do.
    """
    if left.is_constant or right.is_constant:
        return _with_constant(left, right)
    right = _in_unit_of(left, right)
    _check_kinds(left.unit, right.unit)
    _check_scales(left, right)
    mine, other = left.unit, right.unit
    scale = max(mine.scale, other.scale)
    is_percent = mine.percent or other.percent
    unit = Unit(mine.currency or other.currency, mine.name or other.name, is_percent, scale)
    return replace(left.at(scale), unit=unit), replace(right.at(scale), unit=unit)


def product(left: MeasuredValue, right: MeasuredValue) -> MeasuredValue:
    """Two values multiplied; the unit of the one that has one is kept."""
    if left.is_constant or right.is_constant:
        unit = right.unit if left.is_constant else left.unit
        both = left.is_constant and right.is_constant
        return MeasuredValue(left.value * right.value, unit, both)
    if right.unit.currency and not left.unit.currency:
        left, right = right, left
    unit = replace(left.unit, percent=False) if left.unit.currency else Unit()
    scale = unit.scale
    return MeasuredValue(left.amount * right.amount / scale, unit)


def quotient(left: MeasuredValue, right: MeasuredValue) -> MeasuredValue:
    """One value by another: of one kind it is a number; else so much of the first for each.

    Raises:
        CalculationError: Division by zero, or scales that nobody says.
    """
    if right.value == 0:
        raise CalculationError("division by zero")
    if right.is_constant:
        return replace(left, value=left.value / right.value)
    if left.is_constant:
        return MeasuredValue(left.value / right.amount)
    right = _in_unit_of(left, right)
    _check_scales(left, right)
    mine, theirs = left.unit, right.unit
    is_one_kind = (mine.currency or mine.name) == (theirs.currency or theirs.name)
    both_open = not (mine.currency and theirs.currency) and mine.scale == theirs.scale
    if mine.currency and theirs.currency and not is_one_kind:
        raise CalculationError(f"{mine.currency} and {theirs.currency} cannot be divided")
    if is_one_kind or (both_open and not theirs.name):
        return MeasuredValue(left.amount / right.amount)
    per = Unit(mine.currency, "" if mine.currency else mine.name, mine.percent)
    return MeasuredValue(left.amount / right.amount, per)


def _with_constant(
    left: MeasuredValue, right: MeasuredValue
) -> tuple[MeasuredValue, MeasuredValue]:
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
    is_money_too = (mine.currency and other.name) or (mine.name and other.currency)
    if is_money_too or (mine.name and other.name and mine.name != other.name):
        raise CalculationError(f"units differ: {mine} and {other}")


def _check_scales(left: MeasuredValue, right: MeasuredValue) -> None:
    if left.unit.scale == right.unit.scale:
        return
    for one, other in ((left, right), (right, left)):
        if not one.unit.is_said:
            raise CalculationError(
                f"scales differ: one value is in {other.unit}, and the unit of {one.value:f} is "
                "not said; give its `unit` as the source announces it"
            )
