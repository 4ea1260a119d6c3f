"""What several of a thing cost: so many times the one price, if that is the price of one.

`8 hours of an electrician` are eight times the rate per hour; of a price per 100 pieces, or with
several prices, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.draft import Draft
from graph.offline.asked_measure import per_what
from graph.offline.cell_arithmetic import Result, calculated, compute
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import unit_heads
from graph.offline.lookup import agreed, readings
from graph.offline.ranges import number_of
from graph.offline.spare_words import is_of_whole, is_price
from graph.offline.table_view import FoundCell, TableView
from graph.offline.wording import path_of
from graph.query.analysis import QuestionAnalysis
from graph.query.subject_terms import Token, holds, keys_in, same
from loaders.text.tokenizer import keys
from loaders.text.unit_symbols import shown_unit

PIECE = shown_unit("pcs")
NEAR = 2
"""Words behind a number of which one says what it counts: `8 overtime hours`."""
_OF_MANY = re.compile(r"\b1?[\d.,]*00+\b|\b\d+\s*(?:×|x)\b")


def multiplied(view: EvidenceView) -> Draft | None:
    """So many times the one sure price that is left of the question without the number."""
    analysis = view.analysis
    if analysis.operation not in {"", "sum"} or analysis.order or not _asks_price(analysis):
        return None
    for place, number in _counts(analysis.terms):
        for counted in analysis.terms[place + 1 : place + 1 + NEAR]:
            cell = _price_of_one(view, analysis, place, counted)
            if cell and (result := _times(cell, number, analysis.decimals)):
                return calculated(view, path_of(cell.row), result)
    return None


def _times(cell: FoundCell, number: Decimal, decimals: int | None) -> Result | None:
    """The sum of money; it is no longer per anything."""
    quantity = cell.cell.quantity
    bare = replace(cell.cell, quantity=replace(quantity, unit="")) if quantity else cell.cell
    return compute(f"{number} * a", {"a": [replace(cell, cell=bare)]}, decimals, given=[number])


def _asks_price(analysis: QuestionAnalysis) -> bool:
    return "amount" in analysis.asks or any(map(is_price, analysis.every_term))


def _counts(terms: Sequence[Token]) -> Iterator[tuple[int, Decimal]]:
    """The numbers that may say how many, with their places: not the `8` of `R-8`."""
    for place, term in enumerate(terms):
        number = number_of(term)
        if number is not None and number > 1 and not term.joined:
            yield place, number


def _price_of_one(
    view: EvidenceView, analysis: QuestionAnalysis, place: int, counted: Token
) -> FoundCell | None:
    """The price that the other terms name, if it is the price of one of what is counted."""
    number = analysis.terms[place]
    others = tuple(one for one in analysis.terms if one is not number)
    rest = tuple(one for one in others if one is not counted)
    for terms in dict.fromkeys((others, rest)):
        found = agreed(readings(view, analysis.about(terms), terms))
        if found is None or len(found.cells) != 1:
            continue
        cell = found.cells[0]
        quantity = cell.cell.quantity
        table, is_named = found.selection.match.view, terms == others
        if quantity and quantity.currency and _is_per(table, cell, counted, is_named=is_named):
            return cell
    return None


def _is_per(table: TableView, cell: FoundCell, counted: Token, *, is_named: bool) -> bool:
    """Whether a price is per one of what is counted.

    Where nothing is said, it is that of the thing in its row, which has to be what is counted; of
    a total, or beside a number or a unit, it may be that of several.
    """
    quantity = cell.cell.quantity
    unit = (quantity.unit.partition("/")[2] if quantity else "") or cell.cell.unit
    told = (*per_what(cell.heads), unit)
    bases = [one for one in told if one and shown_unit(one) != PIECE]
    if _OF_MANY.search(cell.column.label) or _OF_MANY.search(cell.title):
        return False
    if bases:
        return all(_are_one(one, counted) for one in bases)
    is_of_it = is_named and holds(keys_in(" ".join(cell.row.path)), counted.key)
    return is_of_it and not any(map(is_of_whole, cell.column.leaf)) and _is_of_one(table, cell)


def _is_of_one(table: TableView, cell: FoundCell) -> bool:
    """Whether nothing beside a price may say how many it is for: a bare number, or `box`."""
    row = [table.at(cell.row.index, one.index) for one in table.columns]
    beside = [
        one for one in row if one and one.column.index not in {table.key_column, cell.column.index}
    ]
    return not any(
        shown_unit(one.cell.text) != PIECE if one.column.leaf_keys & unit_heads() else _is_bare(one)
        for one in beside
    )


def _is_bare(cell: FoundCell) -> bool:
    """Whether a number is one of things: in no unit, and no money."""
    one = cell.cell.quantity
    return one is not None and one.unit in {"", PIECE} and not (one.currency or one.percent)


def _are_one(base: str, counted: Token) -> bool:
    one = shown_unit(base)
    return (one != "" and one == shown_unit(counted.text)) or same(keys(base)[0], counted.key)
