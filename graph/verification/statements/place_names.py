"""Countries and regions, under one code in every language: Poland, Polen, 波兰."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from loaders.text.tokenizer import is_cjk

_LANGUAGES = ("en", "de", "fr", "es", "zh")
_SHORTEST = 4
_SHORTEST_CJK = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A country where a text names it."""

    code: str
    text: str
    start: int
    end: int


def places_in(text: str) -> list[Place]:
    """The countries and regions that a text names, in any language."""
    codes = _codes()
    return [Place(codes[match[0]], match[0], *match.span()) for match in _pattern().finditer(text)]


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            shortest = _SHORTEST_CJK if is_cjk(name) else _SHORTEST
            if len(name) >= shortest and "ZZ" not in code:
                found.setdefault(name, code)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    latin = "|".join(re.escape(name) for name in names if not is_cjk(name))
    wide = "|".join(re.escape(name) for name in names if is_cjk(name))
    return re.compile(rf"(?<!\w)(?:{latin})(?![^\W\d_])|{wide}")
