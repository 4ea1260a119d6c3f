"""Decimals as answers say them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

PRECISION = 120
"""Digits: those of the longest numbers that are read, with their decimals, and some more."""


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
