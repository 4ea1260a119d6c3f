"""The tables of a document as they were read, each value with its unit and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, InstanceOf, PlainSerializer

from graph.answer import CellReference
from graph.evidence.sources import Source, number_sources
from graph.evidence.table_assembly import Whole, whole_tables
from graph.verification.citation_boxes import Places, cell_box, page_of
from loaders.chunking.table import DataCell
from loaders.pages.word import Box, Word
from loaders.storing.store import Store
from loaders.text.quantities import Quantity, numbers_in

_MOST_DIGITS = 15
"""More than a spreadsheet's numbers, or a program's, keep."""


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


Number = Annotated[Decimal, PlainSerializer(_plain, return_type=int | float)]


class TableValue(BaseModel):
    """A filled cell of a table, with all that leads to it; pages count from 1."""

    cell: InstanceOf[DataCell] = Field(exclude=True)
    row: tuple[str, ...]
    column: tuple[str, ...]
    text: str = Field(description="As printed.")
    value: Number | None = Field(description="The number that it is, before its scale.")
    unit: str
    scale: Number | None
    at: tuple[int, int] = Field(description="Its row and column in `rows`, from 0.")
    page: int
    label: str
    box: Box | None
    doubtful: bool = Field(description="The audit did not find it among the words of the page.")


class ExportedTable(BaseModel):
    """A table, put together again where a page break or its length had cut it."""

    document: str = Field(exclude=True)
    table: int = Field(description="Its place among the tables of the document, from 1.")
    page: int
    label: str
    caption: str
    section: str
    box: Box | None
    header_rows: int
    header_columns: int
    rows: list[list[str]] = Field(description="Spans are filled in on their first cell only.")
    values: list[TableValue]


def tables_of(store: Store, document: str) -> list[ExportedTable]:
    """The tables of a document, in reading order."""
    sources = number_sources(store.chunks_of(document))
    places = _Placing(Places(store.ledger.words))
    return [_exported(number, one, places) for number, one in enumerate(whole_tables(sources), 1)]


def number_of(cell: DataCell) -> Decimal | None:
    """The number that a cell is; None if it is a text, a range, a bound, or too long a number."""
    found = cell.quantity
    if found is None or found.relation or found.aside or (found.high or found.margin) is not None:
        return None
    digits = found.value.as_tuple().digits
    if found.unit.startswith(("-", "+", ".")):  # a name or a label: 10-Q, 12-bit, 1.Opening
        return None
    is_code = re.match(r"0\d", cell.text.strip()) is not None
    return None if is_code or len(digits) > _MOST_DIGITS else found.value


def unit_of(quantity: Quantity) -> str:
    """Currency and unit: `EUR`, `%`, `EUR/MWh`; the scale is told apart."""
    return quantity.currency + quantity.unit if quantity.currency else quantity.unit


def _exported(number: int, whole: Whole, places: _Placing) -> ExportedTable:
    source, table = whole.source, whole.table
    return ExportedTable(
        document=source.document,
        table=number,
        page=source.page + 1,
        label=source.label_of(source.page),
        caption=" ".join(table.caption.split()),
        section=source.section,
        box=source.box,
        header_rows=table.header_rows,
        header_columns=table.header_columns,
        rows=table.rows,
        values=list(places.values(whole)),
    )


class _Placing:
    """Finds the cells among the words of their pages, which are read once for each piece."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._near: dict[tuple[int, int], list[Word]] = {}

    def values(self, whole: Whole) -> Iterator[TableValue]:
        for cell in whole.table.cells():
            source, row = whole.origins.get(cell.row, (whole.source, cell.row))
            page = page_of(source, source.tables[0], row)
            reference = CellReference(row=cell.row_path, column=cell.column_path, value=cell.text)
            found = cell.quantity
            yield TableValue(
                cell=cell,
                row=cell.row_path,
                column=cell.column_path,
                text=cell.text,
                value=number_of(cell),
                unit=unit_of(found) if found else "",
                scale=found.scale if found else None,
                at=(cell.row, cell.column),
                page=page + 1,
                label=source.label_of(page),
                box=cell_box(reference, self._words(source, page)),
                doubtful=_is_doubtful(source, cell),
            )

    def _words(self, source: Source, page: int) -> list[Word]:
        key = source.number, page
        if key not in self._near:
            self._near[key] = self._places.near(source, page)
        return self._near[key]


def _is_doubtful(source: Source, cell: DataCell) -> bool:
    doubted = source.chunk.metadata.get("novel_numbers") or ()
    return any(mention.text in doubted for mention in numbers_in(cell.text) if doubted)
