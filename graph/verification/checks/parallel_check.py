"""Two clauses of a source that say the same of two things: each value belongs to its own.

`Line 7 carries 16 trains` and `Line 12 carries 40 trains` differ in the line and in the number: who
says 40 of line 7 has taken the one from here and the other from there, whatever the words mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.answer import Check
from graph.verification.checks.clause_check import Clause, clauses_of, number_signs
from graph.verification.statements.facts import values_of
from graph.verification.statements.naming import letters_in
from graph.verification.statements.statement import Statement
from loaders.text.quantities import Mention

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
        letters = frozenset(letters_in(clause.text))
        return cls(clause.tokens | letters, clause.numbers, sentence)


def parallel_faults(statement: Statement) -> Iterator[Check]:
    """The numbers that the source says of another thing, where it says another of this one."""
    known = _told(statement)
    if not any(one.numbers for one in known):
        return
    for clause in clauses_of(statement.text, statement.evidence.language):
        start = statement.text.find(clause.text)
        for number in statement.numbers:
            is_inside = start <= number.start < start + len(clause.text)
            if is_inside and not _is_of_cell(statement, number):
                mine, signs = _Told.of(clause), number_signs(values_of(number))
                if _is_of_another(mine, signs & mine.numbers, known):
                    yield Check(what="subject", text=number.text, why="is said of another thing")


def _is_of_another(mine: _Told, number: frozenset[str], known: Sequence[_Told]) -> bool:
    """Whether whatever has the number, and a word of the clause, says it of another thing."""
    holders = [one for one in known if number & one.numbers and mine.signs & (one.signs - number)]
    return bool(holders) and all(
        any(_is_taken(mine, number, holder, other) for other in known) for holder in holders
    )


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
