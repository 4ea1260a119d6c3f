"""Words that say how much a number counts for: scales, currencies, percent."""

from __future__ import annotations

import re
from decimal import Decimal

_SCALES = {
    "thousand": 3, "thousands": 3, "tausend": 3, "tsd": 3, "k": 3, "千": 3,
    "十万": 5, "万": 4, "萬": 4, "百万": 6, "千万": 7,
    "million": 6, "millions": 6, "millionen": 6, "mio": 6,
    "mn": 6, "mln": 6, "mm": 6, "m": 6,
    "billion": 9, "billions": 9, "milliarde": 9, "milliarden": 9, "mrd": 9,
    "bn": 9, "b": 9,
    "亿": 8, "億": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    "trillion": 12, "trillions": 12, "billionen": 12, "tn": 12, "t": 12,
}  # fmt: skip
_CURRENCIES = {
    "us$": "USD", "$": "USD", "usd": "USD", "美元": "USD", "dollar": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR",
    "£": "GBP", "gbp": "GBP", "英镑": "GBP", "hk$": "HKD", "hkd": "HKD", "港元": "HKD",
    "¥": "¥", "jpy": "JPY", "日元": "JPY", "cny": "CNY", "rmb": "CNY", "元": "CNY", "人民币": "CNY",
    "chf": "CHF", "a$": "AUD", "c$": "CAD", "₹": "INR", "₩": "KRW", "inr": "INR",
}  # fmt: skip

CURRENCY = (
    r"(?:US\$|HK\$|A\$|C\$|[$€£¥₹₩]|(?:USD|EUR|GBP|HKD|JPY|CNY|RMB|CHF|INR)(?![A-Za-z])"
    r"|(?:[Ee]uros?|[Dd]ollars?)(?![A-Za-z])|美元|欧元|英镑|港元|日元|人民币|元)"
)
SCALE = (
    r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|[亿億万萬]|千(?![克米瓦卡赫])"
    r"|(?:[Tt]housands?|[Mm]illions?|[Bb]illions?|[Tt]rillions?|Tausend|Millionen|Milliarden?|Billionen"
    r"|Mio|Mrd|Tsd|mn|mln|bn|tn)(?![A-Za-z])\.?)"
)
LETTER_SCALE = r"(?:(?:[kKMBT]|MM)(?![A-Za-z0-9]))"
"""Scales of one letter, which count only when they touch the number."""
PERCENT = r"(?:[%‰]|[Pp]er ?cent(?![A-Za-z])|Prozent(?![A-Za-z])|pct\.?(?![A-Za-z])|个百分点)"

_MARKED_SCALE = re.compile(
    r"(?P<plural>\b(?:thousands|millions|billions|trillions)\b)"
    r"|\bin\s+(?:[A-Za-z$€£]{1,4}\s+)?(?P<after_in>thousand|million|billion|trillion|Tausend)\b"
    r"|(?:[$€£]|USD|EUR|GBP|CHF|RMB)\s*(?P<after_money>thousand|million|billion|trillion|mn|bn|m|k|b)\b"
    r"|\b(?P<before_money>thousand|million|billion|trillion)\s+(?:US )?"
    r"(?:dollars|euros?|pounds|yuan|USD|EUR|GBP|[$€£])"
    r"|\b(?P<german>Mio|Mrd|Tsd|Millionen|Milliarden)\b"
    r"|\b(?P<prefixed>[TkMm])(?:€|EUR)"
    r"|(?P<zeros>(?<![\d,.])'?000s?(?![\d,.]))"
    r"|(?P<chinese>万亿|千亿|百亿|十亿|千万|百万|[亿億万萬千])(?=[元美港欧日人股吨户台件份平个家])",
    re.IGNORECASE,
)
_PER_UNIT = re.compile(r"\bper[ -](?:\w+ )?share|je Aktie|每股|per unit|pro Stück", re.IGNORECASE)
_PERCENT_LABEL = re.compile(
    rf"[(（\[]\s*(?:in\s+)?{PERCENT}\s*[)）\]]|\bin\s+{PERCENT}|{PERCENT}\s*$|^\s*{PERCENT}"
)
_CURRENCY = re.compile(CURRENCY)


def scale_of(word: str) -> Decimal:
    """The factor of `million`, `Mrd.`, `万`, `k` …; 1 for any other word."""
    # A dot may end an abbreviation ("Mio.") or the sentence ("5 million.").
    return Decimal(10) ** _SCALES.get(word.lower().removesuffix("."), 0)


def currency_of(word: str) -> str:
    """The ISO code of a currency's sign or name; empty for any other word."""
    return _CURRENCIES.get(word.lower(), "")


def scale_in(context: str) -> Decimal:
    """The scale that a caption or header announces ("in millions"); near lines come first."""
    for line in context.split("\n"):
        if _PER_UNIT.search(line) and "except" not in line.lower():
            return Decimal(1)
        if match := _MARKED_SCALE.search(line):
            if match["prefixed"]:
                return Decimal(10) ** (6 if match["prefixed"] in "Mm" else 3)
            return Decimal(1000) if match["zeros"] else scale_of(match[match.lastgroup or 0])
    return Decimal(1)


def currency_in(context: str) -> str:
    """The currency that a caption or header names."""
    match = _CURRENCY.search(context)
    return currency_of(match[0]) if match else ""


def percent_in(context: str) -> bool:
    """Whether a header's own line says that its numbers are percent."""
    return any(
        _PERCENT_LABEL.search(line) and not _CURRENCY.search(line) for line in context.split("\n")
    )
