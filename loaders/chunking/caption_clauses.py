"""Captions that give each of several things its own unit: `MAE in points; latency in ms`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.text.units import Measure, measure_in

_PARTED = re.compile(r"[;；。]\s*")


@dataclass(frozen=True)
class Clause:
    """A part of a line that gives the unit of what it names."""

    words: frozenset[str]
    measure: Measure

    def names(self, head: str) -> bool:
        """Whether it has all words of a head or label."""
        own = _words(head)
        return bool(own) and own <= self.words


@lru_cache(maxsize=1_000)
def clauses_of(line: str) -> Sequence[Clause]:
    """The clauses of a line whose units differ; none if it says one unit of all."""
    parts = [(part, measure_in(part)) for part in _PARTED.split(line)]
    found = [Clause(_words(part), said) for part, said in parts if said]
    return found if len({one.measure for one in found}) > 1 else []


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
