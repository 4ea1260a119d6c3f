"""Captions that give each of several things its own unit: `error in %; latency in ms`.

So do brackets that name another thing than what stands before them: `mg/kg (TBT in µg/kg)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.text.label_units import merged
from loaders.text.sentence_splitter import cut
from loaders.text.unit_words import Measure
from loaders.text.units import BRACKETS, measure_in, measure_of, units_told

_PARTED = re.compile(r"[;；。]\s*")


@dataclass(frozen=True)
class Clause:
    """A part of a line that gives the unit of what it names."""

    words: frozenset[str]
    measure: Measure
    subject: str = ""
    """How a sentence of its own begins, where it alone gives a unit: `Moisture is in %.`"""

    def names(self, head: str) -> bool:
        """Whether it has all words of a head or label, or is a sentence about that."""
        if self.subject:
            return bool(head) and self.subject.startswith(f"{head.casefold()} ")
        own = _words(head)
        return bool(own) and own <= self.words


@lru_cache(maxsize=1_000)
def clauses_of(line: str) -> Sequence[Clause]:
    """The clauses of a line whose units differ, or its one sentence that gives a unit."""
    parts = [(part, measure_in(part)) for part in _PARTED.split(line)]
    found = _with_brackets(line) or [Clause(_words(part), said) for part, said in parts if said]
    for each in (found, _in_turn(line)):
        if len({one.measure for one in each}) > 1:
            return each
    first, *others = cut(line) or [""]
    told = [(one, said) for one in others if (said := measure_in(one))]
    if len(told) != 1 or measure_in(first):
        return []
    return [Clause(_words(one), said, one.casefold()) for one, said in told]


def _in_turn(line: str) -> list[Clause]:
    """What each unit of a line ends: `temperature (°C) and humidity (%)`, `Ladezeit in min`."""
    found: list[Clause] = []
    start = 0
    for first, end, measure in units_told(line):
        words = _words(line[start:first])
        if words or not found:
            found.append(Clause(words, measure))
        else:  # `in EUR, in thousands`
            found[-1] = Clause(found[-1].words, merged([found[-1].measure, measure]))
        start = end
    return found


def _with_brackets(line: str) -> list[Clause]:
    """What stands outside the brackets is of all that they do not name."""
    told = [one for one in BRACKETS.findall(line) if not measure_of(one)]
    apart = [Clause(_words(one), said) for one in told if (said := measure_in(one))]
    outside = measure_in(BRACKETS.sub(" ", line)) if apart else None
    return [Clause(frozenset(), outside), *apart] if outside else []


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
