"""Numbers that follow from others by one step: a difference, a sum, a share, a change in percent.

A right answer often says the step without a calculation: `by £15.2 million (3.6 %), from £418.4
million to £433.7 million`. What the answer's own values come to needs no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from graph.verification.checks.calculation_check import evaluate
from graph.verification.statements.facts import Fact
from graph.verification.statements.measures import Said, said_of
from graph.verification.statements.rounding import is_rounded
from graph.verification.statements.statement import Statement
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention

_OPERATOR = re.compile(
    r"(?:\s?[^\W\d]{1,5}\.?)?(?:\s\w{2}\s\d{4})?\s(?P<sign>[-+*/×·÷−–])\s[^\w\s]?"
)
_GOES_ON = re.compile(r"[-+*/×·÷−–]\s[^\w\s]?$")
"""What stands before the rest of a longer calculation: `(25 + 9) /`."""
_FEWEST = 2
"""Digits of a result whose operands the answer does not name: fewer would be met by chance."""


def is_derived(
    statement: Statement, number: Mention, borne: Iterable[tuple[Mention, Fact]]
) -> bool:
    """Whether one step leads to a number from two values that are said and borne out.

    A change may name one of the two: the other then stands in the same row or column.
    """
    said = said_of(statement.text, number)
    known = list(borne)
    operands = [_amounts(one, said_of(statement.text, one)) for one, _ in known]
    if any(_is_sum(number, said, *one) for one in combinations(operands, 2)):
        return True
    if is_sum(statement, number, (one for one, _ in known)) or _is_worked_out(statement, number):
        return True
    if any(_comes_to(number, said, *pair) for pair in permutations(operands, 2)):
        return True
    parts = [ratio.value for ratio in statement.vocabulary.fractions(statement.text)]
    if any(is_rounded(a * part, number.amount) for a, _ in operands for part in parts):
        return True  # 103, the half of 206
    if not _compares(statement):
        return False
    if len(number.value.normalize().as_tuple().digits) < _FEWEST:
        return False
    return any(
        _comes_to(number, said, own, other) or _comes_to(number, said, other, own)
        for own, other in _cells_beside(fact for _, fact in known)
    )


def is_sum(statement: Statement, number: Mention, others: Iterable[Mention]) -> bool:
    """Whether a number is what the others of its sentence, two or more, come to."""
    known = set(statement.values) & set(others) - {number}
    whole = sum((abs(one.amount) for one in known), Decimal(0))
    return len(known) > 1 and is_rounded(whole, number.amount)


def steps_of(statement: Statement) -> list[list[Mention]]:
    """The numbers of each calculation that a sentence shows: `8,415 + 3,120`."""
    found: list[list[Mention]] = []
    for one, other in pairwise(statement.values):
        if not _OPERATOR.fullmatch(statement.text[one.end : other.start]):
            continue
        if found and found[-1][-1] is one:
            found[-1].append(other)
        else:
            found.append([one, other])
    return [steps for steps in found if not _GOES_ON.search(statement.text[: steps[0].start])]


def _is_worked_out(statement: Statement, number: Mention) -> bool:
    """Whether a calculation that the sentence shows comes to a number, as it is or in percent."""
    for steps in steps_of(statement):
        worth = None if number in steps else worth_of(statement, steps)
        scales = {Decimal(1), number.scale / steps[0].scale, Decimal("0.01")}
        if worth is not None and any(is_rounded(worth, number.value, one) for one in scales):
            return True
    return False


def worth_of(statement: Statement, steps: Sequence[Mention]) -> Decimal | None:
    """What a calculation comes to, by its numbers without their units."""
    found = str(steps[0].value)
    for one, other in pairwise(steps):
        sign = _OPERATOR.fullmatch(statement.text[one.end : other.start])
        found += f" {sign['sign'] if sign else '+'} {other.value}"
    return evaluate(found)


Operand = tuple[Decimal, bool]
"""An amount, and whether it is percent."""


def _amounts(number: Mention, said: Said) -> Operand:
    return abs(number.value) * said.scale, said.percent


def _comes_to(number: Mention, said: Said, first: Operand, second: Operand) -> bool:
    (a, is_share), (b, is_other) = first, second
    if is_share is not is_other:
        return False
    results = [a - b] if is_share or not said.percent else []
    if said.percent and b and not is_share:
        results += [a / b * 100, (a - b) / b * 100]
    scale = Decimal(1) if said.percent else said.scale
    return any(result and is_rounded(result, abs(number.value), scale) for result in results)


def _is_sum(number: Mention, said: Said, first: Operand, second: Operand) -> bool:
    (a, is_share), (b, is_other) = first, second
    is_alike = is_share is is_other is said.percent
    return is_alike and is_rounded(a + b, abs(number.value), said.scale)


def _compares(statement: Statement) -> bool:
    text = fold_in_place(statement.text)
    return bool(statement.vocabulary.moves(text) or statement.vocabulary.comparison.search(text))


def _cells_beside(facts: Iterable[Fact]) -> Iterator[tuple[Operand, Operand]]:
    """Each cell that is said, with those of its row and column that count in the same."""
    for fact in facts:
        cell = fact.cell
        for table in fact.source.tables if cell else ():
            cells = list(table.cells())
            for other in cells if cell in cells else ():
                if cell is None or other is cell:
                    continue
                if other.row != cell.row and other.column != cell.column:
                    continue
                mine, theirs = cell.quantity, other.quantity
                if mine and theirs and (mine.unit, mine.percent) == (theirs.unit, theirs.percent):
                    yield (
                        (abs(mine.amount), mine.percent),
                        (abs(theirs.amount), theirs.percent),
                    )
