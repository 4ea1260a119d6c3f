"""Labels that are ranges of numbers: `5 to 9` is the row of 7, `10 or more` that of 12."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache

from graph.knowledge.toml_data import joined, languages
from graph.query.subject_terms import Token
from loaders.text.number_words import counts_in
from loaders.text.tokenizer import fold
from loaders.text.unit_symbols import shown_unit

_NUMBER = r"(\d+(?:\.\d+)?)"
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?<=[^\W\d_])\s*$|\s+(?P<unit>[^\W\d_]+)$")
_HOLDS: dict[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "to": lambda number, first, last: first <= number <= last,
    "or_more": lambda number, first, _: number >= first,
    "or_less": lambda number, first, _: number <= first,
    "more_than": lambda number, first, _: number > first,
    "less_than": lambda number, first, _: number < first,
}


def in_range(number: Decimal, label: str) -> bool:
    """Whether a label is a range that holds a number; the unit behind it may be said."""
    bare = fold(label).strip()
    unit = _UNIT.search(bare)
    if unit and unit["unit"] and shown_unit(unit["unit"]):
        bare = bare[: unit.start()]
    for kind, holds in _HOLDS.items():
        if found := _shape(kind).fullmatch(bare):
            first, *rest = map(Decimal, found.groups())
            return holds(number, first, rest[0] if rest else first)
    return False


@cache
def _shape(kind: str) -> re.Pattern[str]:
    words = f"(?:{joined('intent', 'range', kind)})"
    if kind == "to":
        return re.compile(rf"{_NUMBER}\s*{words}\s*{_NUMBER}")
    after = kind in {"or_more", "or_less"}
    return re.compile(rf"{_NUMBER}\s*{words}" if after else rf"{words}\s*{_NUMBER}")


@lru_cache(maxsize=4096)
def number_of(term: Token) -> Decimal | None:
    """The number that a term is, in digits or spelt out; a year is none."""
    if term.is_year:
        return None
    if _PLAIN.fullmatch(term.key):
        return Decimal(term.key)
    spelt = counts_in(term.text, languages("intent"))
    return spelt[0].value if len(spelt) == 1 and spelt[0].text == term.text else None
