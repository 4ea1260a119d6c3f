"""Whether a table's number is the one of the row and column that a sentence names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.verification.naming import Naming, Path, naming, spoken
from graph.verification.reading_order import can_be_read
from graph.verification.statement import Statement
from loaders.chunking.table import DataCell, Table
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in


def wrong_cell_numbers(statement: Statement, numbers: Sequence[Mention]) -> list[Mention]:
    """The numbers that stand in the tables, and in no row and column that the sentence names.

    `numbers` are those that nothing but cells bears out. What a sentence with one number leaves
    unsaid, the question says. A sentence that compares may give a value beside the one that it
    names; one that names several rows or columns gives their values in their order.
    """
    tables = [table for source in statement.sources for table in source.tables]
    if not numbers or not tables:
        return []
    said = spoken(statement.text)
    asked = said | spoken(statement.evidence.question) if len(numbers) == 1 else said
    grids = [_Named(table, said, asked, _quoted(statement, table)) for table in tables]
    wrong = [one for one in numbers if not any(grid.fitting(one) for grid in grids)]
    places = max(grid.places for grid in grids)
    is_compared = statement.vocabulary.comparison.search(fold_in_place(statement.text))
    if wrong and len(numbers) > places and len(wrong) < len(numbers) and is_compared:
        return []
    if not wrong and not any(grid.is_in_order(statement, numbers) for grid in grids):
        return list(numbers)
    return wrong


class _Named:
    """A table with the rows and columns that are named."""

    def __init__(
        self,
        table: Table,
        said: Mapping[str, int],
        asked: Mapping[str, int],
        quoted: Mapping[DataCell, Sequence[Mention]],
    ) -> None:
        self.cells = list(table.cells())
        self.quoted = quoted
        self.rows = _naming_of([cell.row_path for cell in self.cells], said, asked)
        self.columns = _naming_of([cell.column_path for cell in self.cells], said, asked)

    @property
    def places(self) -> int:
        return max(1, len(self.rows.named)) * max(1, len(self.columns.named))

    def fitting(self, mention: Mention) -> list[DataCell]:
        """The cells that hold a number in a row and column that are named, or left unsaid."""
        return [
            cell
            for cell in self.cells
            if (is_value(mention, cell) or mention in self.quoted.get(cell, ()))
            and self.rows.fits(cell.row_path)
            and self.columns.fits(cell.column_path)
        ]

    def is_in_order(self, statement: Statement, numbers: Sequence[Mention]) -> bool:
        """Whether cells can be found for the numbers in the order of the names of their places."""
        cells = [self.fitting(number) for number in numbers]
        if not all(cells):
            return len(numbers) > 1 and any(cells)  # the others stand in another table
        rows = [[cell.row_path for cell in found] for found in cells]
        columns = [[cell.column_path for cell in found] for found in cells]
        return all(
            can_be_read(statement, numbers, paths, axis.named)
            for paths, axis in ((rows, self.rows), (columns, self.columns))
        )


def is_value(mention: Mention, cell: DataCell) -> bool:
    """Whether a cell holds the number, as it is written or with its scale."""
    if cell.quantity is None:
        return False
    values = {abs(value) for value in mention.readings}
    values |= {abs(value * mention.scale) for value in mention.readings}
    quantity = cell.quantity
    known = {abs(quantity.value), abs(quantity.amount)}
    known |= {abs(value) for value in (quantity.high, quantity.margin) if value is not None}
    return bool(values & known)


def _quoted(statement: Statement, table: Table) -> dict[DataCell, list[Mention]]:
    """Cells of text with their numbers in a sentence that gives all of them, in their order.

    `10:00–17:00` bears out no 17:00 alone, and no 10:30: the sentence must have it whole once.
    """
    said = [abs(number.value) for number in statement.numbers]
    found: dict[DataCell, list[Mention]] = {}
    for cell in table.cells():
        own = [abs(one.value) for one in numbers_in(cell.text)] if cell.quantity is None else []
        for start in range(len(said) - len(own) + 1) if own else ():
            if said[start : start + len(own)] == own:
                found[cell] = [one for one in statement.numbers if abs(one.value) in own]
    return found


def _naming_of(paths: Sequence[Path], said: Mapping[str, int], asked: Mapping[str, int]) -> Naming:
    found = naming(paths, said)
    return found if any(label.said for label in found.labels) else naming(paths, asked)
