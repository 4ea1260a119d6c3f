"""Arithmetic over cells: computed as a model's calculation is, and told with its cells."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.evidence_view import EvidenceView
from graph.offline.table_view import FoundCell
from graph.offline.wording import marked, title_of, unsigned, use, value_of
from graph.table_qa.aggregates import Item
from graph.table_qa.arithmetic import places, rounded, written
from graph.table_qa.formula import evaluate
from graph.table_qa.measure import CalculationError, MeasuredValue, Unit, unit_of
from loaders.text.quantity_text import amount_text, in_number_form

MOST_ADDED = 6
PERCENT_PLACES = 1
"""Decimals of a share or a rate, where none are asked for."""
ZERO = Decimal(0)
Cells = Mapping[str, Sequence[FoundCell]]


@dataclass(frozen=True)
class Result:
    """What a formula gives over its cells."""

    value: Decimal
    expression: str
    number: str
    """As it is told, without its unit."""
    unit: Unit
    cells: tuple[FoundCell, ...]

    @property
    def computed(self) -> Computed:
        """As an answer keeps it."""
        number = f"{self.number}%" if self.unit.percent else self.number
        markers = [cell.source.number for cell in self.cells]
        return Computed(expression=self.expression, result=number, operands=markers)

    def shown(self, language: str, *, sign: bool = True) -> str:
        """With its currency, scale and unit, and the digits parted as in the cells."""
        number, unit = self.number if sign else self.number.lstrip("-"), self.unit
        if unit.percent:
            return f"{in_number_form(number, language)}%"
        like = next(one for cell in self.cells if (one := cell.cell.quantity))
        name = like.unit if unit.is_said else ""
        told = replace(like, scale=unit.scale, currency=unit.currency, unit=name)
        return amount_text(number, told, language)


def compute(
    formula: str, cells: Cells, decimals: int | None = None, *, natural: int | None = None
) -> Result | None:
    """The formula over the cells' values; None where they do not go together.

    Args:
        formula: Over the names of the cells; it is a percentage if it ends with `* 100`.
        cells: One for each name, or several for a function.
        decimals: As many as are asked for.
        natural: As many as are told if none are asked for; else those of the values.
    """
    every = tuple(cell for group in cells.values() for cell in group)
    if _are_of_other_wholes(every):
        return None
    values = {name: [Item(_measure(cell)) for cell in group] for name, group in cells.items()}
    try:
        measure = evaluate(formula, values).measure
    except CalculationError:
        return None
    if measure is None:
        return None
    unit = Unit(percent=True) if formula.endswith("* 100") else measure.unit
    most = max(_places(cell, measure.unit) for cell in every) if natural is None else natural
    number = rounded(measure.value, most if decimals is None else decimals)
    text = written(number, keep=decimals is not None or _is_of_cents(measure.unit, number))
    return Result(measure.value, _with_values(formula, cells), text, unit, every)


def _is_of_cents(unit: Unit, number: Decimal) -> bool:
    """Whether zeros behind the point are told: €6.90, but €142 and €6.9 million."""
    return bool(unit.currency) and unit.scale == 1 and number != number.to_integral_value()


def _are_of_other_wholes(cells: Sequence[FoundCell]) -> bool:
    """Whether counts stand beside their shares in other columns: 49 (23.1) and 46 (21.9).

    Each is of a whole of its own; what is measured, as 286 N (41), is of none.
    """
    known = [(one.column, one.cell.quantity) for one in cells if one.cell.quantity]
    counts = [column.path for column, one in known if one.aside and not one.unit]
    return len(set(counts)) > 1 or any(one.aside and one.percent for _, one in known)


def _places(cell: FoundCell, unit: Unit) -> int:
    """The decimals of a cell's value, counted in a unit's scale."""
    measure = _measure(cell)
    own = measure.at(unit.scale).value if measure and measure.unit.scale != unit.scale else None
    return places(own.normalize() if own is not None else measure.value if measure else ZERO)


def _with_values(formula: str, cells: Cells) -> str:
    """The formula with what the cells say in place of their names."""
    every = [cell for group in cells.values() for cell in group]
    is_mixed = len({one.cell.quantity.scale for one in every if one.cell.quantity}) > 1

    def said(name: str) -> str:
        texts = [value_of(one, "en") if is_mixed else _number(one) for one in cells[name]]
        return ", ".join(texts)

    plain = ast.unparse(ast.parse(formula, mode="eval")).replace("*", "×")
    return re.sub(rf"\b({'|'.join(cells)})\b", lambda match: said(match[0]), plain)


def _number(cell: FoundCell) -> str:
    measure = _measure(cell)
    text = written(measure.value, keep=True) if measure else ""
    return f"({text})" if text.startswith("-") else text


def _measure(cell: FoundCell) -> MeasuredValue | None:
    quantity = cell.cell.quantity
    if quantity is None:
        return None
    return MeasuredValue(unsigned(cell, quantity).value, unit_of(quantity))


def added(
    cells: Sequence[FoundCell], decimals: int | None, *, average: bool = False
) -> Result | None:
    """The sum of the cells, or their average."""
    result = compute("sum(a)", {"a": cells}, decimals)
    terms = result.expression.removeprefix("sum(")[:-1].replace(", ", " + ") if result else ""
    if result is None or not average:
        return replace(result, expression=terms) if result else None
    mean = compute("average(a)", {"a": cells}, decimals, natural=_mean_places(cells, result))
    return replace(mean, expression=f"({terms}) / {len(cells)}") if mean else None


def _mean_places(cells: Sequence[FoundCell], whole: Result) -> int:
    """All if they are at most one more than the values have, as in 13.02; else as many as those."""
    most = max(_places(cell, whole.unit) for cell in cells) or 2
    exact = places((whole.value / len(cells)).normalize())
    return exact if most < exact <= most + 1 else most


def _shortened(expression: str) -> str:
    """A sum of many as its ends: who wants all of them finds them in the calculation."""
    parts = expression.split(" + ")
    return " + ".join([*parts[:2], "…", parts[-1]]) if len(parts) > MOST_ADDED else expression


def calculated(view: EvidenceView, label: str, result: Result, shown: str = "") -> Draft:
    """The result with how it came about."""
    language = view.evidence.language
    text = say(
        "computed",
        language,
        label=label,
        expression=_shortened(in_number_form(result.expression, language)),
        result=(shown or result.shown(language)) + title_of(result.cells, view.analysis),
    )
    return draft_of(text, result.cells, [result])


def draft_of(text: str, cells: Sequence[FoundCell], results: Sequence[Result]) -> Draft:
    """A claim with the cells and the results that bear it out."""
    return Draft(
        text=f"{text} {marked(cells)}",
        uses=[use(cell) for cell in cells],
        computed=[result.computed for result in results],
        kind="computed",
    )
