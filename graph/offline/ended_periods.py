"""The quarter or half-year that a column is of: `Three Months Ended June 30` is the second."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.offline.ranges import number_of
from graph.offline.spare_words import spoken
from graph.offline.table_headings import Heading
from graph.query.subject_terms import Token, tokens_of
from loaders.text.dates import months_in

_QUARTERS = {(3, 3 * n): f"@q{n}" for n in range(1, 5)}
_HALVES = {(6, 6): "@h1", (6, 12): "@h2", (9, 9): "@nine_months"}
PERIODS = frozenset({*_QUARTERS.values(), *_HALVES.values(), "@full_year"})
"""The keys of what a year is divided into."""


def ended_periods(columns: Sequence[Heading], said: frozenset[str]) -> dict[int, tuple[Token, ...]]:
    """What each column's months end as, by its index.

    Whose year ends in March has another second quarter: `said` are the periods that the document
    itself is of, and other quarters are not told.
    """
    every = months_in(" ".join(text for one in columns for text in one.path))
    names = _HALVES | {ends: name for ends, name in _QUARTERS.items() if name in said}
    found: dict[int, tuple[Token, ...]] = {}
    for column in columns:
        text = " ".join(column.path)
        ends = months_in(text) or every
        if len(ends) == 1 and (name := names.get((_length(text), max(ends)))):
            found[column.index] = (Token(name, name, 0, 0),)
    return found


def _length(text: str) -> int:
    """How many months it is said to be of."""
    pairs = pairwise(tokens_of(text))
    found = [number_of(one) for one, two in pairs if two.key in spoken("month")]
    return int(found[0] or 0) if found else 0
