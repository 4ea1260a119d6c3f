"""Arithmetic in Decimal: what an answer may say although no source says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

PRECISION = 120
"""Digits: those of the longest numbers that are read, with their decimals, and some more."""

Operation = Literal["difference", "change", "percent_change", "sum", "average", "ratio", "share"]


@dataclass(frozen=True, slots=True)
class Operand:
    """A value and the number of the source that holds it."""

    value: Decimal
    marker: int
    percent: bool = False
    printed: str = ""
    """How its source says it, if `value` was brought to another scale."""


@dataclass(frozen=True, slots=True)
class Result:
    """A computed value and how it came about."""

    value: Decimal
    expression: str
    text: str
    percent: bool = False


def compute(
    operation: Operation, operands: Sequence[Operand], decimals: int | None = None
) -> Result | None:
    """Apply an operation to its operands in their order; None where it has no result.

    `change` goes from the first operand to the second; `difference` takes the second away.
    """
    if not operands or (operation not in {"sum", "average"} and len(operands) != 2):
        return None
    with localcontext() as context:
        context.prec = PRECISION
        return _RULES[operation](operands, decimals)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as people do."""
    with localcontext() as context:
        context.prec = max(PRECISION, value.adjusted() + decimals + 2)
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def written(value: Decimal, *, keep: bool = False) -> str:
    """Without exponent; without idle zeros unless they are to be kept."""
    text = format(value, "f")
    if not keep and "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def places(value: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _shown(operand: Operand) -> str:
    text = operand.printed or written(operand.value, keep=True)
    return f"({text})" if operand.value < 0 else text


def _text(value: Decimal, natural: int, decimals: int | None) -> str:
    if decimals is not None:
        return written(rounded(value, decimals), keep=True)
    return written(rounded(value, natural))


def _difference(operands: Sequence[Operand], decimals: int | None) -> Result:
    first, second = operands
    value = first.value - second.value
    natural = max(places(first.value), places(second.value))
    both = first.percent and second.percent
    return Result(
        value, f"{_shown(first)} - {_shown(second)}", _text(value, natural, decimals), both
    )


def _change(operands: Sequence[Operand], decimals: int | None) -> Result:
    return _difference((operands[1], operands[0]), decimals)


def _percent_change(operands: Sequence[Operand], decimals: int | None) -> Result | None:
    before, after = operands
    if before.value == 0:
        return None
    value = (after.value - before.value) / abs(before.value) * 100
    base = f"|{written(before.value, keep=True)}|" if before.value < 0 else _shown(before)
    expression = f"({_shown(after)} - {_shown(before)}) / {base} × 100"
    return Result(value, expression, _text(value, 2, decimals), percent=True)


def _sum(operands: Sequence[Operand], decimals: int | None) -> Result:
    value = sum((operand.value for operand in operands), Decimal(0))
    natural = max(places(operand.value) for operand in operands)
    percent = all(operand.percent for operand in operands)
    return Result(
        value, " + ".join(map(_shown, operands)), _text(value, natural, decimals), percent
    )


def _average(operands: Sequence[Operand], decimals: int | None) -> Result:
    total = _sum(operands, None)
    value = total.value / len(operands)
    natural = max(places(operand.value) for operand in operands) or 2
    return Result(
        value,
        f"({total.expression}) / {len(operands)}",
        _text(value, natural, decimals),
        total.percent,
    )


def _ratio(operands: Sequence[Operand], decimals: int | None) -> Result | None:
    top, bottom = operands
    if bottom.value == 0:
        return None
    value = top.value / bottom.value
    return Result(value, f"{_shown(top)} / {_shown(bottom)}", _text(value, 4, decimals))


def _share(operands: Sequence[Operand], decimals: int | None) -> Result | None:
    top, bottom = operands
    if bottom.value == 0:
        return None
    value = top.value / bottom.value * 100
    return Result(
        value, f"{_shown(top)} / {_shown(bottom)} × 100", _text(value, 2, decimals), percent=True
    )


_RULES: dict[Operation, Callable[[Sequence[Operand], int | None], Result | None]] = {
    "difference": _difference,
    "change": _change,
    "percent_change": _percent_change,
    "sum": _sum,
    "average": _average,
    "ratio": _ratio,
    "share": _share,
}
