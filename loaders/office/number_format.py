"""A cell's number as its sheet shows it: 0.125 under `0.0%` is 12.5%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|_.|\*.')
"""Quoted text, one sign, a currency in brackets; blanks and filling signs say nothing."""
CONDITION = re.compile(r"\[(?!\$)[^\]]*\]")
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?(,*)")
MOST_DIGITS = 15
"""More than a spreadsheet computes with."""


@dataclass(frozen=True)
class Section:
    """One part of a format: what stands around the digits, and how many there are."""

    before: str
    after: str
    decimals: int | None
    is_grouped: bool
    scale: int

    def text(self, value: Decimal) -> str:
        shown = value * (100 if "%" in self.before + self.after else 1) / 1000**self.scale
        if self.decimals is None:
            return f"{self.before}{plain_number(shown)}{self.after}"
        rounded = shown.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{self.before}{rounded:{',' if self.is_grouped else ''}f}{self.after}"


def cell_text(value: Any, form: str) -> str:
    """What is shown in a cell that holds this value under this format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat(*((" ",) if isinstance(value, datetime) else ()))
    if isinstance(value, int | float | Decimal) and not isinstance(value, timedelta):
        return number_text(value, form)
    return " ".join(str(value).split())


def number_text(value: float | Decimal, form: str) -> str:
    """By the part of the format that is for numbers of this sign."""
    try:
        exact = Decimal(plain_number(value))
        if form.lower() in ("general", "@", ""):
            return plain_number(value)
        parts = form.split(";")
        own = parts[1] if exact < 0 and len(parts) > 1 and parts[1] else parts[0]
        section = section_of(own)
        if section is None:
            return plain_number(value)
        if own is not parts[0]:
            return section.text(abs(exact)).strip()
        sign = "-" if exact < 0 else ""
        return (sign + section.text(abs(exact))).strip()
    except (InvalidOperation, ValueError):
        return str(value)


def section_of(form: str) -> Section | None:
    """The part read; None for one that shows fractions, exponents or no digits."""
    bare = CONDITION.sub("", form)
    plain = LITERAL.sub(lambda match: "\0" * len(match[0]), bare)
    digits = DIGITS.search(plain)
    if digits is None or re.search(r"[/Ee]|General", plain):
        return None
    return Section(
        before=literal(bare[: digits.start()]),
        after=literal(bare[digits.end() :]),
        decimals=len(digits[1] or ""),
        is_grouped="," in digits[0].partition(".")[0].rstrip(","),
        scale=len(digits[2]) or len(digits[0]) - len(digits[0].rstrip(",")),
    )


def literal(form: str) -> str:
    """What of the format is printed as it stands."""
    return LITERAL.sub(lambda match: match[1] or match[2] or match[3] or "", form)


def plain_number(value: float | Decimal) -> str:
    """All digits that the number has, and no exponent."""
    exact = Decimal(f"{value:.{MOST_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
