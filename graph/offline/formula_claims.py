"""Figures that no table prints, by the formula that people mean: `operating margin`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.draft import Draft
from graph.offline.cell_arithmetic import PERCENT_PLACES, calculated, compute
from graph.offline.evidence_view import EvidenceView
from graph.offline.lookup import single_cell
from graph.offline.table_view import FoundCell
from graph.offline.wording import are_signed
from graph.query.formulas import AVERAGE, Formula, formulas_in
from graph.query.subject_terms import Token, keys_in

OTHER_PLACES = 2


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
    if are_signed([cell for group in lines.values() for cell in group]):
        return None
    expression = AVERAGE.sub(r"average(\1)", formula.expression)
    result = compute(
        f"({expression}) * 100" if formula.percent else expression,
        lines,
        view.analysis.decimals,
        natural=PERCENT_PLACES if formula.percent else OTHER_PLACES,
    )
    years = sorted([*lines.values()][-1][-1].column.years)
    label = formula.phrase[:1].upper() + formula.phrase[1:]
    return (
        calculated(view, f"{label} ({years[-1]})" if years else label, result) if result else None
    )
