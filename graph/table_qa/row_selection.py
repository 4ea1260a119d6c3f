"""Many cells under one name: a column of a table, or the rows of it that meet conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.evidence.sources import Source, squeezed
from graph.evidence.table_assembly import Whole, whole_tables
from graph.table_qa.aggregates import Item
from graph.table_qa.cell_lookup import label_fit
from graph.table_qa.measure import CalculationError, MeasuredValue, unit_of
from loaders.chunking.table import DataCell, Table
from loaders.text.quantities import parse_quantity
from loaders.text.tokenizer import fold, keys

ROW = "row"
"""In a condition: what heads the row, wherever it stands."""
_CONDITION = re.compile(r"^\s*(.+?)\s*(!=|≠|<=|≤|>=|≥|==|=|<|>|~)\s*(.*?)\s*$")
_ORDERS = {"<": -1, ">": 1, "<=": -1, "≤": -1, ">=": 1, "≥": 1}
_INCLUSIVE = {"<=", "≤", ">=", "≥"}
_FEWEST_ADDED = 2


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that were taken, and what to know about them."""

    items: Sequence[Item]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    path: tuple[str, ...]
    labels: dict[str, str]
    cells: dict[int, DataCell]

    @property
    def label(self) -> str:
        """Its path; where that is no name, as a number of pieces is none, its first words too."""
        named = [*self.path]
        if not any(sign.isalpha() for part in named for sign in part):
            named += [cell.text for cell in self.cells.values() if cell.quantity is None][:1]
        return " › ".join(named)


def select_rows(
    source: Source, sources: Sequence[Source], column: str, where: Sequence[str]
) -> Selection:
    """The cells of a column in all rows that meet the conditions; rows alone without a column.

    A table that was cut into several sources is taken whole.

    Raises:
        CalculationError: No table has the column, or a condition cannot be read.
    """
    faults: list[str] = []
    for whole in _tables_of(source, sources):
        try:
            return _selected(whole, column, where)
        except CalculationError as error:
            faults.append(str(error))
    raise CalculationError(faults[0] if faults else f"source {source.number} has no table")


def _tables_of(source: Source, sources: Sequence[Source]) -> list[Whole]:
    held = {id(table) for table in source.tables}
    return [
        whole
        for whole in whole_tables(sources)
        if whole.source is source
        or id(whole.table) in held
        or any(origin is source for origin, _ in whole.origins.values())
    ]


def _selected(whole: Whole, column: str, where: Sequence[str]) -> Selection:
    table = whole.table
    tests = [_condition(table, condition) for condition in where if condition.strip()]
    rows = [row for row in _rows(table) if all(_meets(row, *test) for test in tests)]
    notes = [] if whole.is_whole else ["only a part of this table is among the sources"]
    at = _column(table, column) if column.strip() else ROW
    if isinstance(at, str):
        return Selection([Item(None, row.label) for row in rows if row.label or row.cells], notes)
    items = [_item(row, at) for row in rows if at in row.cells]
    numbered = [item for item in items if item.measure is not None]
    if not numbered:  # a column of words: its rows can be counted
        return Selection([item for item in items if item.label], notes)
    if len(numbered) < len(items):
        notes.append(f"cells without a number that were left out: {len(items) - len(numbered)}")
    notes += [
        f"“{label}” equals the sum of rows before it; if it is a total, leave it out with a "
        f"condition such as `row != {label}`"
        for label in totals_among(numbered)
    ]
    return Selection(numbered, notes)


def totals_among(items: Sequence[Item]) -> list[str]:
    """The items that are the sum of those right before them, or of all that are no such sum."""
    found: list[str] = []
    own: list[Decimal] = []
    since: list[Decimal] = []
    for item in items:
        amount = item.measure.amount if item.measure else Decimal(0)
        is_sum = any(len(part) >= _FEWEST_ADDED and sum(part) == amount for part in (since, own))
        if is_sum and amount:
            found.append(item.label)
            since = []
        else:
            own.append(amount)
            since.append(amount)
    return found


def _rows(table: Table) -> list[_Row]:
    cells: dict[int, dict[int, DataCell]] = {}
    for cell in table.cells():
        cells.setdefault(cell.row, {})[cell.column] = cell
    heads = _label_heads(table)
    found: list[_Row] = []
    for row in table.body:
        if table.is_group_row(row) or not (row in cells or any(table.rows[row])):
            continue
        path = table.row_path(row)
        labels = dict(zip(heads, path[-len(heads) :], strict=False)) if heads else {}
        found.append(_Row(row, path, labels, cells.get(row, {})))
    return found


def _label_heads(table: Table) -> list[str]:
    last = table.header_rows - 1
    if last < 0:
        return [""] * table.header_columns
    return [table.rows[last][column] for column in range(table.header_columns)]


def _column(table: Table, name: str) -> int | str:
    """The number of the column of this name; of those that head the rows, the name itself."""
    if fold(name.strip()) == ROW:
        return ROW
    fits = [(label_fit(name, table.column_path(at)), at) for at in range(table.width)]
    data = [(fit, at) for fit, at in fits if at >= table.header_columns]
    best = max((fit for fit, _ in data), default=0)
    heads = [head for head in _label_heads(table) if head and label_fit(name, (head,)) > best]
    if heads:
        return heads[0]
    chosen = [at for fit, at in data if fit == best]
    if not best or len({table.column_path(at) for at in chosen}) > 1:
        known = "; ".join(
            filter(
                None, [*_label_heads(table), *(" › ".join(table.column_path(at)) for _, at in data)]
            )
        )
        raise CalculationError(f"“{name}” names not exactly one column; there are: {known}")
    return chosen[0]


_Test = tuple[int | str, str, str]


def _condition(table: Table, condition: str) -> _Test:
    match = _CONDITION.match(condition)
    if not match:
        raise CalculationError(
            f"`{condition}` is no condition; write `Column = value` (or != < > <= >=, ~ for "
            "contains)"
        )
    return _column(table, match[1]), match[2], match[3].strip("\"'“”")


def _meets(row: _Row, at: int | str, sign: str, value: str) -> bool:
    text = _text(row, at)
    if sign in _ORDERS:
        return _is_ordered(text, sign, value)
    if sign == "~":
        return set(keys(value)) <= set(keys(text))
    is_equal = any(_same(part, value) for part in ((text, *row.path) if at == ROW else (text,)))
    return is_equal if sign in {"=", "=="} else not is_equal


def _text(row: _Row, at: int | str) -> str:
    if isinstance(at, int):
        return row.cells[at].text if at in row.cells else ""
    return row.label if at == ROW else row.labels.get(at, "")


def _same(text: str, value: str) -> bool:
    if squeezed(text) == squeezed(value):
        return True
    one, other = parse_quantity(text), parse_quantity(value)
    return one is not None and other is not None and one.value == other.value


def _is_ordered(text: str, sign: str, value: str) -> bool:
    one, other = parse_quantity(text), parse_quantity(value)
    if one is None or other is None:
        return False
    if one.value == other.value:
        return sign in _INCLUSIVE
    return (1 if one.value > other.value else -1) == _ORDERS[sign]


def _item(row: _Row, at: int) -> Item:
    cell = row.cells[at]
    measure = None
    if cell.quantity is not None:
        measure = MeasuredValue(cell.quantity.value, unit_of(cell.quantity))
    return Item(measure, row.label)
