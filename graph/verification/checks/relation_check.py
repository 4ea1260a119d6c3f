"""Whether what a sentence says of its own numbers is true: more, less, by so much, comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graph.answer import Check
from graph.verification.checks.derived import amount_of, steps_of, worth_of
from graph.verification.checks.direction_check import ends_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.rounding import is_rounded
from graph.verification.statements.statement import Statement
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention

_EQUALS = re.compile(r"[^\d=.;]{0,12}=[^\d=.;]{0,12}")
_APART = re.compile(r"[;:.(\n]|(?:\w+\W+){13}")
"""What stands between two numbers of which nobody says one thing."""

_THREE = 3
"""The change, and what it leads from and to."""


def relation_faults(statement: Statement) -> Iterator[Check]:
    """Comparisons, changes in per cent and calculations that the numbers beside them deny."""
    yield from _compared(statement)
    yield from _changed(statement)
    yield from _shown(statement)


def _compared(statement: Statement) -> Iterator[Check]:
    """`94.7 %, above the target of 96.0 %`."""
    words = statement.vocabulary
    for one, other in pairwise(statement.values):
        between = fold_in_place(statement.text[one.end : other.start])
        ways = (bool(words.less.search(between)), bool(words.more.search(between)))
        others = (_APART, words.negation, words.joins)
        if sum(ways) != 1 or any(pattern.search(between) for pattern in others):
            continue
        mine, theirs = said_of(statement.text, one), said_of(statement.text, other)
        first, second = one.value * mine.scale, other.value * theirs.scale
        is_by = ways[1] and 2 * first < second  # by how much: £0.7m above the £9.1m
        is_so = is_by or (first < second) is ways[0]
        are_bare = mine.counts_nothing and theirs.counts_nothing and bool(theirs.noun or mine.noun)
        if mine.kind == theirs.kind and not is_so and not are_bare:
            yield Check(what="direction", text=one.text, why=f"is not so beside {other.text}")


def _changed(statement: Statement) -> Iterator[Check]:
    """`by 4.1 %, from 164 to 171`."""
    shares = [one for one in statement.values if one.percent]
    first, last = ends_of(statement.text, statement.values, statement.vocabulary)
    are_told = len(shares) == 1 and len(statement.values) == _THREE
    if not are_told or first is None or last is None or not first.amount:
        return
    if not statement.vocabulary.moves(statement.text) or first.percent or last.percent:
        return
    change = (amount_of(statement, last) / amount_of(statement, first) - 1) * 100
    if not is_rounded(change, shares[0].value):
        yield Check(what="calculation", text=shares[0].text, why=f"is not {change:.2f} %")


def _shown(statement: Statement) -> Iterator[Check]:
    """`0.85 × 75 = 70`."""
    known = steps_of(statement)
    for steps in known:
        worth, end = worth_of(statement, steps), steps[-1].end
        for one in statement.values:
            if any(one in others for others in known):
                continue  # what it is equal to goes on
            is_result = one.start > end and _EQUALS.fullmatch(statement.text[end : one.start])
            if is_result and worth is not None and not _comes_to(worth, one, steps):
                yield Check(what="calculation", text=one.text, why=f"is not {worth:.4f}")


def _comes_to(worth: Decimal, result: Mention, steps: Sequence[Mention]) -> bool:
    scales = {result.scale / step.scale for step in steps} | {result.scale, Decimal(1)}
    shares = {worth, worth * 100} if result.percent else {worth}
    return any(is_rounded(one, result.value, scale) for one in shares for scale in scales)
