"""From a run of digits and separators to the numbers it can mean, in en, de and zh."""

from __future__ import annotations

import re
from decimal import Decimal

_FULL_WIDTH = "０１２３４５６７８９．％－−（）＄￥＋～＜＞"
_ASCII = "0123456789.%--()$¥+~<>"
_FOLDED = str.maketrans(_FULL_WIDTH, _ASCII)

RUN = r"(?:[0-9]{1,40}(?:(?:[.,'’]|[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9])))[0-9]{1,40})*)"
"""Digits with the separators between them; what it means is for `readings` to say."""

_COMMA_DECIMAL = re.compile(r"(?<![\w.,\[-])[0-9]+,(?:[0-9]{1,2}|[0-9]{4,9})(?![\w,]|\.[0-9])")
_POINT_DECIMAL = re.compile(r"(?<![\w.,-])[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,9})(?![\w]|[.,][0-9])")


def fold_digits(text: str) -> str:
    """Full-width digits and signs as ASCII ones, character for character: places stay."""
    return text.translate(_FOLDED)


def has_decimal_comma(text: str) -> bool | None:
    """Whether a text writes 97,3 rather than 97.3; None if it shows neither."""
    commas = sum(1 for _ in _COMMA_DECIMAL.finditer(text))
    points = sum(1 for _ in _POINT_DECIMAL.finditer(text))
    return None if commas == points else commas > points


def readings(run: str, decimal_comma: bool | None = None) -> tuple[Decimal, ...]:
    """What a run can mean, the likeliest first; empty if it is no single number (a date, a list).

    `1.234` and `1,234` are read both ways unless the text's own style decides.
    """
    plain = re.sub(r"['’\u00a0\u2009\u202f]", "'", run)
    if "'" in plain:
        whole, *rest = re.split(r"(?=[.,])", plain, maxsplit=1)
        if not _is_grouped(whole.split("'")) or "'" in "".join(rest):
            return ()
        plain = whole.replace("'", "") + "".join(rest).replace(",", ".")
        return (Decimal(plain),) if plain.count(".") <= 1 else ()
    separators = [character for character in plain if character in ".,"]
    if not separators:
        return (Decimal(plain),)
    if len(set(separators)) == 2:
        return _mixed(plain, separators)
    return _single(plain.split(separators[0]), separators[0], decimal_comma)


def _mixed(run: str, separators: list[str]) -> tuple[Decimal, ...]:
    point, group = separators[-1], separators[0]
    whole, _, fraction = run.rpartition(point)
    if point in whole or not _is_grouped(whole.split(group)):
        return ()
    return (Decimal(f"{whole.replace(group, '')}.{fraction}"),)


def _single(parts: list[str], separator: str, decimal_comma: bool | None) -> tuple[Decimal, ...]:
    grouped = _is_grouped(parts)
    if len(parts) > 2:
        return (Decimal("".join(parts)),) if grouped else ()
    whole, fraction = parts
    decimal = Decimal(f"{whole}.{fraction}")
    if grouped:
        both = (Decimal(whole + fraction), decimal)
        prefers_group = (separator == ",") != (decimal_comma is True)
        return both if prefers_group else both[::-1]
    if separator == ",":
        is_list = decimal_comma is False or (len(whole) > 3 and len(fraction) > 2)
        return () if is_list else (decimal,)
    return (decimal,)


def _is_grouped(parts: list[str]) -> bool:
    """Thousands as 1,234,567, or the Indian 12,34,567."""
    first, *rest = parts
    if not 1 <= len(first) <= 3 or first.startswith("0") or not rest or len(rest[-1]) != 3:
        return False
    sizes = {len(part) for part in rest[:-1]}
    return sizes <= {3} or (sizes == {2} and len(first) <= 2)
