"""Which cells of a table a question means: named ones, listed ones, or all that compete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.offline.cell_linking import Lookup, enumerated, is_named
from graph.offline.header_matching import Label, Match
from graph.offline.table_view import Cell, Grid
from graph.query.intent import wants_percent
from graph.table_qa.arithmetic import Operand, Operation
from loaders.text.tokenizer import fold, is_year, keys

_TOTAL = re.compile(
    r"^(?:sub)?total|\btotals?$|^sum\b|^summe|^gesamt|^insgesamt|^overall|^average|^mean\b"
    r"|^(?:the )?(?:group|konzern|consolidated)$|合计|总计|小计|总额|平均"
)
_REST = re.compile(
    r"^(?:all )?others?\b|\b(?:and|&) others?$"
    r"|^(?:unknown|unspecified|undetermined|miscellaneous)\b|^(?:ubrige|andere|sonstige)|^其[他它]"
)
"""What is left over is no answer to `which`, and a group of countries is no country."""
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
MOST_OPERANDS = 8
IN_FULL = 0.95
LEAST_SUMMED = 3
"""Two numbers add up to a third too often by chance."""


def crossing(grid: Grid, rows: Sequence[Match], columns: Sequence[Match]) -> list[Cell]:
    """The cells where rows and columns meet."""
    return [
        cell
        for row in rows
        for row_label in row.labels
        for column in columns
        for column_label in column.labels
        if (cell := grid.at(row_label.index, column_label.index))
    ]


def numeric(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that hold numbers."""
    return [cell for cell in cells if cell.cell.quantity]


def of_kind(cells: Sequence[Cell], wanted: bool) -> list[Cell]:
    """Of a row's amounts and percentages the `wanted` ones; what is alone is kept."""
    told = {cell.cell.row for cell in cells if _is_percent(cell) == wanted}
    return [
        cell
        for cell in cells
        if cell.cell.row not in told or not cell.cell.quantity or _is_percent(cell) == wanted
    ]


def _is_percent(cell: Cell) -> bool:
    return bool(cell.cell.quantity and cell.cell.quantity.percent)


def listed_cells(item: Lookup, question: str) -> list[Cell]:
    """The cells that a question lists; of a table with one column, those of its rows."""
    rows = _inside(enumerated(item.rows, item.terms, question), item)
    columns = enumerated(item.columns, item.terms, question)
    if columns:
        rows = rows or only_row(item.grid)
        return of_kind(crossing(item.grid, rows, columns), wants_percent(question))
    return [
        cell
        for row in rows
        for label in row.labels[:1]
        if (cell := item.grid.at(label.index, item.grid.data_columns[0]))
    ]


def _inside(rows: list[Match], item: Lookup) -> list[Match]:
    """Of two rows in turn that are named in full, not side by side, the lower: it has a group.

    A total below says what all the rows are, as the caption does: it is no member of a group.
    """
    if len(rows) != 1 or rows[0].fit < IN_FULL:
        return rows
    caption = set(keys(item.grid.caption))
    last = item.grid.rows[-1].index
    lower = [
        row
        for row in item.rows
        if row.fit >= IN_FULL
        and row.label.index == rows[0].label.index + 1 < last
        and not _TOTAL.search(_bare(row.label.path[-1]))
        and not {item.terms[place].key for place in row.places} <= caption
    ]
    return lower[:1] or rows


def candidates(item: Lookup, question: str) -> list[Cell]:
    """The cells that compete: listed ones, those of tied labels, or a whole row or column."""
    return of_kind(_competing(item, question), wants_percent(question))


def _competing(item: Lookup, question: str) -> list[Cell]:
    rows = enumerated(item.rows, item.terms, question)
    columns = enumerated(item.columns, item.terms, question)
    listed = crossing(item.grid, rows, columns)
    if len(listed) > 1:
        return listed
    rows, columns = list(item.rows), list(item.columns)
    if len(rows) > 1 or len(columns) > 1:
        crossed = crossing(item.grid, rows, columns)
        if len(crossed) > 1:
            return crossed
    if columns and (not rows or columns[0].score >= rows[0].score):
        return column_of(item, question)
    return without_totals(item.grid.along(rows[0], is_row=True)) if rows else []


def column_of(item: Lookup, question: str) -> list[Cell]:
    """What competes along the column that is named best."""
    column = item.columns[0]
    cells = [
        item.grid.cell(cell)
        for (_, place), cell in sorted(item.grid.cells.items())
        if place in {label.index for label in column.labels}
    ]
    cells = of_kind(cells, wants_percent(question))
    return _in_group(without_totals(cells, of_rows=True), item, column)


def _in_group(cells: list[Cell], item: Lookup, column: Match) -> list[Cell]:
    """Of a column, the rows whose group or kind the question names: the quarters of 2022."""
    for term in item.terms:
        if term.place in column.places or not is_named(term):
            continue
        inside = [cell for cell in cells if term.key in keys(" ".join(cell.cell.row_path))]
        cells = inside or cells
    return cells


def without_totals(cells: Sequence[Cell], *, of_rows: bool = False) -> list[Cell]:
    """What competes along a column (`of_rows`) or a row: a total is no competitor."""
    paths = [(cell, cell.cell.row_path if of_rows else cell.cell.column_path) for cell in cells]
    called = {id(cell) for cell, path in paths if any(_TOTAL.search(_bare(part)) for part in path)}
    summed = _sums(cells, called) if of_rows else set()
    return [cell for cell in cells if id(cell) not in called | summed]


def without_rest(cells: Sequence[Cell]) -> list[Cell]:
    """What competes by name: not the row or column of all the others."""
    named = [
        cell
        for cell in cells
        if not any(
            _REST.search(_bare(part)) for part in (*cell.cell.row_path, *cell.cell.column_path)
        )
    ]
    return named if len(named) > 1 else list(cells)


def _bare(label: str) -> str:
    """A label without what it says in brackets: `Total (rounded)`."""
    return _ASIDE.sub(" ", fold(label)).strip(" :.")


def _sums(cells: Sequence[Cell], called: set[int]) -> set[int]:
    """The cells that are what all those before them add up to, totals counted once."""
    found: set[int] = set()
    before: list[Decimal] = []
    for cell in numeric(cells):
        if id(cell) in called:
            continue
        value = value_of(cell)
        if len(before) >= LEAST_SUMMED and value and abs(sum(before) - value) <= _slack(cell):
            found.add(id(cell))
        else:
            before.append(value)
    return found


def _slack(cell: Cell) -> Decimal:
    """What rounding may leave: two units of the last place."""
    exponent = value_of(cell).as_tuple().exponent
    return Decimal(2).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def operands_of(item: Lookup, operation: Operation, question: str) -> list[Cell]:
    """The cells that an operation is applied to, in its order; none if they are not clear."""
    rows = enumerated(item.rows, item.terms, question)
    columns = enumerated(item.columns, item.terms, question)
    computes_percent = operation in {"percent_change", "share", "ratio"}
    if rows and not columns and len(item.grid.data_columns) == 1:
        columns = [column_match(item.grid, item.grid.data_columns[0])]
    if not rows and len(item.columns) == 2 and (total := _total_row(item.grid)):
        rows, columns = [total], list(item.columns)
    cells = of_kind(
        numeric(crossing(item.grid, rows, columns)),
        wants_percent(question) and not computes_percent,
    )
    if operation in {"sum", "average"}:
        if len(cells) < 2:
            cells = numeric(candidates(item, question))
        return cells if 2 <= len(cells) <= MOST_OPERANDS else []
    if len(cells) != 2:
        cells = _one_measure(cells) or _two_apart(item) or _with_year_before(item, operation, cells)
    if len(cells) == 2 and operation in {"change", "percent_change"}:
        cells = sorted(cells, key=year_of) if all(map(year_of, cells)) else cells
    return cells if len(cells) == 2 else []


def only_row(grid: Grid) -> list[Match]:
    """The row of a table that has no other: it need not be named."""
    return [Match((row,), frozenset(), 0.0, 1.0) for row in grid.rows if len(grid.rows) == 1]


def column_match(grid: Grid, column: int) -> Match:
    """A column that need not be named."""
    path = next(cell.column_path for (_, place), cell in grid.cells.items() if place == column)
    return Match((Label(column, path, (), joins=False),), frozenset(), 0.0, 1.0)


def _total_row(grid: Grid) -> Match | None:
    """The one row of the totals, for a question about the whole."""
    found = [row for row in grid.rows if len(row.path) == 1 and _TOTAL.search(_bare(row.path[0]))]
    return Match((found[0],), frozenset(), 0.0, 1.0) if len(found) == 1 else None


def _one_measure(cells: Sequence[Cell]) -> list[Cell]:
    """Of cells that mix measures, the two of one: revenue in two years, not its margin."""
    groups: dict[tuple[tuple[str, ...], str], list[Cell]] = {}
    for cell in cells:
        key = (cell.cell.row_path, cell.cell.column_path[-1] if cell.cell.column_path else "")
        groups.setdefault(key, []).append(cell)
    pairs = [group for group in groups.values() if len(group) == 2]
    return pairs[0] if len(pairs) == 1 and all(year_of(cell) for cell in pairs[0]) else []


def _two_apart(item: Lookup) -> list[Cell]:
    """Two names on one axis that are not listed side by side: `A beats B on C`."""
    for rows, columns in ((item.rows[:2], item.columns[:1]), (item.rows[:1], item.columns[:2])):
        if len(rows) + len(columns) == 3:
            ordered_rows = sorted(rows, key=lambda match: min(match.places, default=0))
            ordered_columns = sorted(columns, key=lambda match: min(match.places, default=0))
            cells = numeric(crossing(item.grid, ordered_rows, ordered_columns))
            cells = of_kind(cells, wanted=False)
            if len(cells) == 2:
                return cells
    return []


def _with_year_before(item: Lookup, operation: Operation, cells: Sequence[Cell]) -> list[Cell]:
    """A change in one year starts from the year before."""
    if operation not in {"change", "percent_change"} or len(cells) != 1:
        return []
    year = year_of(cells[0])
    row = cells[0].cell.row
    beside = [item.grid.cell(at) for at in item.grid.cells.values() if at.row == row]
    before = [cell for cell in beside if year_of(cell) == year - 1]
    return [*numeric(before)[:1], cells[0]] if year and before else []


def amount_of(cell: Cell) -> Decimal:
    """What a cell is worth, its scale included."""
    return cell.cell.amount if cell.cell.amount is not None else Decimal(0)


def value_of(cell: Cell) -> Decimal:
    """The number as it is printed."""
    return cell.cell.quantity.value if cell.cell.quantity else Decimal(0)


def operand(cell: Cell, among: Sequence[Cell]) -> Operand:
    """A cell for a calculation; scales are written out only where they differ."""
    scales = {other.cell.quantity.scale for other in among if other.cell.quantity}
    value = value_of(cell) if len(scales) == 1 else amount_of(cell)
    percent = bool(cell.cell.quantity and cell.cell.quantity.percent)
    return Operand(value, cell.source.number, percent)


def year_of(cell: Cell) -> int:
    """The year that heads a cell, 0 if none does."""
    found = [key for part in (*cell.cell.column_path, *cell.cell.row_path) for key in keys(part)]
    return next((int(key) for key in found if is_year(key)), 0)
