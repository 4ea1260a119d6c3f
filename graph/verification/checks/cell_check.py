"""Whether a table's number is the one of the row and column that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.verification.statements.measures import is_measure
from graph.verification.statements.naming import Naming, Path, naming, spoken
from graph.verification.statements.reading_order import can_be_read, text_parts
from graph.verification.statements.rounding import SCALES, is_rounding
from graph.verification.statements.statement import Statement
from loaders.chunking.declared_unit import is_bare
from loaders.chunking.table import DataCell, Table
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.tokenizer import keys

_COMMA = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；、]")
Wrong = tuple[Mention, bool]
"""A number, and whether it is proved to be of another cell."""


def wrong_cell_numbers(statement: Statement, numbers: Sequence[Mention]) -> list[Wrong]:
    """The numbers that stand in the tables, and in no row and column that the sentence names.

    If each place that it names has its number, another one may be told in other words.

    `numbers` are those that nothing but cells bears out. What a sentence with one number leaves
    unsaid, the question says; brackets add to the rows that are named around them, and name columns
    of their own. A sentence that compares may give a value beside the one that it names; one that
    names several rows or columns gives their values in their order.
    """
    tables = statement.tables
    cells = [cell for table in tables for cell in table.cells()]
    numbers = [one for one in numbers if any(is_value(one, cell) for cell in cells)]
    if not numbers:
        return []
    wrong: list[Wrong] = []
    for text, start in text_parts(statement):
        here = [one for one in numbers if start <= one.start < start + len(text)]
        here = [one for one in here if text[one.start - start : one.end - start] == one.text]
        if start and here and all(_stands_aside(one, tables) for one in here):
            before = [one for one in statement.values if one.end <= start]
            if all(any(_are_of_one_cell([a, b], tables) for a in before) for b in here):
                continue
            if any(_has_aside(one, tables) for one in before[-1:]):
                wrong += [(one, True) for one in here]
                continue
        said = spoken(text)
        rest = statement.text if start else statement.evidence.question
        asked = said | spoken(rest) if start or len(here) == 1 else said
        grids = [
            _Named(statement, table, [said, asked], [said] if start else [said, asked])
            for table in tables
        ]
        lost = [one for one in here if not any(grid.fitting(one) for grid in grids)]
        lost = [one for one in lost if not _is_asked_for(statement, one, tables)]
        lost = [one for one in lost if not _is_of_clause(statement, one, tables)]
        whole = [grid for grid in grids if here and all(map(grid.fitting, here))]
        if whole and not any(grid.is_in_order(statement, here) for grid in whole):
            return [(one, True) for one in numbers]
        places = max(grid.places for grid in grids)
        is_compared = statement.vocabulary.comparison.search(fold_in_place(text))
        is_beside = start or (len(numbers) > places and len(lost) < len(numbers))
        is_told = start == 0 and len(here) - len(lost) >= places
        if is_compared and is_beside:
            lost = [one for one in lost if _is_of_its_clause(statement, one, tables)]
        wrong += [(one, not is_told) for one in lost]
    return wrong


class _Named:
    """A table with the rows and columns that are named."""

    def __init__(
        self,
        statement: Statement,
        table: Table,
        of_rows: Sequence[Mapping[str, int]],
        of_columns: Sequence[Mapping[str, int]],
    ) -> None:
        """By the words that may name a row or a column; what comes first goes before."""
        self.cells = list(table.cells())
        self.said = [abs(one.value) for one in statement.numbers]
        held = [cell for cell in self.cells if cell.quantity or numbers_in(cell.text)]
        self.row_of = {cell.row: row_names(cell, self.cells) for cell in held}
        rows = [self.row_of[cell.row] for cell in held]
        columns = [cell.column_path for cell in held]
        self.rows = _naming_of(rows, of_rows, are_rows=True)
        self.columns = _naming_of(columns, of_columns, are_rows=False)

    @property
    def places(self) -> int:
        return max(1, len(self.rows.named)) * max(1, len(self.columns.named))

    def fitting(self, mention: Mention) -> list[DataCell]:
        """The cells that hold a number in a row and column that are named, or left unsaid."""
        return [
            cell
            for cell in self.cells
            if is_value(mention, cell)
            and self._is_whole(cell)
            and self.rows.fits(self.row_of[cell.row])
            and (
                self.columns.fits(cell.column_path)
                or not any(map(keys, cell.column_path))
                or self._tells_row(cell)
            )
        ]

    def _tells_row(self, cell: DataCell) -> bool:
        """Whether the column that is named is the first one, whose number of this row is said.

        `At threshold 0.20 it flagged 52`: the first number tells the row.
        """
        named = {label.path for label in self.columns.named}
        beside = [one for one in self.cells if one.row == cell.row and one.column_path in named]
        return bool(beside) and all(
            one.column == 0 and one.quantity and abs(one.quantity.value) in self.said
            for one in beside
        )

    def _is_whole(self, cell: DataCell) -> bool:
        """Whether an answer has both ends of a range in turn: `10:00–17:00` is no 17:00 alone."""
        is_range = cell.quantity is None and not re.search(r"[^\W\d_]", cell.text)
        said = iter(self.said)
        return not is_range or all(abs(one.value) in said for one in numbers_in(cell.text))

    def is_in_order(self, statement: Statement, numbers: Sequence[Mention]) -> bool:
        """Whether cells can be found for the numbers in the order of the names of their places."""
        cells = [self.fitting(number) for number in numbers]
        rows = [[self.row_of[cell.row] for cell in found] for found in cells]
        columns = [[cell.column_path for cell in found] for found in cells]
        return all(
            can_be_read(statement, numbers, paths, axis.named)
            for paths, axis in ((rows, self.rows), (columns, self.columns))
        )


def row_names(cell: DataCell, cells: Sequence[DataCell]) -> Path:
    """What a row is called: its labels, and the words of its cells that hold no number."""
    beside = [one.text for one in cells if one.row == cell.row]
    said = (text for text in beside if re.search(r"[^\W\d_]", text) and not re.search(r"\d", text))
    labels = cell.row_path or beside[:1]  # where no column is of labels, the first one tells rows
    return (*labels, *(text for text in said if not is_measure(text)))


def _is_asked_for(statement: Statement, number: Mention, tables: Sequence[Table]) -> bool:
    """Whether what the clause of a number leaves unsaid is what the question names."""
    told = [spoken(_clause(statement, number)), spoken(statement.evidence.question)]
    grids = _named_by(told, statement, tables)
    is_named = any(one.rows.named or one.columns.named for one in grids)
    return is_named and any(one.fitting(number) for one in grids)


def _named_by(
    told: Sequence[Mapping[str, int]], statement: Statement, tables: Sequence[Table]
) -> list[_Named]:
    return [_Named(statement, table, told, told) for table in tables]


def _clause(statement: Statement, number: Mention) -> str:
    """What stands between two commas around a number."""
    ends = [match.start() for match in _COMMA.finditer(statement.text)]
    start = max((end for end in ends if end < number.start), default=0)
    return statement.text[start : min((end for end in ends if end >= number.end), default=None)]


def _is_of_clause(statement: Statement, number: Mention, tables: Sequence[Table]) -> bool:
    """Whether its clause names its column, and the rest of a denial another that is not there."""
    if not statement.is_denial:
        return False
    named = _named_by([spoken(_clause(statement, number))], statement, tables)
    return any(one.columns.named and one.fitting(number) for one in named)


def _is_of_its_clause(statement: Statement, number: Mention, tables: Sequence[Table]) -> bool:
    """Whether the clause of a number names a column of its own, and another one has the number."""
    named = _named_by([spoken(_clause(statement, number))], statement, tables)
    return any(one.columns.named for one in named) and not any(one.fitting(number) for one in named)


def _stands_aside(number: Mention, tables: Sequence[Table]) -> bool:
    """Whether cells have a number only in brackets: it is said with the one before them."""
    held = [cell.quantity for table in tables for cell in table.cells() if is_value(number, cell)]
    return bool(held) and all(
        quantity and any(number.equals(one) for one in numbers_in(quantity.aside))
        for quantity in held
    )


def _has_aside(number: Mention, tables: Sequence[Table]) -> bool:
    """Whether a cell has a number, and another one in brackets."""
    held = (cell.quantity for table in tables for cell in table.cells() if is_value(number, cell))
    return any(one and one.aside and one.value in number.readings for one in held)


def _are_of_one_cell(numbers: Sequence[Mention], tables: Sequence[Table]) -> bool:
    """Whether a cell has them all: 310 (180–520)."""
    return len(numbers) > 1 and any(
        all(is_value(one, cell) for one in numbers) for table in tables for cell in table.cells()
    )


def is_value(mention: Mention, cell: DataCell) -> bool:
    """Whether a cell holds the number: as it is written, with its scale, or rounded.

    Of a bare one other text may say the scale; whether it does is checked elsewhere.
    """
    values = {abs(value) for value in mention.readings}
    if cell.quantity is None:
        return any(values & {abs(value) for value in one.readings} for one in numbers_in(cell.text))
    values |= {abs(value * mention.scale) for value in mention.readings}
    quantity = cell.quantity
    if quantity.currency and quantity.value < 1:
        values |= {abs(value / 100) for value in mention.readings}  # 36 cents
    scales = (1, *SCALES) if is_bare(cell) else (1,)
    amounts = [quantity.amount * scale for scale in scales]
    known = {abs(quantity.value), *map(abs, amounts)}
    known |= {abs(value) for one in numbers_in(cell.text) for value in one.readings}
    return bool(values & known) or any(
        is_rounding(amount, value, mention.scale, fewest=1 if mention.scale != 1 else 3)
        for value in mention.readings
        for amount in amounts
    )


def _naming_of(
    paths: Sequence[Path], told: Sequence[Mapping[str, int]], *, are_rows: bool
) -> Naming:
    found = [naming(paths, words, are_rows=are_rows) for words in told]
    return next((one for one in found if one.named), found[-1])
