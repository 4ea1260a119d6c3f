"""Whether a number is another one, rounded as it is written."""

from __future__ import annotations

from decimal import Decimal

_HALF = Decimal("0.51")
"""Of the last digit; a little more, as halves are rounded either way."""
_FEWEST = 3
SCALES = (Decimal(1000), Decimal(1_000_000))
"""In which tables count whose scale stands elsewhere."""


def is_rounded(worth: Decimal, value: Decimal, scale: Decimal = Decimal(1)) -> bool:
    """Whether a value in its scale is what something is worth, as exactly as it is written."""
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * abs(scale)
    return abs(abs(worth) - abs(value * scale)) <= step * _HALF


def is_rounding(
    worth: Decimal, value: Decimal, scale: Decimal = Decimal(1), *, fewest: int = _FEWEST
) -> bool:
    """Whether a value says shortly what a source gives: 62.2 million for 62,239 thousand.

    With fewer than three digits too many numbers would be the same, if it is not told as rounded.
    """
    written = value if int(value.as_tuple().exponent) < 0 else value.normalize()
    return len(written.as_tuple().digits) >= fewest and is_rounded(worth, value, scale)
