"""Figures that no table prints, by the formula that people mean: `operating margin`."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, DivisionByZero, InvalidOperation

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.aggregation import operands_of
from graph.offline.evidence_view import EvidenceView
from graph.offline.lookup import single_cell
from graph.offline.table_view import FoundCell
from graph.offline.wording import are_signed, marked, use
from graph.query.formulas import AVERAGE, Formula, formulas_in
from graph.query.subject_terms import Token, keys_in
from graph.table_qa.arithmetic import rounded, written
from loaders.text.quantity_text import amount_text, in_number_form

PERCENT_PLACES, OTHER_PLACES = 1, 2
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "/"}


def derived(view: EvidenceView) -> Draft | None:
    """The figure from its lines, each of them one sure cell of the same period."""
    analysis = view.analysis
    if analysis.operation not in {"", "share", "ratio", "average"} or analysis.order:
        return None
    for formula in formulas_in(analysis.question):
        phrase = keys_in(formula.phrase)
        rest = [term for term in analysis.terms if term.key not in phrase]
        cells = _lines(view, formula, rest)
        if cells and (draft := _worked_out(view, formula, cells)):
            return draft
    return None


def _lines(
    view: EvidenceView, formula: Formula, rest: Sequence[Token]
) -> dict[str, tuple[FoundCell, ...]]:
    """The cells of each line: one, or two years' where an average is meant."""
    averaged = set(AVERAGE.findall(formula.expression))
    found: dict[str, tuple[FoundCell, ...]] = {}
    for name in formula.lines:
        years = _years(view) if name in averaged else [""]
        cells = [_line(view, name, rest, year) for year in years]
        if not cells or not all(cells):
            return {}
        found[name] = tuple(cell for cell in cells if cell)
    return found


def _years(view: EvidenceView) -> list[str]:
    periods = view.analysis.periods
    return [str(int(periods[0]) - 1), periods[0]] if len(periods) == 1 else []


def _line(view: EvidenceView, name: str, rest: Sequence[Token], year: str) -> FoundCell | None:
    line = Token(f"@{name}", name.replace("_", " "), 0, 0)
    others = [term for term in rest if not (year and term.is_year)]
    period = [Token(year, year, 0, 0)] if year else []
    amounts = replace(view.analysis, asks=view.analysis.asks - {"percent"})  # a margin's lines
    return single_cell(view, amounts, [line, *others, *period])


def _worked_out(
    view: EvidenceView, formula: Formula, lines: Mapping[str, tuple[FoundCell, ...]]
) -> Draft | None:
    cells = [cell for group in lines.values() for cell in group]
    operands, scale = operands_of(cells)
    currencies = {cell.cell.quantity.currency for cell in cells if cell.cell.quantity}
    if len(currencies - {""}) > 1 or are_signed(cells):
        return None
    values = {id(cell): abs(one.value) for cell, one in zip(cells, operands, strict=True)}
    known = {
        name: sum((values[id(cell)] for cell in group), Decimal(0)) / len(group)
        for name, group in lines.items()
    }
    tree = ast.parse(AVERAGE.sub(r"\1", formula.expression), mode="eval").body
    try:
        value = _evaluated(tree, known) * (100 if formula.percent else 1)
    except (DivisionByZero, InvalidOperation):
        return None
    shown_lines = {
        name: _line_text([values[id(cell)] for cell in group]) for name, group in lines.items()
    }
    expression = _shown(tree, shown_lines) + (" × 100" if formula.percent else "")
    places = view.analysis.decimals
    natural = PERCENT_PLACES if formula.percent else OTHER_PLACES
    number = written(rounded(value, natural if places is None else places), keep=True)
    is_amount = "/" not in formula.expression
    result = f"{number}%" if formula.percent else number
    quantity = cells[0].cell.quantity
    language = view.evidence.language
    shown = in_number_form(result, language)
    if is_amount and quantity:
        shown = amount_text(number, replace(quantity, scale=scale), language)
    period = sorted(cells[-1].column.years)
    label = (
        f"{formula.phrase[:1].upper()}{formula.phrase[1:]}{f' ({period[-1]})' if period else ''}"
    )
    text = say(
        "computed",
        language,
        label=label,
        expression=in_number_form(expression, language),
        result=shown,
    )
    done = Computed(expression=expression, result=result, operands=[o.marker for o in operands])
    return Draft(
        text=f"{text} {marked(cells)}",
        uses=[use(cell) for cell in cells],
        computed=[done],
        kind="computed",
    )


def _evaluated(node: ast.expr, known: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    assert isinstance(node, ast.BinOp)
    left, right = _evaluated(node.left, known), _evaluated(node.right, known)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    return left * right if isinstance(node.op, ast.Mult) else left / right


def _line_text(values: Sequence[Decimal]) -> str:
    """A line's value; of two years both, as an average."""
    parts = " + ".join(written(value, keep=True) for value in values)
    return f"(({parts}) / {len(values)})" if len(values) > 1 else parts


def _shown(node: ast.expr, known: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.BinOp)
    sides = [_shown(node.left, known), _shown(node.right, known)]
    if isinstance(node.op, ast.Mult | ast.Div):
        sides = [
            f"({text})"
            if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Add | ast.Sub)
            else text
            for text, side in zip(sides, (node.left, node.right), strict=True)
        ]
    return f" {_SIGNS[type(node.op)]} ".join(sides)
