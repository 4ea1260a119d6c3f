"""A table: its grid, what heads each cell, and what each cell is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from loaders.chunking.cell_repair import mended
from loaders.chunking.header_detection import HeaderFinder, Kind
from loaders.chunking.html_table import read_table, write_table
from loaders.chunking.label_paths import is_unit_title, label_path, labels_told, reaching
from loaders.chunking.signed_money import SignedMoney
from loaders.chunking.spanned_grid import Cell, Grid, RawCell, place
from loaders.chunking.table_units import TableUnits
from loaders.text.label_units import is_total
from loaders.text.language_detection import writes_comma
from loaders.text.number_formats import has_decimal_comma
from loaders.text.quantities import Missing, Quantity, missing_mark, parse_quantity
from loaders.text.unit_words import PERIODS
from loaders.text.units import measure_of

_SIZE = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class DataCell:
    """A filled cell of the body with everything that heads it."""

    row: int
    """Counted from 0 over all rows, header included."""
    column: int
    text: str
    """With the currency sign or parenthesis that stood in a column of its own."""
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    quantity: Quantity | None
    unit: str = ""
    """What a Unit column says beside it, as printed."""

    @property
    def line(self) -> str:
        """The cell as one line: `row › column = value`, with the unit of a Unit column."""
        value = f"{self.text} {self.unit}" if self.unit else self.text
        return f"{' › '.join(self.row_path + self.column_path)} = {value}".strip()

    @property
    def missing(self) -> Missing:
        """`dash` or `n/a` if the cell says that there is nothing to say."""
        return missing_mark(self.text)

    @property
    def amount(self) -> Decimal | None:
        return self.quantity.amount if self.quantity else None


@dataclass(frozen=True)
class Table:
    """Rows and columns with header rows above and label columns at the left."""

    grid: Grid
    header_rows: int
    header_columns: int
    caption: str = ""
    is_of_commas: bool = False  # whether its document writes 97,3

    @classmethod
    def from_html(cls, html: str, caption: str = "") -> Table:
        """The first table in some HTML or a chunk's content; without rows if there is none."""
        raw = read_table(html)
        return cls.from_raw(raw.rows, head_rows=raw.head_rows, caption=caption or raw.caption)

    @classmethod
    def from_rows(
        cls, rows: Sequence[Sequence[str]], *, head_rows: int = 0, caption: str = ""
    ) -> Table:
        """From plain rows; `head_rows` is 0 if the content has to tell."""
        cells = [[RawCell(text) for text in row] for row in rows]
        return cls.from_raw(cells, head_rows=head_rows, caption=caption)

    @classmethod
    def from_raw(
        cls, rows: Sequence[Sequence[RawCell]], *, head_rows: int = 0, caption: str = ""
    ) -> Table:
        """From cells that have no place yet."""
        grid = place(rows)
        headers = HeaderFinder(grid).find(head_rows)
        grid = mended(grid, headers.rows)
        return cls(grid, headers.rows, headers.columns, caption)

    @property
    def height(self) -> int:
        return self.grid.height

    @property
    def width(self) -> int:
        return self.grid.width

    @property
    def body(self) -> range:
        return range(self.header_rows, self.height)

    @cached_property
    def rows(self) -> list[list[str]]:
        """All rows, header included; a spanning cell's text stands on its first position only."""
        return self.grid.rows()

    @cached_property
    def decimal_comma(self) -> bool | None:
        """Whether the table writes 97,3; None if it does not show."""
        said = f"{self.caption}\n{self._texts}"
        shown = self._shown_comma
        return shown if shown is not None else writes_comma(said) or self.is_of_commas or None

    @cached_property
    def _shown_comma(self) -> bool | None:
        return has_decimal_comma(self._texts)

    @property
    def _texts(self) -> str:
        return "\n".join(cell.text for cell in self.grid.cells)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What stands alone over all columns, labels too, or is a unit: it heads no column."""
        return tuple(self._finder.filled(row)[0].text for row in self._title_rows)

    def column_path(self, column: int) -> tuple[str, ...]:
        """The header cells above a column, from the top; equal neighbours are one."""
        return self._column_paths[column]

    def row_path(self, row: int) -> tuple[str, ...]:
        """The group and labels of a row, from the outside in."""
        return self._row_paths[row]

    def is_group_row(self, row: int) -> bool:
        """Whether a row of the body only names the rows beneath it."""
        return row in self._group_rows

    def cells(self) -> Iterator[DataCell]:
        """The filled cells of the body in reading order, with paths and values."""
        return iter(self._cells)

    @cached_property
    def _cells(self) -> tuple[DataCell, ...]:
        rows = sorted({*self.body} - {*self._group_rows, *self._repeats, *self._units.unit_rows})
        return tuple(self._data_cell(*one) for row in rows for one in self._row_texts(row))

    def to_html(self) -> str:
        """The table with nothing in it but table tags and spans."""
        return write_table(self.grid, self.header_rows, self.header_columns)

    def to_lines(self) -> list[str]:
        """A line for every cell, `row › column = value`: what models and search read best."""
        lines, waiting = list[str](), ""
        cells = self.cells()
        cell = next(cells, None)
        for row in self.body:
            if row in self._group_rows:
                lines += [waiting] if waiting else []
                waiting = self._finder.filled(row)[0].text
            while cell is not None and cell.row == row:
                lines.append(cell.line)
                cell, waiting = next(cells, None), ""
        return [*lines, waiting] if waiting else lines

    def raw(self, start: int, stop: int) -> list[list[RawCell]]:
        """Rows to build another table from; a cell that began above `start` is repeated."""
        return [
            [
                RawCell(
                    cell.text,
                    rowspan=min(cell.row + cell.rowspan, stop) - row,
                    colspan=cell.colspan,
                    header=cell.header,
                    opens=cell.opens and cell.row == row,
                )
                for cell in self._starting(row, is_first=row == start)
            ]
            for row in range(start, stop)
        ]

    def part(self, start: int, stop: int) -> Table:
        """Some rows of the body under the same header, and under the group that they belong to."""
        groups = [
            [RawCell(name, colspan=self.width)]
            for name in self._groups[start]
            if start not in self._group_rows
        ]
        rows = [*self.raw(0, self.header_rows), *groups, *self.raw(start, stop)]
        return replace(self, grid=place(rows))

    def _starting(self, row: int, *, is_first: bool) -> Iterator[Cell]:
        column = 0
        while column < self.width:
            cell = self.grid.at(row, column) or Cell(row, column, "")
            if cell.row == row or is_first:
                yield cell
            column = cell.column + cell.colspan

    @cached_property
    def _finder(self) -> HeaderFinder:
        return HeaderFinder(self.grid)

    @cached_property
    def _title_rows(self) -> list[int]:
        found = [(row, self._finder.filled(row)) for row in range(self.header_rows)]
        return [
            row
            for row, cells in found
            if self.width > 1
            and len(cells) == 1
            and (cells[0].column == 0 or is_unit_title(cells[0].text))
        ]

    @cached_property
    def _group_rows(self) -> frozenset[int]:
        return frozenset(row for row in self.body if self._finder.is_group_row(row))

    @cached_property
    def _repeats(self) -> dict[int, str]:
        """The rows that say the header once more, each with its label: `2019 | Low | High`."""
        heads = [row for row in range(self.header_rows) if row not in self._title_rows]
        if not heads:
            return {}
        text, columns = self.grid.text, range(self.width)
        header = [text(heads[-1], column) for column in columns]
        start = max(self.header_columns, 1)
        said = [*filter(None, header[start:])]
        if not said or (len(said) == 1 and any(sign.isdigit() for sign in said[0])):
            return {}  # one value that comes again, such as an address, is no header
        return {
            row: text(row, 0)
            for row in self.body
            if [text(row, column) for column in columns[start:]] == header[start:]
        }

    @property
    def _lone_rows(self) -> list[int]:
        return [row for row in range(self.header_rows) if len(self._finder.filled(row)) == 1]

    @cached_property
    def _first_group(self) -> tuple[str, ...]:
        """What heads the rows down to the next header: its corner, or what stands alone above."""
        if not self._repeats:
            return ()
        corner = self.grid.text(self.header_rows - 1, 0)
        alone = [self._finder.filled(row)[0].text for row in self._lone_rows]
        name = corner or next(reversed(alone), "")
        is_divided = any(
            row - 1 in self._group_rows or label not in {"", corner}
            for row, label in self._repeats.items()
        )
        return (name,) if is_divided and name else ()

    @cached_property
    def _groups(self) -> list[tuple[str, ...]]:
        """For each row the names of the group that it stands in; a total ends its group."""
        groups: list[tuple[str, ...]] = []
        current = self._first_group
        ended = False
        for row in range(self.height):
            if row in self._repeats:
                name = self._repeats[row]
                is_named = name and name != self.grid.text(self.header_rows - 1, 0)
                current, ended = ((name,) if is_named else current), False
            elif row in self._group_rows:
                name = self._finder.filled(row)[0].text.rstrip(" :：")
                nested = row - 1 in self._group_rows and len(current) < 3
                current, ended = (*current, name) if nested else (name,), False
            elif ended or self._opens(row):
                current, ended = (), False
            groups.append(current if row >= self.header_rows else ())
            ended = ended or self._is_total(row)
        return groups

    def _opens(self, row: int) -> bool:
        """A part of the body begins that is no part of the group above; its total is."""
        cell = self.grid.at(row, 0)
        is_first = cell is not None and cell.row == row and cell.opens
        return is_first and row - 1 not in self._group_rows and not self._is_total(row)

    def _is_total(self, row: int) -> bool:
        cell = self.grid.at(row, 0)
        return cell is not None and is_total(cell.text)

    @cached_property
    def _row_paths(self) -> list[tuple[str, ...]]:
        text, columns = self.grid.text, range(self.header_columns)
        labels = [[text(row, column) for column in columns] for row in range(self.height)]
        breaks = [self.header_rows - 1, *sorted(self._group_rows), self.height]
        for above, below in pairwise(breaks):
            labels[above + 1 : below] = labels_told(labels[above + 1 : below])
        return [label_path([*self._groups[row], *labels[row]]) for row in range(self.height)]

    @cached_property
    def _column_paths(self) -> list[tuple[str, ...]]:
        passed = {*self._title_rows, *(self._lone_rows if self._first_group else ())}
        rows = [row for row in range(self.header_rows) if row not in passed]
        alone = {row for row in rows if len(self._finder.filled(row)) == 1}
        start, columns = self.header_columns, range(self.header_columns, self.width)
        printed = [[self.grid.text(row, column) for column in range(self.width)] for row in rows]
        texts = [list(line) for line in printed]
        for index, row in enumerate(rows):
            below = ["".join(line[n] for line in printed[index + 1 :]) for n in range(self.width)]
            names = reaching(printed[index][start:], below[start:])
            for column, name in zip(columns, names, strict=True):
                if below[column] or row in alone:  # a blank without a name below it is none
                    texts[index][column] = name
        paths: list[tuple[str, ...]] = []
        for column in range(self.width):
            path = label_path([line[column] for line in texts])
            own = any(self.grid.text(row, column) for row in rows if row not in alone)
            if not own and column and self._holds_marks(column - 1):
                path = paths[-1]
            paths.append(path)
        return paths

    def _holds_marks(self, column: int) -> bool:
        """A column of nothing but currency signs, whose header is that of the values beside it."""
        kinds = {self._finder.kind_at(row, column) for row in self.body} - {Kind.BLANK}
        return kinds == {Kind.MARK} or (Kind.MARK in kinds and kinds <= {Kind.MARK, Kind.TEXT})

    def _row_texts(self, row: int) -> list[tuple[Cell, str]]:
        """The filled data cells that begin in a row, lone marks joined to their values."""
        found: list[tuple[Cell, str]] = []
        before = ""
        for cell in self._finder.filled(row):
            is_label = cell.column < self.header_columns or cell.column in self._units.unit_columns
            if cell.row != row or is_label:
                continue
            is_mark = self._finder.kind_at(row, cell.column) is Kind.MARK
            if is_mark and cell.text.strip()[0] in "%)" and found:
                found[-1] = (found[-1][0], found[-1][1] + cell.text.strip())
            elif is_mark:
                before = cell.text.strip()
            else:
                found.append((cell, self._units.sign(row, cell.column, before) + cell.text))
                before = ""
        return found

    def _data_cell(self, cell: Cell, text: str) -> DataCell:
        place = row, column = cell.row, cell.column
        found = self._quantities[place]
        if found:
            found = self._money.told(found, place, self._units.measure(*place).kind)
        unit = self._units.printed(row, column, text)
        return DataCell(
            row, column, text, self._row_paths[row], self._column_paths[column], found, unit
        )

    @cached_property
    def _quantities(self) -> dict[tuple[int, int], Quantity | None]:
        """By place what a cell says itself and, where it leaves that open, what is told around."""
        cells = (one for row in self.body for one in self._row_texts(row))
        return {(cell.row, cell.column): self._quantity(cell, text) for cell, text in cells}

    def _quantity(self, cell: Cell, text: str) -> Quantity | None:
        if self._units.is_code(text, cell.column):
            return None
        measure = self._units.measure(cell.row, cell.column)
        comma = self._units.comma(
            cell.column, text, measure, shown=self._shown_comma, habit=self.decimal_comma
        )
        found = parse_quantity(text, decimal_comma=comma, measure=measure)
        unit = self._units.printed(cell.row, cell.column, text)
        if found and found.is_year and unit and measure.unit not in PERIODS:
            return replace(found, unit=measure.unit, scale=measure.scale)  # 2100 kHz are no year
        return found

    @cached_property
    def _money(self) -> SignedMoney:
        cells = ((place, found) for place, found in self._quantities.items() if found)
        return SignedMoney.read(cells, self._column_paths)

    @cached_property
    def _units(self) -> TableUnits:
        paths = self._row_paths, self._column_paths
        return TableUnits(
            self.grid, self.header_rows, self.header_columns, *paths, self._far_context
        )

    @cached_property
    def _far_context(self) -> tuple[str, ...]:
        """Corner, titles and caption: what may say "in millions" for the whole table."""
        rows, columns = range(self.header_rows), range(self.header_columns)
        stacks = [[self.grid.text(row, column) for row in rows] for column in columns]
        corners = {text for stack in stacks for text in stack}
        labels = [self.grid.text(row, 0) for row in range(self.header_rows, self.grid.height)]
        sizes = sum(_SIZE.fullmatch(label) is not None for label in labels)
        if sizes * 2 > len(labels):  # `Weight (kg)` says the unit of the labels below it
            whole = {" ".join(dict.fromkeys(filter(None, stack))) for stack in stacks}
            corners = {text for text in whole if measure_of(text)}
        lines = filter(str.strip, reversed(self.caption.split("\n")))
        return (*sorted(corners - {""}), *reversed(self.titles), *lines)
