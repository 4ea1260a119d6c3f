"""Numbers that an answer says without digits: counts in words, halves and doubles, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from loaders.text.tokenizer import fold

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GERMAN = "zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn"
_GERMAN_TENS = "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
_COUNTS: dict[str, int] = {
    **{word: count for count, word in enumerate(_UNITS.split(), start=2)},
    **{word: count for count, word in enumerate(_GERMAN.split(), start=2)},
    **{word: tens * 10 for tens, word in enumerate(_TENS.split(), start=2)},
    **{word: tens * 10 for tens, word in enumerate(_GERMAN_TENS.split(), start=2)},
}
_FACTORS = {"hundred": 100, "thousand": 1000, "hundert": 100, "tausend": 1000, "dozen": 12}
_RUN = re.compile(
    rf"(?<![\w-])(?<!\d )(?:{'|'.join([*_COUNTS, *_FACTORS])})"
    rf"(?:(?:[ -]|\s+and\s+)(?:{'|'.join([*_COUNTS, *_FACTORS])}))*(?![\w-])"
)
_CHINESE = re.compile(
    r"(?<![零一二三四五六七八九十百千两第])([二三四五六七八九十两])(?=[个家名项倍座条种])"
)
_CHINESE_COUNTS = dict(zip("二两三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_MULTIPLE = re.compile(
    r"\b(?:half|halv\w+|doubl\w+|twice|tripl\w+|threefold|twofold|quadrupl\w+|two[- ]thirds"
    r"|halfte|halbier\w+|verdoppel\w+|doppelt\w*|verdreifach\w+|dreifach\w*)\b|一半|翻番|翻倍|减半"
)
_MONTHS = (
    "jan", "feb", "mar|marz", "apr", "may|mai", "jun", "jul", "aug", "sep", "oct|okt", "nov",
    "dec|dez",
)  # fmt: skip
_MONTH = re.compile(
    "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1))
)
_LONG_MONTH = (
    r"(?P<month>jan(?:uary|uar)?|feb(?:ruary|ruar)?|march|marz|mar|apr(?:il)?|may|mai|june?|juni"
    r"|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_NAMED_MONTH = re.compile(rf"\b{_LONG_MONTH}(?![a-z])")
_DAY, _YEAR = r"(?P<day>[0-3]?\d)", r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_LONG_MONTH}(?![a-z])(?:,?\s+{_YEAR})?"),
    re.compile(rf"\b{_LONG_MONTH}\s+{_DAY}(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s+{_YEAR})?"),
    re.compile(rf"(?<!\d){_YEAR}[-/](?P<month>[01]?\d)[-/]{_DAY}(?!\d)"),
    re.compile(rf"(?<![\d.]){_DAY}\.(?P<month>[01]?\d)\.{_YEAR}(?!\d)"),
    re.compile(rf"(?:{_YEAR}\s*年\s*)?(?P<month>[01]?\d)\s*月\s*{_DAY}\s*日"),
)
_MONTH_YEARS = (
    re.compile(rf"\b{_LONG_MONTH}(?:\s+of)?,?\s+{_YEAR}(?!\d)"),
    re.compile(rf"{_YEAR}\s*年\s*(?P<month>[01]?\d)\s*月(?!\s*\d{{1,2}}\s*日)"),
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A count as it is written, and its value."""

    text: str
    value: Decimal


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


def counts_in(text: str) -> list[Spelt]:
    """The counts that a text spells out, from two on: `one` says something else too often."""
    found = [Spelt(run[0], Decimal(_value(run[0]))) for run in _RUN.finditer(_folded(text))]
    found += [Spelt(one[1], Decimal(_CHINESE_COUNTS[one[1]])) for one in _CHINESE.finditer(text)]
    return found


def multiples_in(text: str) -> list[str]:
    """Halves, doubles and the like."""
    return _MULTIPLE.findall(_folded(text))


def dates_in(text: str) -> list[Date]:
    """The days that a text names, however they are written."""
    folded = _folded(text)
    return [
        Date(
            text[match.start() : match.end()],
            int(match["day"]),
            _month(match["month"]),
            int(match["year"] or 0),
            *match.span(),
        )
        for pattern in _DATES
        for match in pattern.finditer(folded)
        if 1 <= int(match["day"]) <= 31
    ]


def month_years_in(text: str) -> list[Date]:
    """The months of a year that a text names, without a day (0)."""
    folded = _folded(text)
    return [
        Date(
            text[match.start() : match.end()],
            0,
            _month(match["month"]),
            int(match["year"]),
            *match.span(),
        )
        for pattern in _MONTH_YEARS
        for match in pattern.finditer(folded)
    ]


def months_in(text: str) -> set[int]:
    """The months that a text names."""
    return {_month(found["month"]) for found in _NAMED_MONTH.finditer(_folded(text))}


def _folded(text: str) -> str:
    """Folded letter by letter, so that places stay what they are."""
    if text.isascii():
        return text.lower()
    letters = (fold(char) for char in text)
    return "".join(
        new if len(new) == 1 else old.lower() for old, new in zip(text, letters, strict=True)
    )


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    found = _MONTH.match(written)
    return int((found.lastgroup or "m0")[1:]) if found else 0


def _value(run: str) -> int:
    """`two hundred and forty` is 240."""
    total = current = 0
    for word in re.findall(r"[a-z]+", run):
        if word == "and":
            continue
        if word not in _FACTORS:
            current += _COUNTS[word]
        elif _FACTORS[word] == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current = max(current, 1) * _FACTORS[word]
    return total + current
