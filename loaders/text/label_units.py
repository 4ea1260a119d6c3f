"""What the labels of rows and columns say of their figures, and what of it holds for a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from loaders.text.languages import (
    any_of,
    is_wide,
    languages,
    latin,
    phrases_of,
    unit_table,
    wide,
    words_of,
)
from loaders.text.unit_symbols import money_units
from loaders.text.unit_words import NOTHING, OF_NOTHING, ONE, LabelKind, Measure
from loaders.text.units import BRACKETS, measure_in

NOTE = r"(?<=[^\W\d_]{3})(?<![A-Z])\d{1,2}(?=\s*$)"
"""The digits of a note behind a word: `Revenue2`, but not `CO2` or `BH12`."""
_NOTE = re.compile(NOTE)
_ASIDE_AT_END = re.compile(r"\(\s*([^\W\d_]{1,3}\.?|¢)\s*\)\W*$")


@cache
def _label_patterns() -> tuple[tuple[LabelKind, re.Pattern[str]], ...]:
    per_share = _anywhere(phrases_of("labels", "per_share"))
    shares = _anywhere(phrases_of("labels", "share_counts"))
    begins = _alternatives(phrases_of("labels", "counts_begin"))
    counts = _alternatives(phrases_of("labels", "counts"))
    ratios = _at_end(phrases_of("labels", "ratios"))
    return (
        ("per_share", re.compile(per_share, re.IGNORECASE)),
        ("shares", re.compile(shares, re.IGNORECASE)),
        ("count", re.compile(rf"{_word()}(?:(?:{begins})(?![^\W\d_])|(?:{counts})\W*$)", re.I)),
        ("ratio", re.compile(rf".*{ratios}\W*$", re.IGNORECASE)),
    )


def _word() -> str:
    """What may stand before a count: `Average number of employees`, `Posts in FTE`."""
    introducers = any_of(latin(words_of("unit_lines", "introducers")))
    return rf"(?:[^\W\d_]+ (?:(?:{introducers}) )?)?"


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or "(?!)"


@cache
def _total() -> re.Pattern[str]:
    phrases = phrases_of("labels", "total")
    open_ended = [one.removesuffix("-") for one in phrases if one[-1] == "-" or is_wide(one)]
    whole = [one for one in phrases if one[-1] != "-" and not is_wide(one)]
    word = rf"(?:(?:{_alternatives(whole)})\b|{_alternatives(open_ended)})"
    return re.compile(rf"(?:.*\w, )?\W*{word}", re.I)


def is_total(label: str) -> bool:
    """A row or column of this name holds sums: `Total of all sites`, `Scope 3, total`."""
    return _total().match(label) is not None


@cache
def _count_words() -> frozenset[str]:
    phrases = phrases_of("labels", "counts_begin")
    return frozenset(word for one in phrases for word in (one, one.partition(" ")[0]))


def is_count_word(text: str) -> bool:
    """Whether what stands for a unit only says that things are counted: `no.`, `Anzahl`."""
    return text.strip().lower() in _count_words()


@cache
def _part_of() -> re.Pattern[str]:
    phrases = phrases_of("labels", "part_of")
    spaced = [one for one in phrases if not is_wide(one)]
    return re.compile(rf"\W*(?:(?:{_alternatives(spaced)})\b|{_alternatives(wide(phrases))})", re.I)


def is_part_of(label: str) -> bool:
    """Whether a row is a part of the one above it, as its label says: `of which exports`."""
    return _part_of().match(label) is not None


def _at_end(phrases: tuple[str, ...]) -> str:
    """Whole words; one that begins with a hyphen ends longer words too, as in German."""
    ends = [one for one in phrases if one[0] == "-" or is_wide(one)]
    whole = [one for one in phrases if one not in ends]
    bare = [one.removeprefix("-") for one in ends]
    return rf"(?:\b(?:{_alternatives(whole)})|{_alternatives(bare)})"


def _anywhere(phrases: tuple[str, ...]) -> str:
    spaced = [one for one in phrases if not is_wide(one)]
    return rf".*(?:\b(?:{_alternatives(spaced)})\b|{_alternatives(wide(phrases))})"


@lru_cache(maxsize=20_000)
def label_kind(label: str) -> LabelKind:
    """Whether a row or column counts things, is a ratio or is said per share."""
    bare = _NOTE.sub("", BRACKETS.sub(" ", label).strip(" :：,;.*¹²³⁴⁵⁶⁷⁸⁹⁰"))
    return next((kind for kind, pattern in _label_patterns() if pattern.match(bare)), "")


def may_count_people(label: str) -> bool:
    """`Staff` are people, or what they cost."""
    return label.strip(" .:：").lower() in phrases_of("labels", "counts_or_costs")


@cache
def _pure_number() -> re.Pattern[str]:
    return re.compile(_anywhere(phrases_of("labels", "pure_numbers")), re.IGNORECASE | re.DOTALL)


def is_pure_number(label: str) -> bool:
    """Whether it names what has no unit by what it is: a score, an index."""
    return _pure_number().match(label) is not None


@lru_cache(maxsize=20_000)
def label_measure(label: str) -> Measure | None:
    """What a label says about its own figures: their unit, or that the table's does not hold."""
    found, kind = measure_in(label), label_kind(label)
    if kind and not (kind == "ratio" and found):
        return replace(found or NOTHING, kind=kind)
    return found


def share_unit(label: str) -> Measure | None:
    """What stands in brackets behind an amount per share: `EPS (p)` is in pence, not in pounds."""
    found = _ASIDE_AT_END.search(label) if label_kind(label) == "per_share" else None
    if found is None or measure_in(label):
        return None
    return Measure(unit=unit_table("of_share").get(found[1], ""), kind="ratio")


def merged(measures: Iterable[Measure | None]) -> Measure:
    """What several lines say together, from near to far: far ones only fill what is open."""
    found = NOTHING
    for one in filter(None, measures):
        if found.unit or found.kind in {"count", "ratio"}:
            break
        found = _filled(found, one)
    return found


def for_each(money: Measure, units: Iterable[Measure]) -> Measure:
    """A price is for what the Unit column of its row names."""
    thing = merged(units)
    is_price = money.currency and not (money.unit or money.kind)
    is_thing = thing.unit and not thing.currency and thing.unit not in OF_NOTHING
    return replace(money, unit=f"/{thing.unit}") if is_price and is_thing else money


def is_money(measure: Measure) -> bool:
    """Whether it is a currency, or cents, or so much of one for something: `ct/kWh`."""
    return bool(measure.currency) or measure.unit.partition("/")[0] in money_units()


def is_only_money(measure: Measure) -> bool:
    """Whether it is a currency, without scale or unit."""
    return bool(measure.currency) and measure == Measure(currency=measure.currency)


def _excepts_shares(exceptions: str) -> bool:
    """`except share and per share data`: the number of shares is written out."""
    rest = exceptions
    for phrase in phrases_of("labels", "per_share"):
        rest = rest.replace(phrase, " ")
    words = [word.lower() for one in languages() for word in one.words("units", "share")]
    return any(word in rest for word in words)


def _filled(near: Measure, far: Measure) -> Measure:
    if near == NOTHING:
        return far
    if far.unit and not far.currency:
        is_open = not near.currency and not near.kind
        return replace(near, unit=far.unit, scale=max(near.scale, far.scale)) if is_open else near
    kind = near.kind or far.kind
    agrees = near.currency in {"", far.currency} or not far.currency
    holds = kind != "per_share" and not (kind == "shares" and _excepts_shares(far.excepts))
    is_open = near.scale == 1 and agrees and holds
    return replace(
        near,
        kind=kind,
        scale=far.scale if is_open else near.scale,
        currency=near.currency or ("" if kind == "shares" else far.currency),
        excepts=near.excepts or far.excepts,
    )


def scale_in(context: str) -> Decimal:
    """The scale that a caption or header announces ("in millions"); near lines come first."""
    for line in context.split("\n"):
        found = measure_in(line)
        if found and found.scale != 1:
            return found.scale
    return ONE


def currency_in(context: str) -> str:
    """The currency that a caption or header names."""
    found = (measure_in(line) for line in context.split("\n"))
    return next((one.currency for one in found if one and one.currency), "")
