"""Whether totals are the sums of their parts; what does not foot is told, never mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from loaders.chunking.table import DataCell, Table
from loaders.text.label_units import is_total
from loaders.text.quantities import Quantity

_FEWEST_PARTS = 2
_WHOLE = 100
"""Per cent that parts are shares of; any other percentage of a total is that of the total."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that is not the sum of its parts."""

    path: tuple[str, ...]
    stated: Decimal
    computed: Decimal

    def __str__(self) -> str:
        return f"{' › '.join(self.path)}: {self.stated} stated, parts sum to {self.computed}"


def mismatches(table: Table) -> list[Mismatch]:
    """Totals that no reading of the rows above or the columns beside them explains.

    Told only where another total of the same row or column does foot: else nothing shows that
    the numbers above were meant to be its parts.
    """
    cells = [cell for cell in table.cells() if cell.quantity and not cell.quantity.is_year]
    by_place = {(cell.row, cell.column): cell for cell in cells}
    return [*_rows(table, by_place), *_columns(table, by_place)]


def _rows(table: Table, cells: dict[tuple[int, int], DataCell]) -> list[Mismatch]:
    found: list[Mismatch] = []
    labels = {row: (table.row_path(row) or ("",))[-1] for row in table.body}
    start = table.header_rows
    items: list[int] = []
    totals: list[int] = []
    for row in table.body:
        if table.is_group_row(row):
            start = row + 1
        elif is_total(labels[row]):
            near = range(start, row)
            part_sets = [near, totals, [*totals, *near], [*totals[-1:], *near], items]
            columns = range(table.header_columns, table.width)
            lines = [
                (
                    cells.get((row, column)),
                    [[cells.get((part, column)) for part in parts] for parts in part_sets],
                )
                for column in columns
            ]
            found.extend(_unexplained(lines))
            totals.append(row)
            start = row + 1
        else:
            items.append(row)
    return found


def _columns(table: Table, cells: dict[tuple[int, int], DataCell]) -> list[Mismatch]:
    found: list[Mismatch] = []
    for column in range(table.header_columns, table.width):
        path = table.column_path(column)
        if not path or not is_total(path[-1]):
            continue
        parts = [
            other
            for other in range(table.header_columns, table.width)
            if other != column and table.column_path(other)[:-1] == path[:-1]
        ]
        lines = [
            (cells.get((row, column)), [[cells.get((row, part)) for part in parts]])
            for row in table.body
        ]
        found.extend(_unexplained(lines))
    return found


_Line = tuple[DataCell | None, list[list[DataCell | None]]]


def _unexplained(lines: Sequence[_Line]) -> list[Mismatch]:
    """The totals of one row or column that are no sum, if most of their neighbours are."""
    checked: list[tuple[bool, Mismatch]] = []
    for total, part_sets in lines:
        if total is None or total.quantity is None or not _is_sum(total.quantity):
            continue
        values = [_values(parts) for parts in part_sets]
        sums = [sum(parts, Decimal(0)) for parts in values if len(parts) >= _FEWEST_PARTS]
        if sums:
            stated = total.quantity.amount
            tolerance = _step(total) * max(len(parts) for parts in values) / 2
            nearest = min(sums, key=lambda value: abs(value - stated))
            path = total.row_path + total.column_path
            checked.append((abs(nearest - stated) <= tolerance, Mismatch(path, stated, nearest)))
    footing = sum(foots for foots, _ in checked)
    if footing * 2 < len(checked) or not footing:
        return []
    return [mismatch for foots, mismatch in checked if not foots]


def _is_sum(quantity: Quantity) -> bool:
    return not quantity.is_rate or (quantity.percent and quantity.value == _WHOLE)


def _values(parts: Sequence[DataCell | None]) -> list[Decimal]:
    return [part.quantity.amount for part in parts if part and part.quantity]


def _step(cell: DataCell) -> Decimal:
    """One unit of the last place that is written: rounding may lose half of it for every part."""
    quantity = cell.quantity
    if quantity is None:
        return Decimal(0)
    exponent = quantity.value.as_tuple().exponent
    return quantity.scale * Decimal(10) ** (exponent if isinstance(exponent, int) else 0)
