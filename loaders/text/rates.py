"""How a text says that something is per a time without `per`: `monthly`, `a day`, `al mes`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from loaders.text.dates import months_in
from loaders.text.languages import any_of, languages, latin, wide
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import keys

_DATED = re.compile(r"\s*(\d|\w+)")


@cache
def _phrases() -> dict[str, str]:
    """What is said, folded, and the unit of time that it is per."""
    return {
        fold_in_place(phrase): unit
        for one in languages()
        for unit in one.sections.get("rates", {})
        for phrase in one.phrases("rates", unit)
    }


@cache
def _pattern() -> re.Pattern[str]:
    words, signs = (any_of(of([*_phrases()])) for of in (latin, wide))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])|{signs}")


@cache
def time_nouns() -> dict[str, str]:
    """For the keys of `monthly` and its like the key of the time in their language: `month`."""
    return {
        keys(phrase)[0]: keys(one.words("units", unit)[-1])[0]
        for one in languages()
        for unit in one.sections.get("rates", {})
        if one.words("units", unit)
        for phrase in latin(one.phrases("rates", unit))
        if phrase.isalpha()
    }


@lru_cache(maxsize=4096)
def rates_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """The units of time, as `unit_symbols` shows them, with their places.

    In `im Jahr 2024` and `im Monat Mai` it is the time itself.
    """
    folded = fold_in_place(text)
    return tuple(
        (_phrases()[" ".join(found[0].replace("-", " ").split())], *found.span())
        for found in _found(folded)
    )


def _found(folded: str) -> Iterator[re.Match[str]]:
    for found in _pattern().finditer(folded):
        after = _DATED.match(folded, found.end())
        if " " not in found[0] or not after or not (after[1].isdigit() or months_in(after[1])):
            yield found
