"""Calculations held against their sources: operands whole, and the result worked out again."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, DecimalException

from graph.answer import Check, Computed
from graph.evidence.sources import Evidence, Source
from graph.verification.statements.facts import facts_of, values_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.rounding import is_rounded
from graph.verification.statements.statement import is_period
from loaders.text.quantities import Mention, numbers_in

_CONSTANTS = frozenset(Decimal(number) for number in (1, 2, 4, 12, 100, 360, 365))
_HUNDRED = Decimal(100)
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")"})
_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)|(?P<sign>[-+*/()]))")
_OPERATIONS = ({"+": operator.add, "-": operator.sub}, {"*": operator.mul, "/": operator.truediv})
_COUNT = re.compile(r"\s*count\b")
_DEEPEST = 30
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
"""`500.00` of P500.00 is no digits of a name."""


def calculation_faults(
    computed: Sequence[Computed], evidence: Evidence, cited: Sequence[Source]
) -> Iterator[Check]:
    """Operands that are no whole numbers of the cited documents, and results that come out wrong.

    A table may be cut into pieces of which only some are cited. What the question gives, `500 km`,
    needs no source; but the years that it asks about are no operands, and where prices are per 100,
    what it gives has to be divided by as much.
    """
    documents = {source.document for source in cited}
    given = _given(evidence)
    known = [source for source in evidence.sources if source.document in documents]
    for one in computed:
        is_whole = _has_per(one, cited)
        for number in _operands(one):
            is_given = is_whole and any(number.equals(one) for one in given)
            if not _stands(number, known) and not is_given:
                yield Check(what="calculation", text=number.text, why="stands in no cited source")
        worth = evaluate(one.expression)
        if worth is not None and not _comes_out(worth, one.result):
            why = f"is not what {one.expression} comes to"
            yield Check(what="calculation", text=one.result, why=why)


def _given(evidence: Evidence) -> list[Mention]:
    """What the question gives to calculate with."""
    found = (number for number in numbers_in(evidence.question) if not number.in_name)
    return [number for number in found if not is_period(number)]


def computed_numbers(
    computed: Sequence[Computed], evidence: Evidence, sources: Sequence[Source]
) -> list[Mention]:
    """The results of the calculations, and those operands that sources hold or the question."""
    given = _given(evidence)
    allowed = [number for one in computed for number in numbers_in(one.result)]
    for one in computed:
        allowed += _exactly(one)
        steps = numbers_in(one.expression)
        constants = {*_CONSTANTS, Decimal(len(steps) - 1)}  # an average divides by its count
        allowed += [
            number
            for number in steps
            if number.value in constants
            or any(map(number.equals, given))
            or _stands(number, sources)
        ]
    return allowed


def _has_per(one: Computed, sources: Sequence[Source]) -> bool:
    """Whether it has the 100 of `per 100 pieces`, which a line over an operand's table says."""
    steps = numbers_in(one.expression, decimal_comma=False)
    said = {value for number in steps for value in values_of(number)}
    lines = {
        line
        for source in sources
        for table in source.tables
        for cell in table.cells()
        if cell.quantity and abs(cell.quantity.value) in said
        for line in (source.caption, *table.titles, *cell.row_path, *cell.column_path)
    }
    return not any(
        said_of(line, number).follows_per and number.value not in said | {Decimal(1)}
        for line in lines
        for number in numbers_in(line)
    )


def _exactly(one: Computed) -> Iterator[Mention]:
    """The result before it was rounded: an answer may say more of its decimals, or fewer."""
    worth, found = evaluate(one.expression), numbers_in(one.result, decimal_comma=False)
    for factor in (Decimal(1), _HUNDRED) if worth is not None and len(found) == 1 else ():
        if worth is not None and is_rounded(worth * factor, found[0].value):
            exact = (worth * factor).copy_sign(found[0].value)
            yield replace(found[0], value=exact, readings=(exact,))


def evaluate(expression: str) -> Decimal | None:
    """What sums, products and brackets come to; None for any other expression."""
    text = expression.translate(_SIGNS).replace("\u00a0", " ").strip()
    tokens: list[str] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        tokens.append(match[0].strip().replace(",", ""))
        place = match.end()
    try:
        value, rest = _steps(tokens, 0)
    except (DecimalException, IndexError, ValueError):
        return None
    return value if not rest else None


def _steps(tokens: list[str], depth: int, level: int = 0) -> tuple[Decimal, list[str]]:
    """Sums, level 0, of products, level 1, of factors."""
    if level == len(_OPERATIONS):
        return _factor(tokens, depth)
    value, tokens = _steps(tokens, depth, level + 1)
    while tokens and (operation := _OPERATIONS[level].get(tokens[0])):
        other, tokens = _steps(tokens[1:], depth, level + 1)
        value = operation(value, other)
    return value, tokens


def _factor(tokens: list[str], depth: int) -> tuple[Decimal, list[str]]:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if tokens[0] == "-":
        value, rest = _factor(tokens[1:], depth + 1)
        return -value, rest
    if tokens[0] == "(":
        value, rest = _steps(tokens[1:], depth + 1)
        if not rest or rest[0] != ")":
            raise ValueError("a bracket is not closed")
        return value, rest[1:]
    return Decimal(tokens[0]), tokens[1:]


def _operands(one: Computed) -> list[Mention]:
    if _COUNT.match(one.expression):
        return []  # of rows
    steps = numbers_in(one.expression, decimal_comma=False)
    constants = {*_CONSTANTS, Decimal(len(steps) - 1)}
    return [number for number in steps if number.value not in constants]


def _stands(number: Mention, sources: Sequence[Source]) -> bool:
    """Whole, and as a number: no piece of one, and no digits of a name."""
    wanted = values_of(number) | {value * number.scale for value in values_of(number)}
    return any(
        wanted & (values_of(other) | {value * other.scale for value in values_of(other)})
        for source in sources
        for fact in facts_of(source)
        for other in fact.numbers
        if not other.in_name or _AMOUNT.fullmatch(other.text)
    ) or any(abs(quantity.amount) in wanted for source in sources for quantity in source.quantities)


def _comes_out(worth: Decimal, result: str) -> bool:
    """Whether a result is this value, rounded as it is written, in its scale or as percent."""
    found = numbers_in(result, decimal_comma=False)
    if not found:
        return True
    number = found[0]
    return any(
        is_rounded(worth, value, factor)
        for value in number.readings
        for factor in (Decimal(1), Decimal("0.01"), number.scale, 1 / number.scale)
    )
