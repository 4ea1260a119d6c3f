"""Currencies: their ISO codes, signs and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel.numbers import list_currencies

from loaders.text.languages import any_of, languages, latin, unit_table, wide

_UNCOUNTED = re.compile(r"X[A-EP-UX].|XAG")
"""Metals, funds and tests among the codes."""


@cache
def iso_codes() -> frozenset[str]:
    """Every code that a sum of money may bear, today's and those of old reports."""
    return frozenset(code for code in list_currencies() if not _UNCOUNTED.fullmatch(code))


def signs() -> Mapping[str, str]:
    """Signs and what they stand for; a sign of several currencies stands for itself."""
    return unit_table("money")


@cache
def names() -> dict[str, str]:
    """Names in all languages, in lower case and with spaces."""
    return {
        word.replace("-", " ").lower(): code
        for language in languages()
        for code, words in language.lines("currencies")
        for word in words
    }


@cache
def doubtful_codes() -> frozenset[str]:
    """Codes that are words in capitals too, such as TOP."""
    return frozenset(unit_table("codes")["words"].split())


def _letters(word: str) -> str:
    return re.escape(word) + ("(?![^\\W\\d_])" if word[-1].isalpha() else "")


@cache
def pattern() -> str:
    """What names a currency beside a number: signs, codes, names."""
    by_length = sorted(signs(), key=len, reverse=True)
    codes = "|".join(sorted(iso_codes() - doubtful_codes()))
    return (
        r"(?:(?![\d\s.,()%+-])"  # which most often stand there, and need no search
        rf"(?:(?<![^\W\d_])(?:{'|'.join(map(_letters, by_length))})"
        rf"|(?<![^\W\d_])(?:{codes})(?![^\W\d_])"
        rf"|(?i:(?<![^\W\d_])(?:{any_of(latin(names()))})(?![^\W\d_]))|{any_of(wide(names()))}))"
    )


def currency_of(word: str) -> str:
    """The ISO code of a currency's sign, code or name; empty for any other word."""
    bare = word.strip()
    if bare.upper() in iso_codes():
        return bare.upper()
    spaced = re.sub(r"[-\u00a0\s]+", " ", bare.lower())
    return signs().get(bare) or names().get(spaced) or names().get(spaced.replace(" ", "")) or ""


@cache
def _named() -> re.Pattern[str]:
    return re.compile(pattern())


@lru_cache(maxsize=1024)
def currencies_in(text: str) -> frozenset[str]:
    """The currencies that a text names, by sign, code or name."""
    return frozenset(filter(None, map(currency_of, _named().findall(text))))
