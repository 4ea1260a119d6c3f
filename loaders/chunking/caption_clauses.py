"""Captions that give each of several things its own unit: `error in %; latency in ms`.

So do brackets that name another thing than what stands before them: `mg/kg (TBT in µg/kg)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from loaders.text.label_units import merged
from loaders.text.languages import any_of, phrases_of, words_of
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import is_stop, keys
from loaders.text.unit_words import Measure
from loaders.text.units import BRACKETS, measure_in, measure_of, units_told

UNKNOWN = Measure(kind="ratio")
"""Of what is in a unit that is none we know: no other unit of the table is its."""
_PARTED = re.compile(r"[;；。]\s*")
_COMMA = re.compile(r"[,;，；]\s+")


@dataclass(frozen=True)
class Clause:
    """A part of a line that gives the unit of what it names."""

    text: str
    measure: Measure
    subject: str = ""
    """How a sentence of its own begins, where it alone gives a unit: `Moisture is in %.`"""

    def names(self, head: str) -> bool:
        """Whether it has all words of a head or label, or is a sentence about that."""
        if self.subject:
            return bool(head) and self.subject.startswith(f"{head.casefold()} ")
        own = _words(head)
        return bool(own) and own <= self._words

    def shared(self, head: str) -> int:
        """How many words of content it has in common with a head: `lengths` with `Length`."""
        return 0 if self.subject else len(_content(self.text) & _content(head))

    @cached_property
    def _words(self) -> frozenset[str]:
        return _words(self.text)

    @cached_property
    def is_of_all(self) -> bool:
        """Whether it names nothing, or what the others do not: `all others in g`."""
        if self.subject:
            return False
        is_rest = not _rest().isdisjoint(keys(self.text)) or _unless().search(self.text)
        return bool(is_rest) or _content(self.text) <= _glue()


@dataclass(frozen=True)
class CaptionUnits:
    """What the lines above a table say of its numbers, of all or of each."""

    lines: Sequence[str]
    """From near to far."""
    column_paths: Sequence[tuple[str, ...]]
    row_paths: Sequence[tuple[str, ...]]

    def of_column(self, head: str) -> Measure | None:
        """What the clause says that has the most words in common with a head, if one has."""
        alike = (_alike(clauses_of(line), head) for line in self.lines)
        return self.of_row(head) or next(filter(None, alike), None)

    def of_row(self, label: str) -> Measure | None:
        """What the clause says that has all words of a label."""
        clauses = (one for line in self.lines for one in clauses_of(line))
        return next((one.measure for one in clauses if one.names(label)), None)

    def of_all(self, line: str) -> Measure | None:
        """What a line of several clauses says of all that they do not name.

        That is a clause of nothing in particular, or the first, if all others name something here.
        """
        clauses = clauses_of(line)
        general = {one.measure for one in clauses if one.is_of_all}
        free = [one for one in clauses if not self._is_of_some(one)]
        if not general and len(free) == 1 and free[0] == clauses[0]:
            general = {free[0].measure}
        return general.pop() if len(general) == 1 else None

    def _is_of_some(self, clause: Clause) -> bool:
        columns = [path[-1] for path in self.column_paths if path]
        labels = (path[-1] for path in self.row_paths if path)
        return any(map(clause.shared, columns)) or any(map(clause.names, (*columns, *labels)))


def _alike(clauses: Sequence[Clause], head: str) -> Measure | None:
    most = max((one.shared(head) for one in clauses), default=0)
    best = [one for one in clauses if most and one.shared(head) == most]
    return best[0].measure if len(best) == 1 else None


@lru_cache(maxsize=1_000)
def clauses_of(line: str) -> Sequence[Clause]:
    """The clauses of a line whose units differ, or its one sentence that gives a unit."""
    for each in (_with_brackets(line), _apart(line), _in_turn(line)):
        if len({one.measure for one in each}) > 1:
            return each
    first, *others = cut(line) or [""]
    told = [(one, said) for one in others if (said := measure_in(one))]
    if len(told) != 1 or measure_in(first):
        return []
    return [Clause(one, said, one.casefold()) for one, said in told]


def _apart(line: str) -> list[Clause]:
    parts = [part.strip("()[] ") for part in _PARTED.split(line)]
    are_plain = not any(len(units_told(part)) > 1 for part in parts)
    told = [(part, measure_in(part)) for part in parts] if are_plain else []
    return [Clause(part, said) for part, said in told if said]


def _in_turn(line: str) -> list[Clause]:
    """What each unit of a line ends: `temperature (°C) and humidity (%)`, `Ladezeit in min`."""
    found: list[Clause] = []
    start = 0
    for first, end, measure in units_told(line):
        unknown, text = _own_units(line[start:first])
        found += map(_of_unknown, unknown)
        if _words(text) or not found:
            found.append(Clause(text, measure))
        else:  # `in EUR, in thousands`
            found[-1] = Clause(found[-1].text, merged([found[-1].measure, measure]))
        start = end
    rest = line[start:]
    return [*found, *([_of_unknown(rest)] if found and _in_unknown().search(rest) else [])]


def _of_unknown(text: str) -> Clause:
    return Clause(_in_unknown().sub(" ", text), UNKNOWN)


def _own_units(text: str) -> tuple[list[str], str]:
    """The parts of a text that are in a unit which is none we know, and what stands behind them.

    Of `rim in inches, load` the rim is; behind `sales of the year, ` nothing stands.
    """
    parts = _COMMA.split(text)
    place = next((n for n in range(len(parts) - 1, 0, -1) if _in_unknown().search(parts[n - 1])), 0)
    rest = ", ".join(parts[place:])
    own = [one for one in parts[:place] if _in_unknown().search(one)]
    return (own, rest) if _words(rest) else ([], text)


@cache
def _in_unknown() -> re.Pattern[str]:
    """A word that stands for a unit at an end: `rim in inches`, `traffic (vehicles per day)`."""
    within, per = (any_of(words_of("unit_lines", name)) for name in ("introducers", "per"))
    return re.compile(
        rf"(?<=\w)\s+(?:{within})\s+[^\W\dA-Z][^\s()]*\s*$|\([^()\d]*\b(?:{per})\s[^()]*\)\s*$"
    )


def _with_brackets(line: str) -> list[Clause]:
    """What stands outside the brackets is of all that they do not name."""
    told = [one for one in BRACKETS.findall(line) if not measure_of(one)]
    apart = [Clause(one, said) for one in told if (said := measure_in(one))]
    outside = measure_in(BRACKETS.sub(" ", line)) if apart else None
    return [Clause("", outside), *apart] if outside else []


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


@lru_cache(maxsize=10_000)
def _content(text: str) -> frozenset[str]:
    """The words of what a text is about, up to what its numbers are parted by; no years."""
    about = _parting().split(text.casefold().rpartition(":")[2].strip(), maxsplit=1)[0]
    return frozenset(key for key in keys(about) if not is_stop(key) and not key.isdigit())


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)\s+(?:{any_of(words_of('unit_lines', 'of'))})\b")


@cache
def _glue() -> frozenset[str]:
    return frozenset(key for word in words_of("unit_lines", "glue") for key in keys(word))


@cache
def _rest() -> frozenset[str]:
    return frozenset(key for word in words_of("unit_lines", "others") for key in keys(word))


@cache
def _unless() -> re.Pattern[str]:
    return re.compile(any_of(phrases_of("unit_lines", "throughout")), re.IGNORECASE)
