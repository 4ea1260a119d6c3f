"""The days and months that a text names, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.text.number_words import fold_in_place, word_data
from loaders.text.tokenizer import fold

_DAY, _YEAR = r"(?P<day>[0-3]?\d)", r"(?P<year>(?:19|20)\d\d)"
_DIGIT_DATES = (
    rf"(?<!\d){_YEAR}[-/](?P<month>[01]?\d)[-/]{_DAY}(?!\d)",
    rf"(?<![\d.]){_DAY}\.(?P<month>[01]?\d)\.{_YEAR}(?!\d)",
    rf"(?:{_YEAR}\s*年\s*)?(?P<month>[01]?\d)\s*月\s*{_DAY}\s*日",
)
_DIGIT_DAY = rf"(?<![\d.]){_DAY}\.(?P<month>[01]?\d)\.(?!\d)"
_DIGIT_MONTHS = (
    rf"{_YEAR}\s*年\s*(?P<month>[01]?\d)\s*月(?!\s*\d{{1,2}}\s*日)",
    rf"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/{_YEAR}(?![\d/])",
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day, perhaps of a year, and where a text names it."""

    text: str
    day: int
    month: int
    year: int
    start: int
    end: int

    def agrees(self, other: Date) -> bool:
        """The same day; a year that one does not say may be any."""
        is_same_year = self.year == other.year or not self.year or not other.year
        return (self.day, self.month) == (other.day, other.month) and is_same_year


def dates_in(text: str) -> list[Date]:
    """The days that a text names, however they are written."""
    return [date for date in _found(text, _day_patterns()) if 1 <= date.day <= 31]


def days_without_year(text: str) -> list[Date]:
    """The days of any year that a text names: `30 September`, `31.12.`."""
    found = [*dates_in(text), *_found(text, (re.compile(_DIGIT_DAY),))]
    return [date for date in found if not date.year]


def month_years_in(text: str) -> list[Date]:
    """The months of a year that a text names, without a day (0)."""
    return list(_found(text, _month_patterns()))


def months_in(text: str) -> set[int]:
    """The months that a text names."""
    folded = fold_in_place(text)
    return {_month(found["month"]) for found in _named_month().finditer(folded)}


def _found(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Date]:
    folded = fold_in_place(text)
    for pattern in patterns:
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            yield Date(
                text[match.start() : match.end()],
                int(parts.get("day") or 0),
                _month(match["month"]),
                int(parts.get("year") or 0),
                *match.span(),
            )


@cache
def _month_names() -> dict[str, int]:
    return {
        fold(name): number
        for entry in word_data().values()
        for number, names in enumerate(entry["months"].split("|"), start=1)
        for name in names.split()
    }


@cache
def _long_month() -> str:
    names = sorted(_month_names(), key=len, reverse=True)
    return rf"(?P<month>{'|'.join(names)})(?![a-z])\.?"


@cache
def _named_month() -> re.Pattern[str]:
    return re.compile(rf"\b{_long_month()}")


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    month = _long_month()
    named = (
        rf"\b{_DAY}(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?{month}(?:(?:,|\s+del?)?\s+{_YEAR})?",
        rf"\b{month}\s+{_DAY}(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s+{_YEAR})?",
    )
    return tuple(re.compile(pattern) for pattern in (*named, *_DIGIT_DATES))


@cache
def _month_patterns() -> tuple[re.Pattern[str], ...]:
    named = rf"\b{_long_month()}(?:\s+(?:of|de))?,?\s+{_YEAR}(?!\d)"
    return tuple(re.compile(pattern) for pattern in (named, *_DIGIT_MONTHS))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _month_names().get(written, 0)
