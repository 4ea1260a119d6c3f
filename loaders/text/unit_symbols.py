"""Units as answers show them: `mL` is ml, `uA` is µA, `kOhm` is kΩ, `m3` is m³."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from loaders.text.languages import any_of, languages, latin, unit_set, unit_table, wide

_SIGNS = str.maketrans({"\u03bc": "µ", "\u2126": "Ω", "\u22c5": "·", "∙": "·", "∕": "/", "⁄": "/"})
_EXPONENTS = {
    "2": "²",
    "3": "³",
    "-1": "⁻¹",
    "−1": "⁻¹",
    "⁻¹": "⁻¹",
    "²": "²",
    "³": "³",
    "⁻²": "⁻²",
}
_EXPONENT = (
    r"(?:\^[-−]?[123](?!\d)|[-−][123](?!\d)|[²³]|⁻[¹²³]"
    r"|(?:(?<=[ms])|(?<=ft)|(?<=in)|(?<=yd))[23](?!\d))"
)
"""A bare digit behind lengths and times alone: `m3` is one, `N3` is a place's number."""


_STANDARD = r"(?:(?:100|1[.,]73)\s?)?"
"""Of how much it is told: `l/100 km`, `CFU/100 ml`, `ml/min/1.73 m²`."""

_AS_TYPED: Mapping[str, str] = unit_table("aliases")
_ALIASES: Mapping[str, str] = {**{shown: shown for shown in _AS_TYPED.values()}, **_AS_TYPED}
"""What is shown is known again: `ktCO₂e` of an answer."""
_PREFIXED, _PLAIN = unit_set("prefixed"), unit_set("plain")


def multiple_signs() -> frozenset[str]:
    """What makes the number before it a multiple: `1.5x`."""
    return unit_set("multiples")


def money_units() -> Mapping[str, str]:
    """Units that are sums of money, each with the currency that it may stand for."""
    return unit_table("of_money")


@cache
def unit_words() -> dict[str, str]:
    """Words for units in all languages, in lower case and with spaces."""
    return {
        word.replace("-", " ").lower(): unit
        for language in languages()
        for unit, words in language.lines("units")
        for word in words
    }


@cache
def _spelt(part: str) -> dict[str, str]:
    """The words for prefixes, or for units that take one."""
    lines = unit_table(f"spelt_{part}").items()
    return {word: symbol for symbol, words in lines for word in words.split()}


@cache
def spelt_pattern() -> str:
    """A prefix and a unit in one word: `microamperes`."""
    return f"(?P<prefix>{any_of([*_spelt('prefixes')])})(?P<name>{any_of([*_spelt('names')])})"


@cache
def symbol_pattern() -> str:
    """One symbol with its prefix and exponent."""
    names = {*_PREFIXED, *(name for name in _ALIASES if _ALIASES[name] in _PREFIXED)}
    fixed, with_prefix = (
        "|".join(map(re.escape, sorted(some, key=lambda name: (-len(name), name))))
        for some in ({*_PLAIN, *_ALIASES}, names)
    )
    prefixes = "".join(sorted(unit_set("prefixes"))) + "uμ"
    letters = r"(?![^\W\d_²³¹]|₂)"
    return rf"(?:(?:(?:{fixed})|[{prefixes}]?(?:{with_prefix})){letters}{_EXPONENT}?)"


@cache
def compound_pattern() -> str:
    """Symbols with what joins them: `kg/m³`, `V·s`, `mg/kg/d`, `W/m²K`."""
    one = symbol_pattern()
    of = rf"{_STANDARD}(?:{one}|\(?{one}(?:[·*]{one})?\)?)"
    more = rf"(?:(?:\s?[·*]\s?|(?<=[²³])){one}|\s?/\s?{of})"
    words = f"{any_of(latin(unit_words()))}|{re.sub(r'[?]P<[a-z]+>', '?:', spelt_pattern())}"
    return (
        rf"(?:(?i:(?<![^\W\d_])(?:{words})(?![^\W\d_/]))|{one}{more}*|{any_of(wide(unit_words()))})"
    )


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(compound_pattern())


@cache
def _symbol() -> re.Pattern[str]:
    return re.compile(symbol_pattern())


@lru_cache(maxsize=4096)
def shown_unit(text: str) -> str:
    """The unit that a text names, as it is shown; empty if the text is none."""
    bare = " ".join(text.translate(_SIGNS).split())
    word = unit_words().get(bare.replace("-", " ").lower())
    if word:
        return word
    if spelt := re.fullmatch(spelt_pattern(), bare.lower()):
        return _spelt("prefixes")[spelt["prefix"]] + _spelt("names")[spelt["name"]]
    if not bare or not _compound().fullmatch(bare):
        return ""
    return re.sub(r"\s*([/·*])\s*", r"\1", _symbol().sub(lambda one: _one(one[0]), bare))


def _one(symbol: str) -> str:
    if symbol in _ALIASES:
        return _ALIASES[symbol]
    match = re.fullmatch(rf"(.+?)({_EXPONENT})?", symbol)
    if not match:
        return symbol
    name, exponent = match[1], match[2] or ""
    if name in _PLAIN or name in _PREFIXED:
        shown = name
    elif name in _ALIASES:
        shown = _ALIASES[name]
    else:
        prefix = "µ" if name[0] in "uμ" else name[0]
        shown = prefix + _ALIASES.get(name[1:], name[1:])
    return shown + _EXPONENTS.get(exponent.removeprefix("^"), exponent)
