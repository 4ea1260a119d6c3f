"""One cell, or one sentence's number, that a value with its row and column names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from graph.evidence.sources import Source
from graph.table_qa.measure import CalculationError, MeasuredValue, Unit, unit_of
from loaders.chunking.table import DataCell, Table
from loaders.text.label_units import currency_in
from loaders.text.quantities import Quantity, numbers_in, parse_quantity
from loaders.text.tokenizer import fold, keys

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_MOST_SHOWN = 4
_NEAR = 24
"""Characters around a number in which its currency stands."""


class Value(BaseModel):
    """A value of a source as a model names it, or a column of its table."""

    name: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        description="its name in the formula, e.g. a"
    )
    source: int = Field(description="number of the source")
    row: str = Field(default="", description="row label as written; * for every row of the table")
    column: str = Field(default="", description="column label as written")
    value: str = Field(default="", description="the value exactly as the source writes it")
    words: str = Field(
        default="", description="for a value in a sentence: some words of the sentence"
    )
    unit: str = Field(
        default="", description="its unit and scale as the source announces them, e.g. € million"
    )
    where: list[str] = Field(
        default_factory=list,
        description="with row *: conditions that rows meet, e.g. `Site = Leeds`, `Price > 5`, "
        "`row != Total`; row is a row's label or the heading over it",
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Where a value stands, and what it is worth."""

    measure: MeasuredValue
    text: str
    label: str
    cell: DataCell | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cell, and what stands in its row for a label: its path, other words, the label above."""

    cell: DataCell
    decimal_comma: bool | None
    beside: tuple[str, ...] = ()

    def fit(self, row: str, column: str) -> int:
        """How well it answers to two labels; 0 if one of them is of another."""
        by_row = label_fit(row, self.cell.row_path)
        if not by_row and any(label_fit(row, (text,)) > 1 for text in self.beside):
            by_row = 1
        by_column = label_fit(column, self.cell.column_path)
        return by_row + by_column if by_row and by_column else 0


def find_value(named: Value, source: Source) -> Found:
    """The one place of a source that a value is named by.

    Raises:
        CalculationError: The source has no such value there, or several.
    """
    candidates = [one for table in source.tables for one in _candidates(table)]
    if found := _in_cells(named, candidates):
        return found
    is_place = bool(named.row or named.column)
    there = [one.cell for one in candidates if is_place and one.fit(named.row, named.column)]
    if not there and (found := _in_prose(named, source)):
        return found
    if not there and named.row:
        there = [one.cell for one in candidates if one.fit(named.row, "")]
    raise CalculationError(_missing(named, there, source.number))


def _candidates(table: Table) -> Iterator[Candidate]:
    cells = list(table.cells())
    texts: dict[int, list[str]] = {}
    for cell in cells:
        if cell.quantity is None:
            texts.setdefault(cell.row, []).append(cell.text)
    for cell in cells:
        above = () if _is_labelled(table, cell.row) else _label_above(table, cell.row)
        beside = (*texts.get(cell.row, ()), *above)
        yield Candidate(cell, table.decimal_comma, beside)


def _is_labelled(table: Table, row: int) -> bool:
    return any(table.rows[row][: table.header_columns])


def _label_above(table: Table, row: int) -> tuple[str, ...]:
    """The label that a row without one goes on with; it may have been taken for a header."""
    for before in range(row - 1, -1, -1):
        if table.is_group_row(before):
            return ()
        if _is_labelled(table, before):
            return tuple(filter(None, table.rows[before][: table.header_columns]))
    return ()


def _in_cells(named: Value, candidates: Sequence[Candidate]) -> Found | None:
    """None if no cell of that row and column has the value."""
    if not (named.row or named.column):
        return None
    valued = [
        (one, measure)
        for one in candidates
        if (measure := _worth(named.value, one.cell, one.decimal_comma)) is not None
    ]
    for row, column in ((named.row, named.column), (named.column, named.row)):
        ranked = [(one.fit(row, column), one.cell, measure) for one, measure in valued]
        best = max((fit for fit, _, _ in ranked), default=0)
        if best:
            return _only(named, [(c, m) for fit, c, m in ranked if fit == best])
    return None


def _only(named: Value, found: Sequence[tuple[DataCell, MeasuredValue]]) -> Found:
    paths = {(cell.row_path, cell.column_path) for cell, _ in found}
    if len(paths) > 1:
        listed = "; ".join(cell.line for cell, _ in found[:_MOST_SHOWN])
        raise CalculationError(
            f"{named.value} stands in several cells of that name; give row and column in full, "
            f"as one of: {listed}"
        )
    cell, measure = found[0]
    return Found(measure, cell.text, " › ".join(cell.row_path + cell.column_path), cell)


def _worth(value: str, cell: DataCell, decimal_comma: bool | None) -> MeasuredValue | None:
    """What a cell says, if the value is the whole of it, or a whole number in it."""
    asked = parse_quantity(value, decimal_comma=decimal_comma)
    if asked is None:
        return None
    quantity = cell.quantity
    if quantity is None:
        return _only_mention(value, asked, cell.text)
    unit = unit_of(quantity)
    if abs(asked.value) == abs(quantity.value):
        return MeasuredValue(quantity.value, unit)
    if abs(asked.amount) == abs(quantity.amount):
        return MeasuredValue(quantity.value, unit)
    for other in (quantity.high, quantity.margin):
        if other is not None and abs(asked.value) == abs(other):
            return MeasuredValue(other, unit)
    aside = parse_quantity(quantity.aside) if quantity.aside else None
    if aside and aside.value == abs(asked.value):
        return MeasuredValue(aside.value, unit_of(aside))
    return None


def _only_mention(value: str, asked: Quantity, text: str) -> MeasuredValue | None:
    """The number in a cell of words: `5 days a year`."""
    found = [one for one in numbers_in(text) if asked.value in one.readings]
    if len({one.start for one in found}) != 1 or not _has_whole(value, text):
        return None
    unit = Unit(currency_in(text), "", found[0].percent, found[0].scale)
    return MeasuredValue(asked.value, unit)


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


def _in_prose(named: Value, source: Source) -> Found | None:
    """The number in the sentence that has the most of the words, all of which the source has."""
    wanted = set(keys(" ".join([named.words, named.row, named.column])))
    asked = _number(named.value)
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


def _number(value: str) -> Quantity | None:
    """The quantity; of a value with a sign that is none we know, such as `P500.00`, its number."""
    found = numbers_in(value)
    return parse_quantity(value) or (parse_quantity(found[0].text) if len(found) == 1 else None)


def _said(value: str, asked: Quantity, sentence: str) -> MeasuredValue | None:
    for one in numbers_in(sentence):
        readings = {abs(reading) for reading in one.readings}
        amounts = {reading * one.scale for reading in readings}
        if abs(asked.value) not in readings and abs(asked.amount) not in amounts:
            continue
        near = sentence[max(0, one.start - _NEAR // 4) : one.end + _NEAR]
        unit = Unit("" if one.percent else currency_in(near), "", one.percent, one.scale)
        return MeasuredValue(one.value if abs(one.value) == abs(asked.value) else asked.value, unit)
    if _has_whole(value, sentence):  # `23 574` is two numbers until somebody says that it is one
        return MeasuredValue(asked.value, unit_of(asked))
    return None


def _has_whole(value: str, text: str) -> bool:
    """Whether the digits stand there, and not as a piece of a longer number."""
    digits = re.sub(r"^\D+|\D+$", "", value)
    return bool(digits) and bool(re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d]|[.,]\d)", text))


def _missing(named: Value, there: Sequence[DataCell], number: int) -> str:
    """What stands in that row and column instead."""
    place = " › ".join(filter(None, [named.row, named.column])) or named.words
    told = f"source {number} has no value {named.value} at “{place}”"
    if there:
        told += "; there stands " + "; ".join(cell.line for cell in there[:_MOST_SHOWN])
    return told


def announced(sources: Iterable[Source], scale: Decimal) -> bool:
    """Whether one of the sources says that its figures are in this scale."""
    return any(scale in source.scales for source in sources)
