"""Lines of financial statements: under another of their names, or as operands of a formula."""

from __future__ import annotations

from decimal import Decimal

from graph.answer import Computed
from graph.draft import Draft, Use
from graph.generation.messages import say
from graph.offline.aggregation import worked_out
from graph.offline.cell_text import use
from graph.offline.formula_evaluation import Derivation, find_line
from graph.offline.lookup import single
from graph.offline.table_question import Inquiry
from graph.offline.table_view import Cell
from graph.query.formulas import Formula, formula_of, line_in
from graph.query.intent import operation_of, wants_percent
from graph.table_qa.arithmetic import rounded, written
from loaders.text.tokenizer import is_generic, is_year, keys

_BESIDE = frozenset(
    keys("amount value total expense end year fiscal usd dollar million thousand billion much owe")
)
"""What a question says beside the line it asks for."""


def derived(inquiry: Inquiry) -> Draft | None:
    """A figure by its formula, in each year that is asked for."""
    formula = formula_of(inquiry.question)
    if formula is None or _prints(inquiry, formula.name) or inquiry.is_qualified(formula.name):
        return None
    years = sorted({int(term.key) for term in inquiry.terms if is_year(term.key)})
    compares = operation_of(inquiry.question) in {"change", "difference"}
    wanted = years if compares else years[-1:]
    asked: list[int | None] = [*wanted] or [None]
    worked = [(year, Derivation(inquiry.grids, year)) for year in asked]
    results = [(year, work, work.work_out(formula)) for year, work in worked]
    if not results or any(result is None for _, _, result in results):
        return None
    if formula.name and inquiry.names_unknown:
        return None
    parts: list[str] = []
    uses: list[Use] = []
    computed: list[Computed] = []
    for year, work, result in results:
        assert result is not None
        value = _written(inquiry, result[0], formula)
        markers = tuple(dict.fromkeys(cell.source.number for cell in work.used))
        shown = "".join(f"[{marker}]" for marker in markers)
        label = " ".join(part for part in (formula.name, str(year or "")) if part) or "="
        expression = result[1] + (" × 100" if value.endswith("%") else "")
        if "/" in expression and " × 100" in expression and not formula.percent:
            expression = result[1]
        text = say("computed", inquiry.language, label=label, expression=expression, result=value)
        parts.append(f"{text} {shown}")
        uses.extend(use(cell) for cell in work.used)
        computed.append(Computed(expression=expression, result=value, operands=markers))
    return Draft(text=" ".join(parts), uses=list(dict.fromkeys(uses)), computed=computed)


def line_first(inquiry: Inquiry) -> Draft | None:
    """A statement's line, if no table row fits the question better than its synonyms do."""
    name = line_in(inquiry.question)
    if _asks_no_more(inquiry, name) and (draft := printed(inquiry, in_statements=True)):
        return draft
    rows = [item.rows[0] for item in inquiry.lookups[:3] if item.rows and item.columns]
    is_named_exactly = any(row.fit >= 0.95 for row in rows)
    return None if is_named_exactly else printed(inquiry)


def _asks_no_more(inquiry: Inquiry, name: str) -> bool:
    """Whether the line is all that is asked for, of the document: of no part, and not in words."""
    said = {*keys(name), *inquiry.known, *_BESIDE}
    return bool(name) and all(
        term.key in said or is_year(term.key) or is_generic(term.key) for term in inquiry.terms
    )


def printed(inquiry: Inquiry, *, in_statements: bool = False) -> Draft | None:
    """A line of a statement under another of its names, or computed from two of its years."""
    name = line_in(inquiry.question)
    if not name or inquiry.wants_prose or inquiry.names_unknown or inquiry.is_qualified(name):
        return None
    if wants_percent(inquiry.question) and operation_of(inquiry.question) is None:
        return None
    years = sorted({int(term.key) for term in inquiry.terms if is_year(term.key)})
    operation = operation_of(inquiry.question)
    if operation in {"change", "percent_change"} and len(years) == 1:
        years = [years[0] - 1, years[0]]
    asked: list[int | None] = [*years] or [None]
    cells = [cell for year in asked if (cell := _line(inquiry, name, year, in_statements))]
    if not cells or len(cells) < len(years):
        return None
    if operation and len(cells) > 1 and (draft := worked_out(inquiry, operation, cells)):
        return draft
    return single(inquiry, cells[0]) if len(cells) == 1 and not operation else None


def _line(inquiry: Inquiry, name: str, year: int | None, in_statements: bool) -> Cell | None:
    grids = [grid for grid in inquiry.grids if grid.is_statement or not in_statements]
    return Derivation(grids, year).line(name, year)


def _written(inquiry: Inquiry, value: Decimal, formula: Formula) -> str:
    wish = inquiry.wish
    if formula.percent and (wish.percent or (wish.decimals or 0) < 3):
        return f"{written(rounded(value * 100, wish.decimals or 2), keep=True)}%"
    decimals = wish.decimals if wish.decimals is not None else 2
    return written(rounded(value, decimals), keep=True)


def _prints(inquiry: Inquiry, name: str) -> bool:
    """Whether a table prints the figure itself."""
    return bool(name) and any(find_line(grid, name, None) is not None for grid in inquiry.grids[:6])
