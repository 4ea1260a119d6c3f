"""Differences, sums, shares and growth of cells that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import listed, say
from graph.offline.cell_linking import Lookup
from graph.offline.cell_selection import listed_cells, operand, operands_of
from graph.offline.cell_text import constant, in_unit_of, marked, markers_of, paths, use, varying
from graph.offline.table_question import Inquiry
from graph.offline.table_view import Cell
from graph.query.intent import operation_of
from graph.table_qa.arithmetic import Operation, Result, compute
from loaders.text.tokenizer import fold

_OPERATION_WORD = re.compile(
    r"total|sum|average|mean|change|increase|decrease|growth|difference|ratio|percent|%"
    r"|rate|share|margin"
    r"|合计|平均|率|比|增"
)
_SHARE_OF = re.compile(
    r"\b(?:what|which|welche[rn]?) (?:percentage|percent|share|proportion"
    r"|fraction|anteil) (?:of|an|am)\b"
)
"""The whole is named first, the part after it; `A as a percentage of B` is the other way round."""
_DIRECTED = re.compile(
    r"\bby how|how (?:many|much) (?:more|less|fewer|higher|lower)|um wie ?viel|高出|超出"
)


def calculated(inquiry: Inquiry) -> Draft | None:
    """The result of the operation that the question names, on the cells that it names."""
    operation = operation_of(inquiry.question)
    if operation is None or inquiry.wants_prose:
        return None
    for item in inquiry.lookups[:4]:
        if item.fit < 0.5 or item.covered < 0.5:
            continue
        if _is_label(inquiry, item, operation):
            return None
        cells = operands_of(item, operation, inquiry.question)
        if cells and (draft := worked_out(inquiry, operation, cells)):
            return draft
    return None


def _is_label(inquiry: Inquiry, item: Lookup, operation: Operation) -> bool:
    """Whether the operation's word is part of a label: `Average price`."""
    if not item.rows or not item.columns:
        return False
    labels = " ".join(m.label.path[-1] for m in (item.rows[0], item.columns[0]))
    words = set(_OPERATION_WORD.findall(fold(labels))) & set(
        _OPERATION_WORD.findall(fold(inquiry.question))
    )
    is_single = len(listed_cells(item, inquiry.question)) == 1
    return bool(words - {"total"} if operation != "sum" else words) and is_single


def worked_out(inquiry: Inquiry, operation: Operation, cells: Sequence[Cell]) -> Draft | None:
    """The calculation, written out; a change is told in percent too."""
    result = _result(inquiry, operation, cells)
    if result is None:
        return None
    language = inquiry.language
    rows, columns = paths(cells)
    markers = markers_of(cells)
    value = _bare(result)
    if result.percent and operation in {"difference", "change"}:
        value = f"{result.text}{say('points', language)}"
    if not result.percent and operation != "ratio":
        value = in_unit_of(cells, result.text, language)
    computed = [Computed(expression=result.expression, result=_bare(result), operands=markers)]
    names = listed([varying(cell, rows, columns) for cell in cells], language)
    shared = constant(cells[0], rows, columns)
    label = f"{say(operation, language)}, {shared}" if shared else say(operation, language)
    steps = f"{result.expression} = {value}"
    if operation == "change" and not result.percent:
        growth = compute("percent_change", [operand(cell, cells) for cell in cells], None)
        if growth:
            steps += f"; {growth.expression} = {_bare(growth)}"
            computed.append(
                Computed(expression=growth.expression, result=_bare(growth), operands=markers)
            )
    text = say("steps", language, label=f"{label} ({names})", steps=steps)
    return Draft(
        text=f"{text} {marked(cells)}", uses=[use(cell) for cell in cells], computed=computed
    )


def _bare(result: Result) -> str:
    return result.text + ("%" if result.percent else "")


def _result(inquiry: Inquiry, operation: Operation, cells: Sequence[Cell]) -> Result | None:
    operands = [operand(cell, cells) for cell in cells]
    if operation == "difference" and not _DIRECTED.search(fold(inquiry.question)):
        operands.sort(key=lambda operand: -operand.value)
    if operation == "share" and _SHARE_OF.search(fold(inquiry.question)):
        operands.sort(key=lambda operand: abs(operand.value))
    if operation == "ratio" and inquiry.wish.percent:
        operation = "share"
    return compute(operation, operands, inquiry.wish.decimals)
