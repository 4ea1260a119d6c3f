"""A calculation that a model names: its values found in the sources, its formula computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pydantic import BaseModel, Field

from graph.answer import CellReference, Computed
from graph.evidence.sources import Evidence, Source
from graph.table_qa.aggregates import Item
from graph.table_qa.arithmetic import places
from graph.table_qa.cell_lookup import Found, Value, announced, find_value
from graph.table_qa.formula import Outcome, evaluate, formatted
from graph.table_qa.measure import ONE, CalculationError, MeasuredValue, Unit, unit_named
from graph.table_qa.row_selection import select_rows
from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import keys

EVERY = "*"
"""As a row: every row of the table."""
_MOST_OPERANDS = 60
_MOST_DECIMALS = 10
_MOST_LISTED = 30
_HUNDRED = Decimal(100)


class Calculation(BaseModel):
    """A formula, and the values that it has names for."""

    formula: str = Field(description="e.g. (a - b) / b * 100")
    operands: list[Value] = Field(max_length=_MOST_OPERANDS)
    unit: str = Field(default="", description="unit and scale of the result, e.g. %")
    decimals: int | None = Field(default=None, description="decimals, if so many are asked for")
    note: str = Field(default="", description="an assumption that was made")


@dataclass(frozen=True, slots=True)
class Calculated:
    """The result as an answer keeps it, and as the model is told it."""

    computed: Computed
    told: str


@dataclass
class _Resolved:
    """The operands' values, and what there is to say about them."""

    values: dict[str, Sequence[Item]] = field(default_factory=dict)
    markers: list[int] = field(default_factory=list)
    cells: list[CellReference] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def calculate(request: Calculation, evidence: Evidence) -> Calculated:
    """Find the operands, evaluate the formula, round the result.

    Raises:
        CalculationError: A value is not where it is said to be, units do not go together, or the
            formula cannot be read.
    """
    resolved = _Resolved()
    for operand in request.operands:
        _resolve(operand, evidence, resolved)
    given = [reading for one in numbers_in(evidence.question) for reading in one.readings]
    outcome = evaluate(request.formula, resolved.values, given)
    result, expression = _result(outcome, request)
    notes = [*resolved.notes, *([request.note] if request.note else [])]
    markers = tuple(dict.fromkeys(resolved.markers))
    computed = Computed(
        expression=expression,
        result=result,
        operands=markers,
        cells=tuple(resolved.cells),
        note=" ".join(f"{note.rstrip('.')}." for note in notes),
    )
    return Calculated(computed, _told(result, expression, resolved, notes))


def _resolve(operand: Value, evidence: Evidence, resolved: _Resolved) -> None:
    source = evidence.source(operand.source)
    if source is None:
        raise CalculationError(f"there is no source {operand.source}")
    if not operand.name.isidentifier():
        raise CalculationError(f"`{operand.name}` is no name for a formula; use letters, as in a")
    resolved.markers.append(operand.source)
    if operand.row.strip() == EVERY:
        _resolve_rows(operand, source, evidence, resolved)
    else:
        _resolve_value(operand, source, evidence, resolved)


def _resolve_rows(operand: Value, source: Source, evidence: Evidence, resolved: _Resolved) -> None:
    column = operand.column
    selection = select_rows(source, evidence.sources, column, operand.where)
    claimed = [
        Item(_with_unit(item.measure, operand.unit, source, evidence), item.label)
        if item.measure
        else item
        for item in selection.items
    ]
    resolved.values[operand.name] = claimed
    names = ", ".join(_listed(item) for item in claimed[:_MOST_LISTED])
    more = f" and {len(claimed) - _MOST_LISTED} more" if len(claimed) > _MOST_LISTED else ""
    resolved.lines.append(f"{operand.name} = {len(claimed)} rows: {names}{more}")
    resolved.notes += selection.notes


def _listed(item: Item) -> str:
    if item.measure is None:
        return item.label
    return f"{item.label} {formatted(item.measure, places(item.measure.value))}"


def _resolve_value(operand: Value, source: Source, evidence: Evidence, resolved: _Resolved) -> None:
    found = _found(operand, source, evidence)
    measure = _with_unit(found.measure, operand.unit, source, evidence)
    resolved.values[operand.name] = [Item(measure, found.label if found.cell else "")]
    if cell := found.cell:
        reference = CellReference(row=cell.row_path, column=cell.column_path, value=cell.text)
        resolved.cells.append(reference)
    shown = formatted(measure, places(measure.value))
    resolved.lines.append(f"{operand.name} = {shown} ({found.label}) [{source.number}]")
    if measure.value < 0:
        resolved.notes.append(f"{found.text} was taken as {measure.value:f}")


def _found(operand: Value, source: Source, evidence: Evidence) -> Found:
    """The value where it is said to be; a fault names the sources that do have it."""
    try:
        return find_value(operand, source)
    except CalculationError as error:
        having = [one.number for one in evidence.sources if _has(operand, one)]
        if not having:
            raise
        markers = "".join(f"[{number}]" for number in having)
        raise CalculationError(f"{error}; such a value stands in {markers}") from error


def _has(place: Value, source: Source) -> bool:
    try:
        find_value(place, source)
    except CalculationError:
        return False
    return True


def _with_unit(
    measure: MeasuredValue, claimed: str, source: Source, evidence: Evidence
) -> MeasuredValue:
    """The value with the unit that the model reads for it, where that is announced."""
    if not claimed.strip():
        return measure
    own, named = measure.unit, unit_named(claimed)
    if _is_another_kind(named, source):
        return replace(measure, unit=named)
    if own.currency and named.currency and own.currency != named.currency:
        raise CalculationError(f"source {source.number} counts in {own}, not in {claimed}")
    scale = own.scale
    if named.scale not in {ONE, own.scale}:
        same = [one for one in evidence.sources if one.document == source.document]
        if own.scale != ONE or not announced(same, named.scale):
            raise CalculationError(f"source {source.number} does not say “{claimed}”")
        scale = named.scale
    percent = own.percent or (named.percent and not own.currency)
    is_money = own.currency or named.currency
    name = "" if is_money or percent else own.name or named.name
    return replace(measure, unit=Unit(is_money, name, percent, scale))


def _is_another_kind(named: Unit, source: Source) -> bool:
    """Whether a value counts what its table's unit line is not about: heads in a table of money."""
    words = set(keys(named.name))
    is_bare = not named.currency and not named.percent and named.scale == ONE
    return is_bare and bool(words) and words <= source.keys


def _result(outcome: Outcome, request: Calculation) -> tuple[str, str]:
    """The result as text, and the expression that it comes of."""
    decimals = request.decimals
    if decimals is not None and not 0 <= decimals <= _MOST_DECIMALS:
        raise CalculationError(f"decimals are 0 to {_MOST_DECIMALS}")
    if outcome.measure is None:
        named = [(item.label, item.measure) for item in outcome.items]
        lines = [
            f"{label} = {_formatted(one, request.unit, decimals, places(one.value))}".lstrip(" =")
            if one
            else label
            for label, one in named
        ]
        return "; ".join(lines), outcome.expression
    measure, expression = outcome.measure, outcome.expression
    is_share = unit_named(request.unit).percent and not measure.unit.is_said  # a plain number
    if is_share and "100" not in expression:
        measure = replace(measure, value=measure.value * _HUNDRED)
        expression = f"({expression}) × 100"
    return _formatted(measure, request.unit, decimals, outcome.decimals), expression


def _formatted(measure: MeasuredValue, unit: str, decimals: int | None, natural: int) -> str:
    shown = _in_unit(measure, unit) if unit.strip() else measure
    if shown.unit.scale != measure.unit.scale:
        natural = max(2, natural) if shown.unit.scale > measure.unit.scale else natural
    if shown.unit.percent and not measure.unit.is_said:
        # As people say a share or a growth: one, of less than 1 % two digits.
        natural = max(1, 1 - shown.value.adjusted()) if shown.value else 1
    return formatted(shown, natural if decimals is None else decimals)


def _in_unit(measure: MeasuredValue, unit: str) -> MeasuredValue:
    own, named = measure.unit, unit_named(unit)
    if own.currency and named.currency and own.currency != named.currency:
        raise CalculationError(f"the result is in {own.currency}, not in {unit}")
    if named.percent:
        if own.currency:
            raise CalculationError(f"the result is an amount in {own}, not a percentage")
        return replace(measure, unit=Unit(name=unit.strip(), percent=unit.strip() == "%"))
    if named.scale not in {ONE, own.scale} and not own.is_said:
        raise CalculationError(f"no value has a scale; give their `unit` to get {unit}")
    keeps = named.scale == ONE and not named.currency
    shown = measure if keeps else measure.at(named.scale)
    name = "" if own.currency or named.currency else named.name or own.name
    return replace(shown, unit=Unit(own.currency or named.currency, name, False, shown.unit.scale))


def _told(result: str, expression: str, resolved: _Resolved, notes: Sequence[str]) -> str:
    markers = "".join(f"[{marker}]" for marker in dict.fromkeys(resolved.markers))
    lines = [f"{expression} = {result} {markers}", *resolved.lines]
    return "\n".join([*lines, *(f"Note: {note}" for note in notes)])
