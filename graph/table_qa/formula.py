"""Formulas over named values, in Decimal: parsed as Python's arithmetic, and nothing else of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException, localcontext

from graph.table_qa.aggregates import AGGREGATES, ORDERINGS, Item, added, single
from graph.table_qa.arithmetic import PRECISION, places, rounded, written
from graph.table_qa.measure import (
    ONE,
    CalculationError,
    MeasuredValue,
    product,
    quotient,
)

LONGEST = 500
_DEEPEST = 30
_MOST_POWER = 100
_LONGEST_LIST = 12
"""Values that are written out in an expression; of more, how many there are."""
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")"})
_CONVERSIONS = frozenset(Decimal(number) for number in (*range(13), 24, 30, 52, 60, 360, 365, 366))
"""Counts and conversions; with powers of ten the numbers that a formula may bring along."""


Values = Mapping[str, Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula gives: a value, or items in an order; and the formula with its numbers."""

    expression: str
    measure: MeasuredValue | None = None
    items: Sequence[Item] = ()
    decimals: int = 0
    """As many as its result has by nature: of a sum those of its values, of a ratio two."""


def evaluate(formula: str, values: Values, given: Sequence[Decimal] = ()) -> Outcome:
    """Compute a formula over named values; `given` are the numbers that the question has.

    Raises:
        CalculationError: It is no arithmetic, names what is not there, or mixes units.
    """
    tree = _parsed(formula)
    evaluation = _Evaluation(values, frozenset(map(abs, given)))
    try:
        with localcontext() as context:
            context.prec = PRECISION
            result = evaluation.of(tree)
    except DecimalException as error:
        raise CalculationError(f"the formula has no value ({type(error).__name__})") from error
    expression = _with_numbers(tree, values)
    if isinstance(result, list):
        return Outcome(expression, items=result)
    measure = single(result)
    return Outcome(expression, measure, decimals=_decimals(tree, values, measure.value))


def _parsed(formula: str) -> ast.expr:
    text = re.sub(r"\^", "**", formula.translate(_SIGNS)).strip()
    if not text or len(text) > LONGEST:
        raise CalculationError(f"the formula is empty or longer than {LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CalculationError(
            f"`{formula}` is no formula of names, numbers, + - * / ()"
        ) from error
    if _depth(tree) > _DEEPEST:
        raise CalculationError("the formula is nested too deeply")
    return tree


def _depth(node: ast.AST) -> int:
    deepest, level = 0, [node]
    while level and deepest <= _DEEPEST:
        deepest += 1
        level = [child for one in level for child in ast.iter_child_nodes(one)]
    return deepest


@dataclass(frozen=True)
class _Evaluation:
    values: Values
    given: frozenset[Decimal]

    def of(self, node: ast.AST) -> MeasuredValue | list[Item]:
        """The value of a node; a list where a name stands for many."""
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            value = single(self.of(node.operand))
            sign = -1 if isinstance(node.op, ast.USub) else 1
            return replace(value, value=sign * value.value)
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
            left, right = single(self.of(node.left)), single(self.of(node.right))
            return _OPERATIONS[type(node.op)](left, right)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._called(node.func.id, node.args)
        raise CalculationError(f"`{ast.unparse(node)}` is not allowed in a formula")

    def _constant(self, node: ast.Constant) -> MeasuredValue:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise CalculationError(f"`{ast.unparse(node)}` is no number")
        value = Decimal(repr(node.value))
        is_power_of_ten = value > 0 and value.log10() == value.log10().to_integral_value()
        if not is_power_of_ten and value not in _CONVERSIONS and value not in self.given:
            raise CalculationError(
                f"{ast.unparse(node)} stands neither in the question nor among the values; "
                "name the cell or sentence that has it"
            )
        return MeasuredValue(value, is_constant=True)

    def _named(self, name: str) -> MeasuredValue | list[Item]:
        items = self.values.get(name)
        if items is None:
            raise CalculationError(f"the formula has `{name}`, and no value is named so")
        if len(items) == 1 and items[0].measure is not None:
            return items[0].measure
        return list(items)

    def _called(self, name: str, arguments: Sequence[ast.expr]) -> MeasuredValue | list[Item]:
        ordering, aggregate = ORDERINGS.get(name.lower()), AGGREGATES.get(name.lower())
        if ordering and len(arguments) > 1:
            return ordering(single(self.of(arguments[0])), self._items(arguments[1:]))
        if aggregate and arguments:
            items = self._items(arguments)
            if not items:
                raise CalculationError(
                    f"no row meets the conditions of `{ast.unparse(arguments[0])}`"
                )
            return aggregate(items)
        known = ", ".join([*AGGREGATES, *ORDERINGS])
        raise CalculationError(f"`{name}` with these arguments; there are {known}")

    def _items(self, arguments: Sequence[ast.expr]) -> list[Item]:
        found: list[Item] = []
        for argument in arguments:
            if isinstance(argument, ast.Name) and argument.id in self.values:
                found += self.values[argument.id]
            elif isinstance(value := self.of(argument), MeasuredValue):
                found.append(Item(value, ast.unparse(argument)))
            else:
                found += value
        return found


def _power(left: MeasuredValue, right: MeasuredValue) -> MeasuredValue:
    if abs(right.value) > _MOST_POWER or right.unit.is_said:
        raise CalculationError(f"an exponent is a number up to {_MOST_POWER}")
    if left.value < 0 and right.value != right.value.to_integral_value():
        raise CalculationError("no root of a negative value")
    is_constant = left.is_constant and right.is_constant
    return MeasuredValue(left.amount**right.value, is_constant=is_constant)


_OPERATIONS: dict[type[ast.operator], Callable[[MeasuredValue, MeasuredValue], MeasuredValue]] = {
    ast.Add: added,
    ast.Sub: lambda left, right: added(left, replace(right, value=-right.value)),
    ast.Mult: product,
    ast.Div: quotient,
    ast.Pow: _power,
}


def _decimals(tree: ast.expr, values: Values, result: Decimal) -> int:
    """Those of its values; at least two where it divides; counts have none, nor exact averages."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    if calls & {"count", "rank"}:
        return 0
    measures = [item.measure for name in names & values.keys() for item in values[name]]
    most = max((places(one.value) for one in measures if one), default=0)
    divides = any(isinstance(node, ast.Div | ast.Pow) for node in ast.walk(tree))
    is_average = bool(calls & {"average", "median"}) and result != rounded(result, most)
    return max(most, 2) if divides or is_average else most


def _with_numbers(tree: ast.expr, values: Values) -> str:
    """The formula with the values in place of their names: `(212.6 - 196.3) / 196.3 × 100`."""
    used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in values]
    units = {item.measure.unit.scale for name in used for item in values[name] if item.measure}
    shown = {name: _shown(values[name], is_mixed=len(units) > 1) for name in used}
    text = ast.unparse(_Renamed(shown).visit(ast.parse(ast.unparse(tree), mode="eval")))
    return text.replace("**", "^").replace("*", "×")


class _Renamed(ast.NodeTransformer):
    def __init__(self, shown: Mapping[str, str]) -> None:
        self.shown = shown

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.shown.get(node.id, node.id))


def _shown(items: Sequence[Item], *, is_mixed: bool) -> str:
    if len(items) > _LONGEST_LIST or any(item.measure is None for item in items):
        return f"{len(items)} values"
    return ", ".join(_number(item.measure, is_mixed=is_mixed) for item in items if item.measure)


def _number(measure: MeasuredValue, *, is_mixed: bool) -> str:
    value = measure.amount if is_mixed and measure.unit.scale != ONE else measure.value
    text = written(value, keep=not is_mixed)
    return f"({text})" if value < 0 else text


def formatted(measure: MeasuredValue, decimals: int) -> str:
    """The value with its unit, rounded half away from zero."""
    value = rounded(measure.value, decimals)
    number = written(value, keep=True)
    unit = str(measure.unit)
    return f"{number}{'' if unit == '%' else ' '}{unit}".strip()
