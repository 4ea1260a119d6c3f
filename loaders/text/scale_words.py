"""Words beside a number: scales, percent, the marks of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from loaders.text.currencies import pattern as currency_pattern
from loaders.text.languages import (
    POWERS,
    any_of,
    languages,
    latin,
    pattern_of,
    unit_table,
    wide,
)
from loaders.text.unit_symbols import unit_words


@cache
def scale_words() -> dict[str, int]:
    """Words for scales in all languages, in lower case."""
    return {
        word.lower().replace("-", " "): POWERS[line]
        for language in languages()
        for line, words in language.lines("scales")
        for word in words
    }


def letter_scales(place: str) -> Mapping[str, int]:
    """Letters for scales: `before` a currency, `after` one, or `touching` a number."""
    found: Mapping[str, int] = unit_table("scales")[place]
    return found


CURRENCY = currency_pattern()
LETTER_ENDS = r"(?![^\W\d_])"
_SCALE_WORDS = [word for word in scale_words() if word[0] not in "0'" and len(word) > 1]
_WIDE = wide(scale_words())
SCALE = (
    rf"(?:(?:{any_of([word for word in _WIDE if len(word) > 1])}"
    rf"|[{''.join(word for word in _WIDE if len(word) == 1)}]"
    rf"(?!{pattern_of('unit_behind_thousand')}))"
    rf"|(?i:(?:{any_of(latin(_SCALE_WORDS))}){LETTER_ENDS}\.?))"
)
LETTER_SCALE = (
    rf"(?:(?:{'|'.join(sorted(letter_scales('touching'), key=len, reverse=True))})(?![A-Za-z0-9]))"
)
"""Scales of one letter, which count only when they touch the number."""


_PERCENT, _POINTS = (
    [word for word in unit_words() if unit_words()[word] == u] for u in ("%", "pp")
)
PERCENT = (
    rf"(?:[%‰％]|(?i:(?:{any_of(latin(_PERCENT))}|pct\.?){LETTER_ENDS})|{any_of(wide(_POINTS))})"
)


def scale_of(word: str) -> Decimal:
    """The factor of `million`, `Mrd.`, `万`, `k` …; 1 for any other word."""
    # A dot may end an abbreviation ("Mio.") or the sentence ("5 million.").
    bare = word.strip().removesuffix(".")
    power = scale_words().get(bare.lower()) or scale_words().get(word.lower())
    return Decimal(10) ** (power or letter_scales("touching").get(bare, 0))


def letter_scale(letters: str) -> Decimal | None:
    """The scale of letters behind an amount of money: `m` in £12m."""
    power = letter_scales("after").get(letters.strip())
    return Decimal(10) ** power if power else None


def ledger_marks() -> dict[str, str]:
    """Patterns of what tells a debit from a credit."""
    return {side: "|".join(words.split()) for side, words in unit_table("ledger").items()}
