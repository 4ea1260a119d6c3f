"""Numbers that follow from others: sums, differences, means, shares, changes in percent, counts.

A right answer often says the step without a calculation: `by £15.2 million (3.6 %), from £418.4
million to £433.7 million`. What the answer's own values come to needs no cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from graph.verification.checks.asked_result import Operand, asked_results
from graph.verification.checks.calculation_check import evaluate
from graph.verification.statements.facts import Fact, values_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.naming import spoken
from graph.verification.statements.rounding import is_rounded
from graph.verification.statements.statement import MARKS, Statement
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.tokenizer import is_stop, keys

_STEP = re.compile(
    r"(?!.*(?:…|\.{3}))(?P<before>[^=;:,]*?)\s(?P<sign>[-+*/×·÷−–])\s(?P<behind>[^=;:,]*)"
)
_GOES_ON = re.compile(r"[-+*/×·÷−–]\s[^\w\s]?$")
"""What stands before the rest of a longer calculation: `(25 + 9) /`."""
_POINTS = "pp"
_MOST_WORDS = 3
_FEWEST = 2
"""Digits of a result whose operands its sentence does not name: fewer would be met by chance."""
_MOST = 8
"""Values of an answer of which each is held against each."""


def is_derived(
    statement: Statement,
    number: Mention,
    borne: Iterable[tuple[Mention, Fact]],
    *,
    is_nowhere: bool = True,
) -> bool:
    """Whether one step leads to a number from values that are said and borne out.

    A change may name one of two: the other then stands in the same row or column. What no source
    has may come of values of other sentences.
    """
    known = list(borne)
    near = [_operand(statement.text, one) for one, _ in known]
    if _is_worked_out(statement, number) or _is_one_of(statement, number, _results(near)):
        return True
    if is_sum(statement, number, (one for one, _ in known)) or _is_part(statement, number, near):
        return True
    if _counts_rows(statement, number):
        return True
    if _is_one_of(statement, number, _products(statement, number)):
        return True
    if len(number.value.normalize().as_tuple().digits) < _FEWEST:
        return False
    if is_nowhere and _is_one_of(statement, number, _results(_around(statement, number))):
        return True
    if is_nowhere and _is_one_of(statement, number, asked_results(statement, number)):
        return True
    pairs = _cells_beside(statement, known) if _compares(statement) else ()
    return any(_is_one_of(statement, number, _results(pair)) for pair in pairs)


def is_sum(statement: Statement, number: Mention, others: Iterable[Mention]) -> bool:
    """Whether a number is what the others of its sentence, two or more, come to."""
    known = set(statement.values) & set(others) - {number}
    whole = sum((abs(one.amount) for one in known), Decimal(0))
    return len(known) > 1 and is_rounded(whole, number.amount)


def is_result(statement: Statement, number: Mention, others: Iterable[Mention]) -> bool:
    """Whether a number is what one step makes of the other two of its sentence, or their sum."""
    known = [one for one in statement.values if one in others and one != number]
    if len(known) == _FEWEST == len(statement.values) - 1:
        return _is_one_of(statement, number, _results([_operand(statement.text, k) for k in known]))
    return is_sum(statement, number, known)


def steps_of(statement: Statement) -> list[list[Mention]]:
    """The numbers of each calculation that a sentence shows: `8,415 + 3,120`."""
    found: list[list[Mention]] = []
    for one, other in pairwise(statement.values):
        if not _step(statement.text[one.end : other.start]):
            continue
        if found and found[-1][-1] is one:
            found[-1].append(other)
        else:
            found.append([one, other])
    return [steps for steps in found if not _GOES_ON.search(statement.text[: steps[0].start])]


def worth_of(statement: Statement, steps: Sequence[Mention]) -> Decimal | None:
    """What a calculation comes to: by its numbers as they are, or in units if scales differ."""
    scales = {said_of(statement.text, one).scale for one in steps if not one.percent}
    if len(scales) > 1:
        steps = [replace(one, value=amount_of(statement, one)) for one in steps]
    found = str(steps[0].value)
    for one, other in pairwise(steps):
        gap = _step(statement.text[one.end : other.start])
        if gap is None:
            return None
        found += ")" * gap["before"].count(")") + f" {gap['sign']} "
        found += "(" * gap["behind"].count("(") + _factor(one, gap["sign"], other)
    missing = found.count(")") - found.count("(")
    return evaluate("(" * missing + found + ")" * -missing)


def amount_of(statement: Statement, number: Mention) -> Decimal:
    """A number with the scale and the sign that it is said with."""
    return number.value * said_of(statement.text, number).scale


def _step(gap: str) -> re.Match[str] | None:
    """The sign between two numbers, with a few words of what they are."""
    found = _STEP.fullmatch(gap)
    parts = (found["before"], found["behind"]) if found else ()
    return found if all(len(part.split()) <= _MOST_WORDS for part in parts) else None


def _factor(one: Mention, sign: str, other: Mention) -> str:
    """`€3.80 + 30 %` adds a part of it."""
    if not other.percent or one.percent:
        return str(other.value)
    return f"{other.value / 100}" + (f" * {one.value}" if sign in "+-−–" else "")


def _is_worked_out(statement: Statement, number: Mention) -> bool:
    """Whether a calculation that the sentence shows comes to a number, as it is or in percent."""
    scale = said_of(statement.text, number).scale
    for steps in steps_of(statement):
        if number in steps and number.value == len(steps) - 1:
            return True  # a mean divides by how many there are
        worth = None if number in steps else worth_of(statement, steps)
        if worth is None:
            continue
        first = said_of(statement.text, steps[0]).scale
        scales = {Decimal(1), scale, scale / first, Decimal("0.01")}
        if any(is_rounded(worth, number.value, one) for one in scales):
            return True
        if number.percent and is_rounded((worth - 1) * 100, number.value):
            return True
    return False


def _operand(text: str, number: Mention) -> Operand:
    said = said_of(text, number)
    return abs(number.value) * said.scale, said.percent


def _around(statement: Statement, number: Mention) -> list[Operand]:
    """The other values of the whole answer that its sources have."""
    answer = MARKS.sub("", statement.answer)
    comma = number.text.count(",") == 1 if "," in number.text else None
    known = {value for one in statement.around for held in one.numbers for value in values_of(held)}
    found = [
        _operand(answer, one)
        for one in numbers_in(answer, decimal_comma=comma)
        if one.value != number.value and not one.in_name and values_of(one) & known
    ]
    return found if len(found) <= _MOST else []


def _results(operands: Sequence[Operand]) -> Iterator[Operand]:
    """What one step makes of them."""
    amounts = [amount for amount, _ in operands]
    if len(operands) > _FEWEST and len({is_share for _, is_share in operands}) == 1:
        yield sum(amounts, Decimal(0)), operands[0][1]
        yield sum(amounts, Decimal(0)) / len(amounts), operands[0][1]
    for (a, is_share), (b, is_other) in permutations(operands, 2):
        if is_share is is_other:
            yield from [(a + b, is_share), (a - b, is_share)]
            yield from [(a / b * 100, True), ((a - b) / b * 100, True), (a / b, False)] if b else []
        elif is_other:
            yield from [(a * b / 100, False), (a + a * b / 100, False)]


def _products(statement: Statement, number: Mention) -> Iterator[Operand]:
    """So many at a price each, as the answer says both and its sources have them."""
    text = MARKS.sub("", statement.answer)
    known = {value for one in statement.around for held in one.numbers for value in values_of(held)}
    said = [(one, said_of(text, one)) for one in numbers_in(text)[:_MOST] if values_of(one) & known]
    said = [pair for pair in said if pair[0].value != number.value]
    for (one, own), (other, price) in permutations(said, 2):
        if price.currency and not price.percent and own.counts_nothing and not one.in_name:
            yield one.value * other.value * price.scale, False


def _is_one_of(statement: Statement, number: Mention, results: Iterable[Operand]) -> bool:
    said = said_of(statement.text, number)
    are_shares = said.percent or said.unit == _POINTS
    scale = Decimal(1) if are_shares else said.scale
    return any(
        worth and is_share is are_shares and is_rounded(worth, abs(number.value), scale)
        for worth, is_share in results
    )


def _is_part(statement: Statement, number: Mention, operands: Iterable[Operand]) -> bool:
    """103, the half of 206."""
    parts = [ratio.value for ratio in statement.vocabulary.fractions(statement.text)]
    return any(is_rounded(a * part, number.amount) for a, _ in operands for part in parts)


def _counts_rows(statement: Statement, number: Mention) -> bool:
    """`3 are active`, and three cells of a column say so."""
    if not said_of(statement.text, number).counts_nothing:
        return False
    said = spoken(f"{statement.text}\n{statement.evidence.question}").keys()
    counts = (
        Counter((cell.column, cell.text) for cell in table.cells() if cell.quantity is None)
        for source in statement.sources
        for table in source.tables
    )
    told = (text for found in counts for (_, text), count in found.items() if count == number.value)
    words = (frozenset(key for key in keys(text) if not is_stop(key)) for text in told)
    return any(one and one <= said for one in words)


def _compares(statement: Statement) -> bool:
    text = fold_in_place(statement.text)
    return bool(statement.vocabulary.moves(text) or statement.vocabulary.comparison.search(text))


def _cells_beside(
    statement: Statement, known: Iterable[tuple[Mention, Fact]]
) -> Iterator[list[Operand]]:
    """Each cell that is said, with those of its row and column; in the scale of the answer."""
    for number, fact in known:
        cell, (amount, is_share) = fact.cell, _operand(statement.text, number)
        for table in fact.source.tables if cell and cell.amount else ():
            cells = list(table.cells())
            for other in cells if cell in cells else ():
                if cell is None or (other.row != cell.row and other.column != cell.column):
                    continue
                mine, theirs = cell.quantity, other.quantity
                if mine and theirs and (mine.unit, mine.percent) == (theirs.unit, theirs.percent):
                    beside = abs(theirs.amount) * amount / abs(mine.amount)
                    yield [(amount, is_share), (beside, is_share)]
