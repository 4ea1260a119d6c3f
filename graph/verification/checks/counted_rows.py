"""Whether a row of a table counts things, although the table announces a scale of money."""

from __future__ import annotations

from collections.abc import Iterable

from graph.verification.statements.facts import Fact, content_of
from loaders.chunking.table import DataCell


def counts_things(fact: Fact, sentence: str) -> bool:
    """Whether a cell is one of so many things that its row and the sentence are about.

    `42 vessels` of the row `Vessels at year end` in a table in € millions: amounts are written
    there to a decimal, and this row is not.
    """
    if fact.cell is None:
        return False
    if not content_of(" ".join(fact.cell.row_path)) & content_of(sentence):
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
    values = (cell.quantity.value for cell in cells if cell.quantity)
    return not any(int(value.as_tuple().exponent) < 0 for value in values)
