"""Whether a row of a table counts things, although the table announces a scale of money."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graph.verification.facts import Fact
from loaders.chunking.table import DataCell
from loaders.text.tokenizer import is_stop, keys


def counts_things(fact: Fact, noun: str) -> bool:
    """Whether a cell is one of so many things that its row is named for.

    `42 vessels` of the row `Vessels at year end` in a table in € millions: amounts are written
    there to a decimal, and this row is not.
    """
    mine = next(iter(keys(noun)), "")
    if fact.cell is None or not mine or is_stop(mine):
        return False
    if not any(mine in keys(label) for label in fact.cell.row_path):
        return False
    for table in fact.source.tables:
        rows: dict[int, list[DataCell]] = {}
        for cell in table.cells():
            if cell.quantity and cell.quantity.scale != 1:
                rows.setdefault(cell.row, []).append(cell)
        if fact.cell in rows.get(fact.cell.row, ()):
            others = [row for place, row in rows.items() if place != fact.cell.row]
            return _is_whole(rows[fact.cell.row]) and 2 * sum(map(_is_whole, others)) < len(others)
    return False


def _is_whole(cells: Iterable[DataCell]) -> bool:
    return not any(cell.quantity and _has_decimals(cell.quantity.value) for cell in cells)


def _has_decimals(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0
