"""So many of one thing to one of another: `pupils per teacher`, from the cells of both."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.asked_measure import per_what
from graph.offline.cell_selection import select
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import undisputed
from graph.offline.table_view import FoundCell
from graph.offline.wording import label_of, marked, path_of, use
from graph.query.analysis import QuestionAnalysis
from graph.query.subject_terms import holds, keys_in
from graph.table_qa.arithmetic import Operand, compute
from loaders.text.quantity_text import amount_text, in_number_form

DECIMALS = 2


def divided(view: EvidenceView) -> Draft | None:
    """One cell by the other, where the question names two and no table prints what it asks."""
    analysis, per = view.analysis, per_what(view.analysis.question)
    if len(per) != 1 or analysis.order or analysis.operation not in {"", "average", "ratio"}:
        return None
    pair = undisputed(view.complete(), lambda match: _pair(match, analysis, per[0]))
    return _said(view, *pair) if pair else None


def _pair(match: TableMatch, analysis: QuestionAnalysis, below: str) -> list[FoundCell]:
    """What is divided, and the count by which."""
    selection = select(match, analysis)
    cells = selection.cells if selection else []
    said = [{token.key for token in (*one.row.leaf, *one.column.leaf)} for one in cells]
    if len(cells) != 2 or not all(cell.cell.quantity for cell in cells):
        return []
    wanted = keys_in(below)
    under = [
        one for one, own in zip(cells, said, strict=True) if all(holds(own, w) for w in wanted)
    ]
    count = under[0].cell.quantity if len(under) == 1 else None
    if count is None or count.currency or count.percent or count.unit or not count.value:
        return []
    top = next(cell for cell in cells if cell is not under[0])
    return [] if top.cell.quantity and top.cell.quantity.percent else [top, under[0]]


def _said(view: EvidenceView, top: FoundCell, under: FoundCell) -> Draft | None:
    language, whole, decimals = view.evidence.language, top.cell.quantity, view.analysis.decimals
    above, below = (_plain(one.amount or Decimal(0)) for one in (top, under))
    operands = [Operand(above, top.source.number), Operand(below, under.source.number)]
    if decimals is None:
        decimals = DECIMALS if below and above % below else 0
    result = compute("ratio", operands, decimals)
    if result is None or whole is None:
        return None
    text = say(
        "computed",
        language,
        label=f"{label_of(top)} / {label_of(under, leave_out=[path_of(top.row)])}",
        expression=in_number_form(result.expression, language),
        result=amount_text(result.text, replace(whole, scale=Decimal(1)), language),
    )
    markers = [one.marker for one in operands]
    done = Computed(expression=result.expression, result=result.text, operands=markers)
    cells = (top, under)
    uses = [use(cell) for cell in cells]
    return Draft(text=f"{text} {marked(cells)}", uses=uses, computed=[done], kind="computed")


def _plain(amount: Decimal) -> Decimal:
    """219700, not 219700.0 as scales make it."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount
