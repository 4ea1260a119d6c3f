"""What in the labels of a table is no unit of its cells: marks in brackets, and heads of bands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from loaders.text.languages import languages, phrases_of
from loaders.text.tokenizer import fold, is_stop
from loaders.text.unit_words import PERIODS, Measure
from loaders.text.units import measure_of

BAND = re.compile(r"^(?!.*(?:19|20)\d\d(?!\d))\D*(?<![^\W\d_])\d")
"""A number that is no year, nor one of its parts: `Q1`."""
_LETTER = re.compile(r"\(([A-Za-z])\)")
_CODE = re.compile(r" \(([A-Z]{2})\)\s*$")
_SURE = re.compile(r"[kmdµ][A-Za-z]|cm|cl|°[CF]|Hz")
"""Symbols with a prefix that no name begins with."""
_UNITS = frozenset(("KW", "MW", "GW", "TW", "MJ", "GJ", "TJ", "PJ", "KV", "MV"))
"""Read as units, whatever country has one of them."""
Paths = Sequence[tuple[str, ...]]


def marks_in(rows: Paths, columns: Paths) -> list[re.Pattern[str]]:
    """The forms of brackets in which these labels have no units.

    `(a)` and `(m)` are notes, not metres, if one of such letters is no unit; `(PL)` is a country,
    if every row that ends in brackets has two capitals there, and half of these pairs are no units.
    """
    letters = {
        one for path in (*rows, *columns) for label in path for one in _LETTER.findall(label)
    }
    ends = {path[-1].rstrip() for path in rows if path and path[-1].rstrip().endswith(")")}
    codes = {match[1] if (match := _CODE.search(label)) else "" for label in ends}
    found = [_LETTER] if any(measure_of(letter) is None for letter in letters) else []
    units = sum(measure_of(code) is not None for code in codes)
    is_code = "" not in codes and len(codes) > 1 and 2 * units <= len(codes) and not codes & _UNITS
    return [*found, _CODE] if is_code else found


def is_band(head: str, heads: Iterable[str], units: Set[str]) -> bool:
    """Whether a head only counts itself, as others do: `all months` beside `months 3–12`."""
    bands = (one for one in heads if BAND.search(one))
    return _says_only(head, units) and any(_says_only(one, units) for one in bands)


def _says_only(head: str, units: Set[str]) -> bool:
    """Whether a head names one of these units, and besides it only numbers and small words."""
    said = re.findall(r"[^\W\d_]+", head)
    named = {word for word in said if (one := measure_of(word)) and one.unit and one.unit in units}
    return bool(named) and all(word in named or is_stop(fold(word)) for word in said)


def bare_unit(text: str, *, shortest: int = 3) -> Measure | None:
    """A head or line that is a unit, and no name of a variable: `kW`, but not `Pa`."""
    found = measure_of(text, is_head=True)
    shortest = min(shortest, 2) if _SURE.fullmatch(text.strip(" .")) else shortest
    is_lowest = text.strip(" .").casefold() == "min"  # beside the highest, no minutes
    is_name = is_lowest or (found is not None and _names_period(text, found.unit))
    return found if found and len(text.strip(" .")) >= shortest and not is_name else None


def _names_period(text: str, unit: str) -> bool:
    """One `Year` beside its quarters is that year; `Years` are what a column counts."""
    singulars = {one.words("units", unit)[-1:] for one in languages()} if unit in PERIODS else ()
    return any(text.strip(" .").casefold() == word.casefold() for one in singulars for word in one)


def names_prices(lines: Iterable[str]) -> bool:
    """Whether the lines and heads of a table call its figures prices."""
    said = fold(" ".join(lines))
    return any(fold(word) in said for word in phrases_of("unit_lines", "prices"))
