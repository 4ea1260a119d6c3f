"""The numbers of a chart's axes among a page's words: a reading that leaves them out loses nothing.

They stand under each other or on one line, at even distances, and rise by even steps or by one
factor. Years do not count: what heads a table's columns looks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Token
from loaders.pages.word import Word
from loaders.reading.auditing.numerals import numerals

_FEWEST = 4
_ALIGNED = 2.0
"""Points by which edges of ticks may differ."""
_UNEVEN = 0.06
"""Share of the mean distance by which distances may differ."""
_MINUS = ("-", "−", "–")
_YEARS = range(1800, 2101)


Printed = TypeVar("Printed", Word, Token)


class _Tick(NamedTuple, Generic[Printed]):
    word: Printed
    value: Decimal


def axis_ticks(words: Sequence[Printed], fewest: int = _FEWEST) -> list[list[Printed]]:
    """The runs of words, of so many at least, that are an axis' numbers."""
    ticks = [_Tick(word, value) for word in words if (value := _value(word)) is not None]
    runs: list[list[Printed]] = []
    for edge, axis in ((0, 1), (2, 1), (3, 0)):  # left edges, right edges; one line
        for group in _aligned(ticks, edge, fewest):
            group.sort(key=lambda tick: middle(tick.word.box)[axis])
            runs += [[tick.word for tick in run] for run in _even(group, axis, fewest)]
    return runs


def _value(word: Word | Token) -> Decimal | None:
    """The number that a word is, with no more than signs around it."""
    found = numerals(word.text)
    if len(found) != 1 or any(sign.isalpha() for sign in word.text):
        return None
    try:
        value = Decimal(found[0].form)
    except InvalidOperation:
        return None
    if int(value) in _YEARS:
        return None
    return -value if word.text.startswith(_MINUS) else value


def _aligned(
    ticks: Sequence[_Tick[Printed]], edge: int, fewest: int
) -> Iterator[list[_Tick[Printed]]]:
    """Groups of those that have one edge in common."""
    groups: dict[int, list[_Tick[Printed]]] = defaultdict(list)
    for tick in ticks:
        groups[round(tick.word.box[edge] / _ALIGNED)].append(tick)
    for key in sorted(groups):
        group = groups[key] + groups.get(key + 1, [])
        if len(group) >= fewest:
            yield group


def _even(
    group: Sequence[_Tick[Printed]], axis: int, fewest: int
) -> Iterator[list[_Tick[Printed]]]:
    """The longest runs that are even in place and in value."""
    start = 0
    for end in range(1, len(group) + 1):
        if end - start > 2 and (end == len(group) or not _is_even(group[start : end + 1], axis)):
            if end - start >= fewest and _is_even(group[start:end], axis):
                yield list(group[start:end])
            start = end - 1


def _is_even(run: Sequence[_Tick[Printed]], axis: int) -> bool:
    places = [middle(tick.word.box)[axis] for tick in run]
    gaps = [after - before for before, after in pairwise(places)]
    if max(gaps) - min(gaps) > _UNEVEN * (sum(gaps) / len(gaps)):
        return False
    values = [tick.value for tick in run]
    steps = {after - before for before, after in pairwise(values)}
    if len(steps) == 1:
        return steps != {Decimal(0)}
    return all(values) and len({after / before for before, after in pairwise(values)}) == 1
