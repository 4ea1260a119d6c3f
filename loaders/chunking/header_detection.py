"""Which rows and columns of a grid are its header: by tags if there are any, else by content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import pairwise

from loaders.chunking.spanned_grid import Cell, Grid
from loaders.text.languages import pattern_of
from loaders.text.quantities import missing_mark, parse_quantity
from loaders.text.table_names import tells_like_rows
from loaders.text.units import is_unit_line

_MOST_HEADER_ROWS = 6
_MOST_LABEL_COLUMNS = 3
_LONGEST_GROUP = 200
_SHORT = 40
_YEAR_IN_UNIT = re.compile(r"\s*(?:19|20)\d\d[\s(（\[]+[^\d\s]")
"""`2024 TEUR`, `2023 (€m)`: more often a head than an amount, and where it stands will tell."""
_ORDINAL = re.compile(pattern_of("ordinal"))
_FORM_NOTE = re.compile(rf"(?:{pattern_of('form_note')})\s*$")
CHINESE = re.compile("[\u4e00-\u9fff]")
_MARK = re.compile(r"(?:US|HK|A|C)?[$€£¥₹]|[%)]|\)%|EUR|USD|RMB")


class Kind(Enum):
    """What a cell's text looks like."""

    BLANK = auto()
    TEXT = auto()
    YEAR = auto()
    VALUE = auto()
    MISSING = auto()
    MARK = auto()
    """A currency sign, percent sign or parenthesis that belongs to the cell beside it."""


def kind_of(text: str) -> Kind:
    """A number with a phrase behind it ("12 months ended") is text, a bare year its own kind."""
    return _short_kind(text) if len(text) <= _SHORT else _kind(text)


@lru_cache(maxsize=8192)
def _short_kind(text: str) -> Kind:
    return _kind(text)


def _kind(text: str) -> Kind:
    if _MARK.fullmatch(text.strip()):
        return Kind.MARK
    if mark := missing_mark(text):
        return Kind.BLANK if mark == "blank" else Kind.MISSING
    quantity = parse_quantity(text)
    if quantity is None or len(quantity.unit.split()) > 1 or quantity.unit.startswith("-"):
        return Kind.TEXT
    if _ORDINAL.fullmatch(quantity.unit.lower()):
        return Kind.TEXT
    return Kind.YEAR if quantity.is_year or _YEAR_IN_UNIT.match(text) else Kind.VALUE


@dataclass(frozen=True, slots=True)
class Headers:
    """How many leading rows and columns are header."""

    rows: int
    columns: int


class HeaderFinder:
    """Reads the kinds of all cells once, then answers questions about rows."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.kinds = [kind_of(cell.text) for cell in grid.cells]
        self.has_values = Kind.VALUE in self.kinds

    def find(self, head_rows: int) -> Headers:
        """`head_rows` stand in a thead; 0 if there is none."""
        rows = self._header_rows(head_rows)
        return Headers(rows, self._header_columns(rows))

    def kind_at(self, row: int, column: int) -> Kind:
        owner = self.grid.owners[row][column]
        return self.kinds[owner] if owner >= 0 else Kind.BLANK

    def filled(self, row: int) -> list[Cell]:
        """The cells of a row that say something, those from above included."""
        return [cell for cell in self.grid.row(row) if cell.text.strip()]

    def is_group_row(self, row: int) -> bool:
        """A row with nothing but a name, for the rows beneath it."""
        filled = self.filled(row)
        if len(filled) != 1 or filled[0].row != row or self.grid.width < 2:
            return False
        cell = filled[0]
        if len(cell.text) > _LONGEST_GROUP or kind_of(cell.text) not in {Kind.TEXT, Kind.YEAR}:
            return False
        if _FORM_NOTE.search(cell.text):
            return False  # it says how its figure is written, of which there is none
        if cell.colspan >= max(2, self.grid.width - 1) or cell.text.rstrip().endswith((":", "：")):
            return True
        if self._ends_groups and CHINESE.search(cell.text):
            return False
        return self.grid.width > 2 and (cell.column == 0 or self.has_values)

    @cached_property
    def _ends_groups(self) -> bool:
        """Statements in Chinese end a group's name with a colon; a row of none is an empty one."""
        return any(
            cell.column == 0 and cell.text.rstrip().endswith("：") and CHINESE.search(cell.text)
            for cell in self.grid.cells
        )

    def _header_rows(self, declared: int) -> int:
        height = self.grid.height
        if height < 2 or self.grid.width == 0:
            return 0
        if declared <= 1 and self._is_form():
            return 0
        count = declared if declared < height else 0
        count = count or self._rows_of_th() or self._first_by_content()
        while 0 < count < min(height - 1, _MOST_HEADER_ROWS) and self._goes_on(count):
            count += 1
        return count

    def _is_form(self) -> bool:
        """Names beside what is said of them, in two columns of text whose first row is like all.

        `公司注册地址 | …` above `公司办公地址 | …` and `公司网址 | …` names no column.
        """
        rows = [self.grid.row(row) for row in range(self.grid.height)]
        if self.grid.width != 2 or any(len(row) != 2 for row in rows):
            return False
        labels = [row[0].text.strip() for row in rows]
        values = [self.kind_at(row, 1) for row in range(1, self.grid.height)]
        lead = _lead(labels[0])
        alike = sum(_lead(label) == lead for label in labels[1:])
        is_text = values.count(Kind.VALUE) * 2 <= len(values)
        return bool(lead) and is_text and alike >= 2 and alike * 2 >= len(labels) - 1

    def _rows_of_th(self) -> int:
        """Leading rows of th; a body of nothing but th says nothing."""
        count = 0
        while count < self.grid.height and self._is_of_th(count):
            count += 1
        return count if count < self.grid.height else 0

    def _is_of_th(self, row: int) -> bool:
        """All th, and more than the label of a row that holds nothing else."""
        filled = self.filled(row)
        is_label = (
            len(filled) == 1 and filled[0].column == 0 and filled[0].colspan < self.grid.width
        )
        return bool(filled) and not is_label and all(cell.header for cell in filled)

    def _first_by_content(self) -> int:
        if not self._may_be_header(0) or not self.filled(0) or tells_like_rows(self.grid.rows()):
            return 0
        if self.is_group_row(0) and self.filled(0)[0].column == 0 == self.filled(0)[0].colspan - 1:
            # a name alone above data is the name of a group, above a header it is a title
            return int(self.grid.height > 2 and self._may_be_header(1) and not self.is_group_row(1))
        return 1

    def _may_be_header(self, row: int) -> bool:
        """No values in it, and years only where values stand beneath them."""
        if self._counts_up(row):
            return True
        for cell in self.filled(row):
            kind = self.kind_at(row, cell.column)
            if kind in {Kind.VALUE, Kind.MISSING} and cell.column > 0:
                return False
            if kind is Kind.YEAR and cell.column > 0 and not self._has_value_below(cell):
                return False
        return True

    def _counts_up(self, row: int) -> bool:
        """Nothing but years, or 1 2 3 …, beside an empty corner."""
        own = [cell for cell in self.filled(row) if cell.row == row]
        if len(own) < 2 or own[0].column == 0:
            return False
        if all(self.kind_at(row, cell.column) is Kind.YEAR for cell in own):
            return True
        numbers = [int(cell.text) for cell in own if re.fullmatch(r"[0-9]{1,4}", cell.text)]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) == len(own) and steps == {1}

    def _has_value_below(self, cell: Cell) -> bool:
        columns = range(cell.column, min(cell.column + cell.colspan + 1, self.grid.width))
        return any(
            self.kind_at(row, column) is Kind.VALUE
            for row in range(cell.row + 1, min(self.grid.height, cell.row + 30))
            for column in columns
        )

    def _goes_on(self, row: int) -> bool:
        """Whether a row below a header row is header too."""
        filled = self.filled(row)
        if not self._may_be_header(row) or not filled:
            return False
        own = [cell for cell in filled if cell.row == row]
        if all(cell.column == 0 for cell in own):
            return bool(own) and (own[0].text.startswith(("(", "（")) or is_unit_line(own[0].text))
        above = self.filled(row - 1)
        if len(above) == 1 and (above[0].colspan == self.grid.width or row == 1):
            return True
        corner = self.grid.at(row, 0)
        starts_blank = corner is None or corner.row < row or not corner.text.strip()
        return (starts_blank and self.has_values) or self._refines(row)

    def _refines(self, row: int) -> bool:
        """The row above has a cell over several of this row's."""
        above = self.filled(row - 1)
        filled = {cell.column for cell in self.filled(row) if cell.row == row}
        for cell, following in zip(above, [*above[1:], None], strict=True):
            stop = cell.column + cell.colspan
            if following is None or following.column > stop:
                stop = following.column if following else self.grid.width
            if cell.column > 0 and sum(cell.column <= column < stop for column in filled) > 1:
                return True
        return False

    def _header_columns(self, header_rows: int) -> int:
        if self.grid.width < 2 or header_rows >= self.grid.height:
            return 0
        body = [row for row in range(header_rows, self.grid.height) if not self.is_group_row(row)]
        declared = self._columns_of_th(body)
        if declared:
            return declared
        if self._is_measured(body):
            return 0
        count = 1
        while count < min(_MOST_LABEL_COLUMNS, self.grid.width - 1) and not self._tells_apart(
            body, count
        ):
            if not self._is_labels(body, count):
                break
            count += 1
        return count

    def _columns_of_th(self, body: list[int]) -> int:
        count = 0
        while count < self.grid.width - 1:
            cells = [cell for cell in self._column(body, count) if cell.text.strip()]
            if not cells or not all(cell.header for cell in cells):
                break
            count += 1
        return count

    def _column(self, body: list[int], column: int) -> Iterator[Cell]:
        for row in body:
            cell = self.grid.at(row, column)
            if cell and cell.row == row and cell.column == column:
                yield cell

    def _is_measured(self, body: list[int]) -> bool:
        """The first column holds measurements, not names of rows."""
        cells = [cell for cell in self._column(body, 0) if cell.text.strip()]
        texts = [cell.text for cell in cells if self.kind_at(cell.row, 0) is Kind.VALUE]
        return len(texts) == len(cells) > 0 and any(re.search(r"[.,%$€£]", text) for text in texts)

    def _tells_apart(self, body: list[int], count: int) -> bool:
        """The first `count` columns name every row, and no two rows alike."""
        seen: set[tuple[str, ...]] = set()
        for row in body:
            owned = [self.grid.at(row, column) for column in range(count)]
            label = tuple(cell.text if cell else "" for cell in owned)
            if label in seen or not label[-1].strip():
                return False
            seen.add(label)
        return True

    def _is_labels(self, body: list[int], column: int) -> bool:
        kinds = [self.kind_at(cell.row, column) for cell in self._column(body, column)]
        filled = [kind for kind in kinds if kind is not Kind.BLANK]
        texts = sum(kind in {Kind.TEXT, Kind.YEAR} for kind in filled)
        return bool(filled) and self.has_values and texts * 2 > len(filled)


def _lead(label: str) -> str:
    """The word that a label begins with; of Chinese two characters."""
    return label[:2] if CHINESE.match(label) else label.partition(" ")[0]
