"""Unit words that follow one another: scale, currency and unit, and the measure that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from loaders.text.currencies import currency_of, iso_codes, signs
from loaders.text.languages import any_of, latin, wide, words_of
from loaders.text.scale_words import (
    CURRENCY,
    LETTER_ENDS,
    PERCENT,
    letter_scales,
    scale_words,
)
from loaders.text.unit_symbols import compound_pattern, shown_unit

ONE = Decimal(1)
LabelKind = Literal["", "per_share", "shares", "count", "ratio"]
PERCENTS = frozenset({"%", "pp"})
OF_NOTHING = frozenset({"%", "pp", "bp", "‰"})
"""Units of change and share: a head that says them outdoes what a row counts in."""
PERIODS = frozenset({"d", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class Measure:
    """What numbers under a head, in a row or in a whole table count."""

    scale: Decimal = ONE
    currency: str = ""
    unit: str = ""
    """As `unit_symbols` shows it; of a price what it is for: `/MWh`."""
    kind: LabelKind = ""
    """What the label itself says about its figures, whatever the table counts in."""
    excepts: str = ""
    """What the scale does not hold for, as the line says it: `per share data`."""

    @property
    def percent(self) -> bool:
        return self.unit in PERCENTS or self.unit.startswith("% ")

    @property
    def is_empty(self) -> bool:
        return self == Measure()


NOTHING = Measure()


@cache
def _tokens() -> re.Pattern[str]:
    """The pieces of a unit phrase; a phrase is one after the other, to its end."""
    before = "|".join(map(re.escape, sorted(letter_scales("before"), key=len, reverse=True)))
    after = "|".join(map(re.escape, sorted(letter_scales("after"), key=len, reverse=True)))
    codes = "|".join(sorted(iso_codes()))
    marks = "|".join(map(re.escape, sorted(signs(), key=len, reverse=True)))
    money = rf"(?:{marks}|(?:{codes})(?![^\W\d_]))"
    zeros = r"(?<![\d.,])['’]?000['’]?s?(?![\d.,])"
    names = any_of(latin(list(scale_words())))
    per = any_of([*words_of("unit_lines", "per")])
    unit = compound_pattern()
    glue, wide_glue = (any_of(of(words_of("unit_lines", "glue"))) for of in (latin, wide))
    return re.compile(
        r"\s*(?:"
        rf"(?P<joined>(?P<before>{before})\s?(?P<joined_money>{marks}|(?:{codes}){LETTER_ENDS}))"
        rf"|(?P<money>{money})(?:\s?(?P<after>{after}){LETTER_ENDS})?"
        rf"|(?P<zeros>{zeros})"
        rf"|(?P<per>(?!{PERCENT})(?:/|(?:{per}){LETTER_ENDS})\s?(?:1[.,]?000\s)?(?P<thing>{unit}))"
        rf"|(?P<scale>(?i:(?:{names}){LETTER_ENDS}\.?)|{any_of(wide(list(scale_words())))})"
        rf"|(?P<name>{CURRENCY})"
        rf"|(?P<glue>(?i:(?:{glue}){LETTER_ENDS}|d['’])|{wide_glue}|[,;:：.()])"
        rf"|(?P<unit>{unit}|[%‰％])"
        r")"
    )


@cache
def _exception() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,;]*\b(?:{any_of(words_of('unit_lines', 'except'))})\b(?P<what>.*)", re.I
    )


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """The longest run of unit words from a place on."""

    measure: Measure
    start: int
    """Of its first unit word, behind glue: `in the year`."""
    end: int
    glued: int
    """Behind what follows it without naming a unit: `unless otherwise stated`."""
    words: int
    """Words that name a unit."""
    is_strong: bool
    """It cannot be anything else: a scale beside a currency, a percent sign."""


def phrase_at(text: str, start: int = 0) -> UnitPhrase | None:
    """None if no unit word stands at the place."""
    found = NOTHING
    place = end = first = start
    words = 0
    strong = False
    while (match := _tokens().match(text, place)) and match.end() > place:
        if match["glue"]:
            place = match.end()
            continue
        added = _added(found, match)
        if added is None:
            break
        first = first if words else match.start()
        place = match.end()
        strong = strong or bool(match["joined"] or match["after"])
        found, end, words = added, place, words + 1
    if not words:
        return None
    if exception := _exception().match(text, end):
        found, end = replace(found, excepts=exception["what"].strip().lower()), len(text)
    has_both = found.scale != 1 and bool(found.currency)
    return UnitPhrase(
        found, first, end, max(place, end), words, strong or has_both or found.unit in {"%", "‰"}
    )


def _added(found: Measure, match: re.Match[str]) -> Measure | None:
    """The measure with one more word; None if it has such a word already."""
    if match["joined"]:
        power = letter_scales("before")[match["before"]]
        return _with(found, scale=power, currency=currency_of(match["joined_money"]))
    if match["money"]:
        power = letter_scales("after").get(match["after"] or "", 0)
        return _with(found, scale=power, currency=currency_of(match["money"]))
    if match["zeros"]:
        return _with(found, scale=3)
    if match["per"]:
        is_price = bool(found.currency or found.unit)
        return (
            replace(found, unit=f"{found.unit}/{shown_unit(match['thing'])}") if is_price else None
        )
    if match["scale"]:
        word = match["scale"].lower()
        return _with(found, scale=scale_words().get(word) or scale_words()[word.removesuffix(".")])
    if match["name"]:
        return _with(found, currency=currency_of(match["name"]))
    return _with(found, unit=shown_unit(match["unit"]))


def _with(found: Measure, *, scale: int = 0, currency: str = "", unit: str = "") -> Measure | None:
    is_again = (
        (scale and found.scale != 1)
        or (currency and found.currency not in {"", currency})
        or (unit and (found.unit or found.currency))
        or ((currency or scale) and found.unit)
    )
    if is_again:
        return None
    return replace(
        found,
        scale=Decimal(10) ** scale if scale else found.scale,
        currency=currency or found.currency,
        unit=unit or found.unit,
    )


def measure_at(text: str, place: int) -> Measure | None:
    """What the unit words say that stand at a place of a text."""
    found = phrase_at(text, place)
    return found.measure if found else None
