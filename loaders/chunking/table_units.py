"""What the cells of a table count: unit lines, heads, labels and Unit columns brought together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.chunking.caption_clauses import clauses_of
from loaders.chunking.spanned_grid import Grid
from loaders.text.dates import months_in
from loaders.text.label_units import is_total, label_measure, merged
from loaders.text.languages import languages, phrases_of, words_of
from loaders.text.number_formats import has_decimal_comma
from loaders.text.units import BRACKETS, OF_NOTHING, Measure, is_unit_line, measure_in, measure_of

_MARK = re.compile(
    r"(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|(?<=\d{4})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|\s?\[\^\w{1,3}\]$"
)
_AMOUNT = re.compile(r"[^\W\d_]{0,2}[$€£¥￥]\s?(?!000(?!\d))\d[\d,.]*")
"""An amount in a label is none of its cells' units: incomes of `$75,000+` own 92 % of phones."""
PERIODS = frozenset(("d", "week", "month", "year"))
_DECIMAL = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_LARGE = re.compile(r"\d{3}")
_BAND = re.compile(r"^(?!.*(?:19|20)\d\d(?!\d))\D*(?<![^\W\d_])\d")
"""A number that is no year, nor one of its parts: `Q1`."""
_LETTER = re.compile(r"\(([A-Za-z])\)")


def label_path(texts: Sequence[str]) -> tuple[str, ...]:
    """Without blanks, marks of footnotes, and a text that repeats the one before it."""
    path: list[str] = []
    for text in (_MARK.sub("", one).rstrip() for one in texts):
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def is_unit_title(text: str) -> bool:
    """In brackets, or "in millions": it is said of figures, and names none."""
    return text.lstrip().startswith(("(", "（", "[")) or is_unit_line(text)


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
        group = self._group_of(column)
        beside, above = self._rows[row][group], self._columns[column]
        if above and (above.unit in OF_NOTHING or above.kind in {"ratio", "count"}):
            return merged([above, self._whole])
        if above and (above.unit or above.currency) and self._unit_cells[row][group]:
            return merged([above, self._whole])  # a Unit column speaks for heads that say none
        is_money = beside is not None and beside == Measure(currency=beside.currency)
        if beside and is_money and self._is_name(row, beside, above):
            beside = None
        return merged([beside, above, self._whole])

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

    def printed(self, row: int, column: int) -> str:
        """The unit that a Unit column or a Unit row says of a cell."""
        group = self._unit_groups[self._group_of(column)]
        beside = (self.grid.text(row, other) for other in group)
        above = (self.grid.text(other, column) for other in sorted(self.unit_rows))
        return next(filter(None, (*beside, *above)), "")

    @cached_property
    def commas(self) -> list[bool | None]:
        """For each column whether it writes 97,3; None if it does not show."""
        return [has_decimal_comma("\n".join(self._body(c))) for c in range(self.grid.width)]

    def _body(self, column: int) -> list[str]:
        """The texts of a column below its heads."""
        return [self.grid.text(row, column) for row in range(self.header_rows, self.grid.height)]

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
        places = [(row, column) for row in range(self.header_rows, self.grid.height)]
        return any(map(_names_units, heads)) and self._say_units(places)

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
            if _names_units(self.grid.text(row, 0))
            and self._say_units((row, column) for column in range(1, self.grid.width))
        )

    def _say_units(self, places: Iterable[tuple[int, int]]) -> bool:
        texts = [text for place in places if (text := self.grid.text(*place))]
        units = sum(_said_first(text) is not None for text in texts)
        numbers = any(re.match(r"[-+(]?\d", text) for text in texts)
        return bool(texts) and not numbers and units * 2 >= len(texts)

    @cached_property
    def _whole(self) -> Measure:
        return merged(self._of_all(line) for line in self.far)

    def _of_all(self, line: str) -> Measure | None:
        clauses = clauses_of(line)
        if not clauses:
            return _bare(line) or measure_in(line)
        heads = [path[-1] for path in (*self.column_paths, *self.row_paths) if path]
        free = (one for one in clauses if not any(one.names(head) for head in heads))
        return next((one.measure for one in free), None)

    def _of_clause(self, head: str) -> Measure | None:
        """What a clause of a line above says of one head: `MAE in points; latency in ms`."""
        clauses = (one for line in self.far for one in clauses_of(line))
        return next((one.measure for one in clauses if one.names(head)), None)

    @cached_property
    def _rows(self) -> list[list[Measure | None]]:
        groups = range(len(self._unit_groups))
        return [[self._row(row, group) for group in groups] for row in range(self.grid.height)]

    def _row(self, row: int, group: int) -> Measure | None:
        paths = reversed(self.row_paths[row])
        labels = [said(label) for label in paths for said in (self._of_clause, self._label)]
        labels += [Measure(kind="count")] if self._counts_heads(row) else []
        found = [*self._unit_cells[row][group], *(one for one in labels if one is not None)]
        return merged(found) if found else None

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
        """The Unit columns; between two groups of them stand values."""
        groups: list[list[int]] = [[]]
        for column in sorted(self.unit_columns):
            if groups[-1] and column > groups[-1][-1] + 1:
                groups.append([])
            groups[-1].append(column)
        return groups

    def _group_of(self, column: int) -> int:
        """Number of the Unit columns that speak for a column: all before their values, or behind.

        They stand before them if the first values follow the first Unit column.
        """
        groups = self._unit_groups
        if len(groups) == 1:
            return 0
        if groups[0][0] <= self.header_columns:
            return max(0, sum(group[0] < column for group in groups) - 1)
        return min(len(groups) - 1, sum(group[-1] < column for group in groups))

    def _counts_heads(self, row: int) -> bool:
        """Whether `Staff` are people: whole numbers in a table of amounts with decimals.

        Over a total they are a part of it.
        """
        label, *below = (path[-1] if path else "" for path in self.row_paths[row:])
        if not _is_of_heads(label) or any(map(is_total, below)):
            return False
        others = (one for one in range(self.header_rows, self.grid.height) if one != row)
        return not self._has_decimals(row) and any(map(self._has_decimals, others))

    def _has_decimals(self, row: int) -> bool:
        return any(_DECIMAL.search(cell.text) for cell in self.grid.row(row))

    def _is_column_of_heads(self, column: int) -> bool:
        """Of a column they are people unless its numbers have decimals."""
        is_exact = any(map(_DECIMAL.search, self._body(column)))
        return not is_exact and _is_of_heads(("", *self.column_paths[column])[-1])

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
            measure_of(text)
            if text in self._unit_heads
            else self._label(text) or _bare(text) or self._of_clause(text)
            for text in reversed(self.column_paths[column])
        ]
        found = [one for one in [*below, *heads] if one is not None]
        is_told = bool(found) and not self._is_of_bands(column, found)
        return merged(found) if is_told else None

    def _is_of_bands(self, column: int, found: Sequence[Measure]) -> bool:
        """Whether what stands above says how the heads are measured: `Quantity (kg) › up to 5`."""
        *above, band = self.column_paths[column]
        is_band = bool(above) and _BAND.search(band) is not None and not months_in(band)
        is_of_values = any(one.currency or one.unit in OF_NOTHING for one in found)
        return is_band and not is_of_values and self._label(band) is None

    def _unit_cell(self, row: int, column: int) -> Measure | None:
        """A word that is no unit says that things are counted: `number`."""
        text = self.grid.text(row, column)
        return (_said_first(text) or Measure(kind="count")) if text else None

    def _label(self, label: str) -> Measure | None:
        bare = _AMOUNT.sub(" ", label)
        return label_measure(_LETTER.sub(" ", bare) if self._letters_are_marks else bare)

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

    @cached_property
    def _letters_are_marks(self) -> bool:
        """`(a)` and `(m)` are notes, not metres, if one of such letters is no unit."""
        labels = {label for path in (*self.row_paths, *self.column_paths) for label in path}
        letters = {letter for label in labels for letter in _LETTER.findall(label)}
        return any(measure_of(letter) is None for letter in letters)


def _is_of_heads(label: str) -> bool:
    """Whether a label may count people: `Staff`."""
    return label.strip(" .:：").lower() in phrases_of("labels", "counts_or_costs")


def _said_first(text: str) -> Measure | None:
    """The unit that a cell of a Unit column says or begins with: `EUR per parcel`."""
    return measure_of(text) or measure_of(text.partition(" ")[0])


def _names_units(label: str) -> bool:
    folded = label.strip(" .:：").lower()
    return folded in {word.lower() for word in words_of("unit_lines", "names")}


def _bare(text: str) -> Measure | None:
    """A head or line that is a unit, and too long to be the name of a variable."""
    found = measure_of(text, is_head=True)
    is_lowest = text.strip(" .").casefold() == "min"  # beside the highest, no minutes
    is_name = is_lowest or (found is not None and _names_period(text, found.unit))
    return found if found and len(text.strip(" .")) > 2 and not is_name else None


def _names_period(text: str, unit: str) -> bool:
    """One `Year` beside its quarters is that year; `Years` are what a column counts."""
    singulars = {one.words("units", unit)[-1:] for one in languages()} if unit in PERIODS else ()
    return any(text.strip(" .").casefold() == word.casefold() for one in singulars for word in one)
