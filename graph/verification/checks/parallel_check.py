"""Two clauses of a source that say the same of two things: each value belongs to its own.

`Line 7 carries 16 trains` and `Line 12 carries 40 trains` differ in the line and in the number: who
says 40 of line 7 has taken the one from here and the other from there, whatever the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.answer import Check
from graph.verification.checks.clause_check import Clause, clauses_of
from graph.verification.statements.facts import values_of
from graph.verification.statements.statement import Statement
from loaders.text.quantities import Mention

_LETTER = re.compile(r"(?<=\w )[A-Z](?!\w|['’.]\w)")
_MOST_APART = 2
"""In so many words the names of two things may differ."""


@dataclass(frozen=True)
class _Told:
    """A clause as signs: its words, its numbers, the letters that tell things apart."""

    signs: frozenset[str]
    numbers: frozenset[str]
    sentence: int

    @classmethod
    def of(cls, clause: Clause, sentence: int = -1) -> _Told:
        letters = frozenset(f"@{letter}" for letter in _LETTER.findall(clause.text))
        return cls(clause.tokens | letters, clause.numbers, sentence)


def parallel_faults(statement: Statement) -> Iterator[Check]:
    """The numbers that the source says of another thing, where it says another of this one."""
    known = _told(statement)
    if not any(one.numbers for one in known):
        return
    for clause in clauses_of(statement.text, statement.evidence.language):
        mine = _Told.of(clause)
        for number in statement.numbers:
            start = statement.text.find(clause.text)
            if not start <= number.start < start + len(clause.text) or _is_of_cell(
                statement, number
            ):
                continue
            signs = _signs(number) & mine.numbers
            holders = [
                one for one in known if signs & one.numbers and mine.signs & one.signs - signs
            ]
            if holders and all(
                any(_is_taken(mine, signs, holder, other) for other in known) for holder in holders
            ):
                yield Check(what="subject", text=number.text, why="is said of another thing")


def _told(statement: Statement) -> Sequence[_Told]:
    facts = [fact for fact in statement.facts if fact.cell is None and not fact.is_label]
    return [
        _Told.of(clause, place)
        for place, fact in enumerate(facts)
        for clause in clauses_of(" ".join(fact.text.split()), "")
    ]


def _is_of_cell(statement: Statement, number: Mention) -> bool:
    return any(
        number.equals(one)
        for fact in statement.facts
        if fact.cell is not None
        for one in fact.numbers
    )


def _signs(number: Mention) -> frozenset[str]:
    return frozenset(f"#{value.normalize():f}" for value in values_of(number))


def _is_taken(mine: _Told, number: frozenset[str], holder: _Told, other: _Told) -> bool:
    """Whether a clause has the number of one and the thing of the other."""
    if number & other.numbers:
        return False
    of_holder = holder.signs - other.signs - number
    of_other = other.signs - holder.signs
    value = (of_other & other.numbers) - mine.signs
    things = of_other - value
    are_parallel = (
        0 < len(of_holder) <= _MOST_APART
        and 0 < len(things) <= _MOST_APART
        and bool(value)
        and (holder.sentence == other.sentence or bool(holder.signs & other.signs & mine.signs))
    )
    return are_parallel and things <= mine.signs and not of_holder & mine.signs
