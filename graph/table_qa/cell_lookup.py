"""One cell, or one sentence's number, that a value with its row and column names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.evidence.sources import Source, cell_line
from graph.table_qa.measure import CalculationError, Measure, Unit, unit_of
from loaders.chunking.table import DataCell, Table
from loaders.text.quantities import Quantity, numbers_in, parse_quantity
from loaders.text.tokenizer import fold, keys
from loaders.text.units import currency_in

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_MOST_SHOWN = 4
_NEAR = 24
"""Characters around a number in which its currency stands."""


@dataclass(frozen=True, slots=True)
class Named:
    """A value as a model names it; `words` are some of the sentence that has it."""

    value: str
    row: str = ""
    column: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a value stands, and what it is worth."""

    measure: Measure
    text: str
    label: str
    cell: DataCell | None = None


def find_value(named: Named, source: Source) -> Found:
    """The one place of a source that a value is named by.

    Raises:
        CalculationError: The source has no such value there, or several.
    """
    cells = [(table, cell) for table in source.tables for cell in table.cells()]
    if found := _in_cells(named, cells):
        return found
    is_place = bool(named.row or named.column)
    there = [cell for _, cell in cells if is_place and _fits(named.row, named.column, cell)]
    if not there and (found := _in_prose(named, source)):
        return found
    raise CalculationError(_missing(named, there, source.number))


def _in_cells(named: Named, cells: Sequence[tuple[Table, DataCell]]) -> Found | None:
    """None if no cell of that row and column has the value."""
    if not (named.row or named.column):
        return None
    valued = [
        (cell, measure)
        for table, cell in cells
        if (measure := _worth(named.value, cell, table.decimal_comma)) is not None
    ]
    for row, column in ((named.row, named.column), (named.column, named.row)):
        ranked = [(_fits(row, column, cell), cell, measure) for cell, measure in valued]
        best = max((fit for fit, _, _ in ranked), default=0)
        if best:
            return _only(named, [(c, m) for fit, c, m in ranked if fit == best])
    return None


def _only(named: Named, found: Sequence[tuple[DataCell, Measure]]) -> Found:
    paths = {(cell.row_path, cell.column_path) for cell, _ in found}
    if len(paths) > 1:
        listed = "; ".join(cell_line(cell) for cell, _ in found[:_MOST_SHOWN])
        raise CalculationError(
            f"{named.value} stands in several cells of that name; give row and column in full, "
            f"as one of: {listed}"
        )
    cell, measure = found[0]
    return Found(measure, cell.text, " › ".join(cell.row_path + cell.column_path), cell)


def _worth(value: str, cell: DataCell, decimal_comma: bool | None) -> Measure | None:
    """What a cell says, if the value is the whole of it, or a whole number in it."""
    asked = parse_quantity(value, decimal_comma=decimal_comma)
    if asked is None:
        return None
    quantity = cell.quantity
    if quantity is None:
        return _only_mention(value, asked, cell.text)
    unit = unit_of(quantity)
    if abs(asked.value) == abs(quantity.value):
        return Measure(quantity.value, unit)
    if abs(asked.amount) == abs(quantity.amount):
        return Measure(quantity.value, unit)
    for other in (quantity.high, quantity.margin):
        if other is not None and abs(asked.value) == abs(other):
            return Measure(other, unit)
    aside = parse_quantity(quantity.aside) if quantity.aside else None
    if aside and aside.value == abs(asked.value):
        return Measure(aside.value, unit_of(aside))
    return None


def _only_mention(value: str, asked: Quantity, text: str) -> Measure | None:
    """The number in a cell of words: `5 days a year`."""
    found = [one for one in numbers_in(text) if asked.value in one.readings]
    if len({one.start for one in found}) != 1 or not _has_whole(value, text):
        return None
    unit = Unit(currency_in(text), "", found[0].percent, found[0].scale)
    return Measure(asked.value, unit)


def _fits(row: str, column: str, cell: DataCell) -> int:
    """How well a cell answers to two labels; 0 if one of them is of another."""
    by_row, by_column = label_fit(row, cell.row_path), label_fit(column, cell.column_path)
    return by_row + by_column if by_row and by_column else 0


def label_fit(label: str, path: Sequence[str]) -> int:
    """How well a label names a path: as it is written, by its words, or with more words."""
    if not label.strip():
        return 1
    bare = _squeezed(label)
    if bare in {_squeezed(part) for part in (*path[-1:], "".join(path), " › ".join(path))}:
        return 4
    said, known = set(keys(label)), set(keys(" ".join(path)))
    if said and said <= known:
        return 3
    last = set(keys(path[-1])) if path else set()
    return 2 if last and last <= said and said & last else 0


def _squeezed(text: str) -> str:
    return re.sub(r"[\s:：]+", "", fold(text))


def _in_prose(named: Named, source: Source) -> Found | None:
    """The number in the sentence that has the most of the words, all of which the source has."""
    wanted = set(keys(" ".join([named.words, named.row, named.column])))
    asked = parse_quantity(named.value)
    if asked is None or not wanted <= source.keys:
        return None
    text = "\n".join([source.section, source.caption, source.prose])
    best: tuple[int, Found] | None = None
    for sentence in _SENTENCE_END.split(text):
        shared = len(wanted & set(keys(sentence)))
        measure = _said(named.value, asked, sentence)
        if measure and (shared or not wanted) and (best is None or shared > best[0]):
            best = shared, Found(measure, named.value, " ".join(sentence.split()))
    return best[1] if best else None


def _said(value: str, asked: Quantity, sentence: str) -> Measure | None:
    for one in numbers_in(sentence):
        readings = {abs(reading) for reading in one.readings}
        is_same = abs(asked.value) in readings or abs(asked.amount) in {
            reading * one.scale for reading in readings
        }
        if not is_same:
            continue
        near = sentence[max(0, one.start - _NEAR // 4) : one.end + _NEAR]
        unit = Unit("" if one.percent else currency_in(near), "", one.percent, one.scale)
        return Measure(one.value if abs(one.value) in {abs(asked.value)} else asked.value, unit)
    return None


def _has_whole(value: str, text: str) -> bool:
    """Whether the digits stand there, and not as a piece of a longer number."""
    digits = re.sub(r"^\D+|\D+$", "", value)
    return bool(digits) and bool(re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d]|[.,]\d)", text))


def _missing(named: Named, there: Sequence[DataCell], number: int) -> str:
    """What stands in that row and column instead."""
    place = " › ".join(filter(None, [named.row, named.column])) or named.words
    told = f"source {number} has no value {named.value} at “{place}”"
    if there:
        told += "; there stands " + "; ".join(cell_line(cell) for cell in there[:_MOST_SHOWN])
    return told


def announced(sources: Iterable[Source], scale: Decimal) -> bool:
    """Whether one of the sources says that its figures are in this scale."""
    return any(scale in source.scales for source in sources)
