"""Units as answers show them: `mL` is ml, `uA` is µA, `kOhm` is kΩ, `m3` is m³."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from loaders.text.languages import any_of, languages, units_file

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


@cache
def _aliases() -> dict[str, str]:
    return dict(cast("dict[str, str]", units_file()["aliases"]))


@cache
def _prefixed() -> frozenset[str]:
    return frozenset(cast("str", units_file()["prefixed"]).split())


@cache
def _plain() -> frozenset[str]:
    return frozenset(cast("str", units_file()["plain"]).split())


@cache
def multiple_signs() -> frozenset[str]:
    """What makes the number before it a multiple: `1.5x`."""
    return frozenset(cast("str", units_file()["multiples"]).split())


@cache
def money_units() -> dict[str, str]:
    """Units that are sums of money, each with the currency that it may stand for."""
    return dict(cast("dict[str, str]", units_file()["of_money"]))


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
    lines = cast("dict[str, str]", units_file()[f"spelt_{part}"])
    return {word: symbol for symbol, words in lines.items() for word in words.split()}


@cache
def spelt_pattern() -> str:
    """A prefix and a unit in one word: `microamperes`."""
    return f"(?P<prefix>{any_of([*_spelt('prefixes')])})(?P<name>{any_of([*_spelt('names')])})"


@cache
def _prefixes() -> str:
    return "".join(cast("str", units_file()["prefixes"]).split()) + "uμ"


@cache
def symbol_pattern() -> str:
    """One symbol with its prefix and exponent."""
    names = [*_prefixed(), *(name for name in _aliases() if _aliases()[name] in _prefixed())]
    fixed = [*_plain(), *_aliases()]
    letters = r"(?![^\W\d_²³¹]|₂)"
    escaped = sorted({*fixed}, key=lambda name: (-len(name), name))
    with_prefix = sorted({*names}, key=lambda name: (-len(name), name))
    return (
        rf"(?:(?:(?:{'|'.join(map(re.escape, escaped))})|[{_prefixes()}]?"
        rf"(?:{'|'.join(map(re.escape, with_prefix))})){letters}{_EXPONENT}?)"
    )


@cache
def compound_pattern() -> str:
    """Symbols with what joins them: `kg/m³`, `N·m`, `mg/kg/d`, `W/m²K`."""
    one = symbol_pattern()
    more = rf"(?:(?:\s?[·*]\s?|(?<=[²³])){one}|\s?/\s?(?:{one}|\(?{one}(?:[·*]{one})?\)?))"
    words = any_of([word.replace(" ", "-") for word in unit_words() if word[0] < "\u2e80"])
    wide = any_of([word for word in unit_words() if word[0] >= "\u2e80"])
    words += f"|{re.sub(r'[?]P<[a-z]+>', '?:', spelt_pattern())}"
    return rf"(?:(?i:(?<![^\W\d_])(?:{words})(?![^\W\d_/]))|{one}{more}*|{wide})"


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
    if symbol in _aliases():
        return _aliases()[symbol]
    match = re.fullmatch(rf"(.+?)({_EXPONENT})?", symbol)
    if not match:
        return symbol
    name, exponent = match[1], match[2] or ""
    if name in _plain() or name in _prefixed():
        shown = name
    elif name in _aliases():
        shown = _aliases()[name]
    else:
        prefix = "µ" if name[0] in "uμ" else name[0]
        shown = prefix + _aliases().get(name[1:], name[1:])
    return shown + _EXPONENTS.get(exponent.removeprefix("^"), exponent)
