"""What the cells of a table count: unit lines, heads, labels and Unit columns brought together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from loaders.chunking.caption_clauses import UNKNOWN, CaptionUnits, clauses_of
from loaders.chunking.label_marks import BAND, bare_unit, is_band, marks_in, names_prices
from loaders.chunking.spanned_grid import Grid
from loaders.chunking.unit_columns import NUMBER, group_of, names_units, say_units, side_by_side
from loaders.text.dates import months_in
from loaders.text.label_units import (
    for_each,
    is_count_word,
    is_money,
    is_only_money,
    is_total,
    label_kind,
    label_measure,
    may_count_people,
    merged,
    share_unit,
)
from loaders.text.languages import phrases_of
from loaders.text.number_formats import has_decimal_comma
from loaders.text.quantities import missing_mark
from loaders.text.unit_words import NOTHING, OF_NOTHING, PERIODS, Measure
from loaders.text.units import BRACKETS, measure_in, measure_of

_AMOUNT = re.compile(r"[^\W\d_]{0,2}[$€£¥￥]\s?(?!000(?!\d))\d[\d,.]*")
"""An amount in a label is none of its cells' units: incomes of `$75,000+` own 92 % of phones."""
_DECIMAL = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)")
_NO_MILL = re.compile(r"(?<![\d.,])[1-9]\d{0,2},000(?![\d.,]*\d)")
_CODE = re.compile(r"\d{2,}([AC-JLN-SU-Z]?)")  # no letter that is a scale
_LARGE = re.compile(r"\d{3}")


@dataclass(frozen=True)
class TableUnits:
    """The measures of a table's rows and columns, and those of the whole."""

    grid: Grid
    header_rows: int
    header_columns: int
    row_paths: Sequence[tuple[str, ...]]
    column_paths: Sequence[tuple[str, ...]]
    far: Sequence[str]
    """Titles, corner and the caption's lines, from near to far."""

    def measure(self, row: int, column: int) -> Measure:
        """What the number in a cell counts, if the cell does not say it.

        The nearest wins: the row's and the column's own words, then what is said over all of
        them. That never falls on a count, a rate or a ratio, nor on a currency that some rows
        or columns say once more without its scale: `per inhabitant (in €)`, in a table in T€.
        """
        group = self._group_of(column)
        own = [*filter(None, self._own(row, column, group))]
        near = merged(own)
        if near.unit and column in self._priced:
            return for_each(self._whole, self._unit_cells[row][group])
        if near == NOTHING and self._whole.currency and self._is_of_whole_numbers(row, column):
            return Measure(kind="count")
        is_again = near.currency == self._whole.currency != "" and near.scale == 1
        if is_again and (row in self._rows_apart[group] or column in self._columns_apart):
            return near
        return merged([*own, self._whole])

    def _own(self, row: int, column: int, group: int) -> Sequence[Measure | None]:
        """What its row and its column say, the nearer one first."""
        beside, above = self._rows[row][group], self._columns[column]
        units = self._unit_cells[row][group]
        if above and (above.unit in OF_NOTHING or above.kind in {"ratio", "count"}):
            return [above]
        if above and (above.unit or above.currency) and units:
            has_quantity = any(self._columns[one] is None for one in self._numbered_columns)
            return [above if has_quantity else for_each(above, units)]
        is_name = beside and is_only_money(beside) and self._is_name(row, beside, above)
        is_label = column == 0 and bool(units)  # `No.`, which no unit is of
        return [None if is_name or is_label else beside, above]

    @cached_property
    def _priced(self) -> frozenset[int]:
        """Columns of prices in the currency of the table's line, to the cent, under one head."""
        units = [one for row in self._unit_cells for group in row for one in group]
        columns = [one for one in self._numbered_columns if self._columns[one] is None]
        texts = [t for c in columns for t in self._body(c) if NUMBER.fullmatch(t)]
        is_one = len({self.column_paths[column][:1] for column in columns}) == 1
        is_money = is_only_money(self._whole) and not any(one.currency for one in units)
        others = (self._columns[one] for one in self._numbered_columns)
        is_money = is_money and not any(one.currency for one in others if one)
        lines = [*self.far, *(label for one in columns for label in self.column_paths[one])]
        is_priced = is_one and is_money and names_prices(lines) and all(map(_CENTS.search, texts))
        return frozenset(columns if is_priced else ())

    @cached_property
    def _rows_apart(self) -> list[frozenset[int]]:
        """Rows that say their money, where others leave it to the table, for each group."""
        lines = zip(*self._rows, strict=True)
        return [_apart(line, self._numbered_rows) for line in lines]

    @cached_property
    def _columns_apart(self) -> frozenset[int]:
        return _apart(self._columns, self._numbered_columns)

    def _is_name(self, row: int, money: Measure, above: Measure | None) -> bool:
        """Whether a label's currency is no unit of its figures, as the table tells another.

        "Loans in dollars" are counted in the table's euros too, and the returns of a fund's class
        "acc EUR" in per cent, unless that stands in brackets.
        """
        around = (above.currency if above else "") or self._whole.currency
        is_told = any(map(BRACKETS.search, self.row_paths[row]))
        return around not in {"", money.currency} or (self._whole.unit == "%" and not is_told)

    def sign(self, row: int, column: int, before: str) -> str:
        """What stands before a number, without the USD of a bond whose column tells euros."""
        own, beside = self.measure(row, column), measure_of(before)
        return "" if beside and own.currency not in {"", beside.currency} else before

    def is_code(self, text: str, column: int) -> bool:
        """`4810A` below `4810` is no current: letters that touch some numbers of a column only."""
        return column in self._code_columns and _CODE.fullmatch(text.strip()) is not None

    @cached_property
    def _code_columns(self) -> frozenset[int]:
        found: set[int] = set()
        for column in self._numbered_columns:
            marks = {one[1] for text in self._body(column) if (one := _CODE.fullmatch(text))}
            found |= {column} if len(marks) > 1 and "" in marks else set()
        return frozenset(found)

    def printed(self, row: int, column: int, text: str) -> str:
        """The unit that a Unit column or a Unit row says of a cell with a number."""
        if column not in self._numbered_columns or not any(map(str.isdigit, text)):
            return ""
        group = self._unit_groups[self._group_of(column)]
        beside = (self.grid.text(row, other) for other in group)
        above = (self.grid.text(other, column) for other in sorted(self.unit_rows))
        return next(filter(None, (*beside, *above)), "")

    def comma(
        self, column: int, text: str, measure: Measure, *, shown: bool | None, habit: bool | None
    ) -> bool | None:
        """Nobody writes thousands of euros to the mill, nor $1,000 for a dollar.

        A column that shows it knows it best: 8,00 beside the numbers 1.1 and 1.2 of a list.
        """
        if (own := self._commas[column]) is not None:
            return own
        if measure.currency and shown is None and _NO_MILL.search(text):
            return False
        if habit is None and measure.scale == 1000 and measure.currency:
            return True if "," not in text else None
        return habit

    @cached_property
    def _commas(self) -> list[bool | None]:
        """For each column whether it writes 97,3; None if it does not show."""
        return [has_decimal_comma("\n".join(self._body(c))) for c in range(self.grid.width)]

    def _body(self, column: int) -> list[str]:
        """The texts of a column below its heads; what begins further left is a heading of rows."""
        cells = (self.grid.at(row, column) for row in range(self.header_rows, self.grid.height))
        return [one.text.strip() if one and one.column == column else "" for one in cells]

    @cached_property
    def unit_columns(self) -> frozenset[int]:
        """Columns that say the unit of their row's figures: by their head, or by each cell."""
        return frozenset(
            column
            for column in range(1, self.grid.width)
            if self._is_headed_as_units(column) or self._are_all_units(column)
        )

    def _is_headed_as_units(self, column: int) -> bool:
        heads = self.column_paths[column]
        return any(map(names_units, heads)) and say_units(self._body(column))

    def _are_all_units(self, column: int) -> bool:
        """Units from top to bottom, of several kinds, where no head of a column says another.

        Letters alone may be grades or sizes; periods alone, how often something is paid.
        """
        if any(one and (one.unit or one.currency) for one in map(self._column, self._values)):
            return False
        said = {*self._body(column)} - {""}
        is_written = any(len(text) > 1 or not text.isalpha() for text in said)
        units = [measure_of(text) for text in said]
        are_periods = all(one and one.unit in PERIODS for one in units)
        return len(said) > 1 and is_written and all(units) and not are_periods

    @property
    def _values(self) -> range:
        return range(self.header_columns, self.grid.width)

    @cached_property
    def unit_rows(self) -> frozenset[int]:
        """Rows of the body that say the unit of their column's figures."""
        return frozenset(
            row
            for row in range(self.header_rows, self.grid.height)
            if names_units(self.grid.text(row, 0))
            and say_units(self.grid.text(row, column) for column in range(1, self.grid.width))
        )

    @cached_property
    def _whole(self) -> Measure:
        return merged(self._of_all(line) for line in self.far)

    def _of_all(self, line: str) -> Measure | None:
        if clauses_of(line):
            return self._caption.of_all(line)
        return bare_unit(line, shortest=2) or measure_in(line)

    @cached_property
    def _caption(self) -> CaptionUnits:
        return CaptionUnits(self.far, self.column_paths, self.row_paths)

    @cached_property
    def _rows(self) -> list[list[Measure | None]]:
        groups = range(len(self._unit_groups))
        return [[self._row(row, group) for group in groups] for row in range(self.grid.height)]

    def _row(self, row: int, group: int) -> Measure | None:
        paths = reversed(self.row_paths[row])
        labels = [said(label) for label in paths for said in (self._caption.of_row, self._label)]
        labels += [Measure(kind="count")] if self._counts_heads(row) else []
        found = [*self._unit_cells[row][group], *(one for one in labels if one is not None)]
        return self._as_share(row, merged(found)) if found else None

    def _as_share(self, row: int, found: Measure) -> Measure:
        """A ratio below a heading of ratios, `Ratios (%)`, is in what that says."""
        if found.kind != "ratio" or found.unit:
            return found
        above = [one for one in self.row_paths[row][:-1] if label_kind(one) == "ratio"]
        said = next((one for label in above if (one := self._label(label))), NOTHING)
        return replace(found, unit=said.unit) if said.unit in OF_NOTHING else found

    @cached_property
    def _unit_cells(self) -> list[list[list[Measure]]]:
        """For each row what its Unit columns say, those side by side together."""
        return [
            [
                [one for c in group if (one := self._unit_cell(row, c))]
                for group in self._unit_groups
            ]
            for row in range(self.grid.height)
        ]

    @cached_property
    def _unit_groups(self) -> list[list[int]]:
        return side_by_side(self.unit_columns)

    def _group_of(self, column: int) -> int:
        return group_of(column, self._unit_groups, self.header_columns)

    def _counts_heads(self, row: int) -> bool:
        """Whether `Staff` are people: whole numbers in a table of amounts with decimals.

        Over a total they are a part of it.
        """
        label, *below = (path[-1] if path else "" for path in self.row_paths[row:])
        if not may_count_people(label) or any(map(is_total, below)):
            return False
        others = (one for one in range(self.header_rows, self.grid.height) if one != row)
        return not self._has_decimals(row) and any(map(self._has_decimals, others))

    def _has_decimals(self, row: int) -> bool:
        return any(_DECIMAL.search(cell.text) for cell in self.grid.row(row))

    def _is_of_whole_numbers(self, row: int, column: int) -> bool:
        """Whether a row or undated column has no decimals, and all others that say no unit have.

        Amounts of one table are rounded alike, so that these are counts.
        """
        is_dated = any(map(str.isdigit, "".join(self.column_paths[column])))
        return row in self._whole_rows or (column in self._whole_columns and not is_dated)

    @cached_property
    def _whole_rows(self) -> frozenset[int]:
        open_rows = [row for row in self._numbered_rows if not any(self._rows[row])]
        labels = {row: self.row_paths[row][-1] for row in open_rows if self.row_paths[row]}
        last = max((row for row, label in labels.items() if is_total(label)), default=-1)
        texts = {row: [self.grid.text(row, c) for c in self._values] for row in open_rows}
        return frozenset(row for row in _unlike(texts) if row > last)  # else a part of a sum

    @cached_property
    def _whole_columns(self) -> frozenset[int]:
        columns = (one for one in self._numbered_columns if self._columns[one] is None)
        return _unlike({column: self._body(column) for column in columns})

    @cached_property
    def _numbered_rows(self) -> list[int]:
        rows = range(self.header_rows, self.grid.height)
        return [
            row for row in rows if any(NUMBER.match(self.grid.text(row, c)) for c in self._values)
        ]

    @cached_property
    def _numbered_columns(self) -> list[int]:
        return [c for c in self._values if any(map(NUMBER.match, self._body(c)))]

    def _is_column_of_heads(self, column: int) -> bool:
        """Of a column they are people unless its numbers have decimals."""
        is_exact = any(map(_DECIMAL.search, self._body(column)))
        return not is_exact and may_count_people(("", *self.column_paths[column])[-1])

    @cached_property
    def _columns(self) -> list[Measure | None]:
        return [self._column(column) for column in range(self.grid.width)]

    @cached_property
    def reference_columns(self) -> frozenset[int]:
        """Columns that only say where more is told: `Note`, beside the labels, small numbers."""
        names = phrases_of("labels", "references")
        heads = {column: path[-1] for column, path in enumerate(self.column_paths) if path}
        found = [c for c, head in heads.items() if head.strip(" .:：").lower() in names]
        beside = [c for c in found if c <= self.header_columns]
        return frozenset(c for c in beside if not any(map(_LARGE.search, self._body(c))))

    def _column(self, column: int) -> Measure | None:
        if column in self.reference_columns or self._is_column_of_heads(column):
            return Measure(kind="count")
        below = [self._unit_cell(row, column) for row in sorted(self.unit_rows)]
        heads = [
            measure_of(text) if text in self._unit_heads else self._head(text)
            for text in reversed(self.column_paths[column])
        ]
        found = [one for one in [*below, *heads] if one is not None]
        is_told = bool(found) and not self._is_of_bands(column, found)
        return merged(found) if is_told else None

    def _head(self, text: str) -> Measure | None:
        """What a head says, or the caption of it; no price is in kilograms."""
        own, said = self._label(text) or bare_unit(text), self._caption.of_column(text)
        if own and said and own.kind == "count" and not said.currency:
            return replace(own, scale=own.scale * said.scale)
        if own and said and own.kind == "ratio" and said.unit in OF_NOTHING:
            return replace(own, unit=own.unit or said.unit)
        is_other = bool(self._whole.unit) and not is_money(self._whole)
        return own or said or (UNKNOWN if is_other and names_prices([text]) else None)

    def _is_of_bands(self, column: int, found: Sequence[Measure]) -> bool:
        """Whether what stands above says how the heads are measured: `Quantity (kg) › up to 5`."""
        *above, band = self.column_paths[column]
        units = {one.unit for one in found}
        if above and is_band(band, (path[-1] for path in self.column_paths if path), units):
            return True
        is_numbered = bool(above) and BAND.search(band) is not None and not months_in(band)
        is_of_values = any(one.currency or one.unit in OF_NOTHING for one in found)
        return is_numbered and not is_of_values and self._label(band) is None

    def _unit_cell(self, row: int, column: int) -> Measure | None:
        """A word that is no unit is told as it is printed, if it is no word for how many."""
        text = self.grid.text(row, column)
        is_counted = missing_mark(text) or is_count_word(text)
        kind = "count" if is_counted else label_kind(text)
        return (measure_of(text) or Measure(unit="" if kind else text, kind=kind)) if text else None

    def _label(self, label: str) -> Measure | None:
        bare = reduce(lambda text, mark: mark.sub(" ", text), self._marks, _AMOUNT.sub(" ", label))
        return share_unit(label) or label_measure(bare)

    @cached_property
    def _marks(self) -> list[re.Pattern[str]]:
        return marks_in(self.row_paths, self.column_paths)

    @cached_property
    def _unit_heads(self) -> frozenset[str]:
        """The texts of header rows that hold nothing but units, below other heads."""
        found: set[str] = set()
        for row in range(1, self.header_rows):
            cells = [cell for cell in self.grid.row(row) if cell.row == row and cell.column]
            texts = [cell.text.strip() for cell in cells if cell.text.strip()]
            if texts and all(measure_of(text) for text in texts):
                found.update(texts)
        return frozenset(found)


def _apart(kin: Sequence[Measure | None], numbered: Sequence[int]) -> frozenset[int]:
    """The rows or columns that say a currency, if others with numbers say nothing."""
    if all(kin[one] is not None for one in numbered):
        return frozenset()
    return frozenset(at for at, one in enumerate(kin) if one is not None and one.currency)


def _unlike(lines: Mapping[int, Sequence[str]]) -> frozenset[int]:
    """The lines of whole numbers among more lines whose numbers all have decimals."""
    numbers = {at: [text for text in lines[at] if NUMBER.match(text)] for at in lines}
    whole = {at for at, texts in numbers.items() if not any(map(_DECIMAL.search, texts))}
    others = [texts for at, texts in numbers.items() if at not in whole]
    are_exact = all(map(_DECIMAL.search, (text for texts in others for text in texts)))
    return frozenset(whole if are_exact and len(whole) < len(others) else ())
