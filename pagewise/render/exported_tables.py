"""The tables of a document as they were read, each value with its unit and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph.answer import CellReference
from graph.evidence.sources import Source, number_sources
from graph.evidence.table_assembly import Whole, whole_tables
from graph.verification.citation_boxes import Places, cell_box
from loaders.chunking.table import DataCell, Table
from loaders.pages.word import Box
from loaders.text.quantities import Quantity, numbers_in

if TYPE_CHECKING:
    from loaders.pages.word import Word
    from loaders.storing.store import Store

_MOST_DIGITS = 15
"""More than a spreadsheet's numbers, or a program's, keep."""


@dataclass(frozen=True, slots=True)
class TableValue:
    """A filled cell: what it says, and where it stands. Pages count from 1."""

    cell: DataCell
    page: int
    label: str
    box: Box | None
    is_doubtful: bool
    """The audit did not find its number among the words of the page."""

    @property
    def number(self) -> Decimal | None:
        """As printed, without its scale; None for text and what more than a number says."""
        return number_of(self.cell)


@dataclass(frozen=True)
class ExportedTable:
    """A table, put together again where a page break or its length had cut it."""

    number: int
    """Its place among the tables of the document, from 1."""
    document: str
    page: int
    label: str
    section: str
    box: Box | None
    table: Table
    values: tuple[TableValue, ...]

    @property
    def caption(self) -> str:
        """One line, as it is shown above the table."""
        return " ".join(self.table.caption.split())


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


def table_json(exported: ExportedTable) -> dict[str, Any]:
    """A table as `tables --format json` prints it."""
    return {
        "table": exported.number,
        "page": exported.page,
        "label": exported.label,
        "caption": exported.caption,
        "section": exported.section,
        "box": exported.box,
        "header_rows": exported.table.header_rows,
        "header_columns": exported.table.header_columns,
        "rows": exported.table.rows,
        "values": [_value_json(value) for value in exported.values],
    }


def _value_json(value: TableValue) -> dict[str, Any]:
    cell, found = value.cell, value.cell.quantity
    return {
        "row": cell.row_path,
        "column": cell.column_path,
        "text": cell.text,
        "value": _plain(value.number),
        "unit": unit_of(found) if found else "",
        "scale": _plain(found.scale) if found else None,
        "at": [cell.row, cell.column],
        "page": value.page,
        "label": value.label,
        "box": value.box,
        "doubtful": value.is_doubtful,
    }


def unit_of(quantity: Quantity) -> str:
    """Currency and unit: `EUR`, `%`, `EUR/MWh`; the scale is told apart."""
    return quantity.currency + quantity.unit if quantity.currency else quantity.unit


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _exported(number: int, whole: Whole, places: _Placing) -> ExportedTable:
    source = whole.source
    return ExportedTable(
        number,
        source.document,
        source.page + 1,
        source.label_of(source.page),
        source.section,
        source.box,
        whole.table,
        tuple(places.values(whole)),
    )


class _Placing:
    """Finds the cells among the words of their pages, which are read once for each piece."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._near: dict[tuple[int, int], list[Word]] = {}

    def values(self, whole: Whole) -> Iterator[TableValue]:
        for cell in whole.table.cells():
            source, row = whole.origins.get(cell.row, (whole.source, cell.row))
            page = _page_of(source, row)
            reference = CellReference(row=cell.row_path, column=cell.column_path, value=cell.text)
            yield TableValue(
                cell,
                page + 1,
                source.label_of(page),
                cell_box(reference, self._words(source, page)),
                _is_doubtful(source, cell),
            )

    def _words(self, source: Source, page: int) -> list[Word]:
        key = source.number, page
        if key not in self._near:
            self._near[key] = self._places.near(source, page)
        return self._near[key]


def _page_of(source: Source, row: int) -> int:
    """The page of a row, from 0; rows of a stitched table tell theirs, but for what is repeated."""
    pages = source.chunk.metadata.get("row_pages") or []
    own = row - (source.tables[0].height - len(pages)) if source.tables else -1
    return int(pages[own]) if 0 <= own < len(pages) else source.page


def _is_doubtful(source: Source, cell: DataCell) -> bool:
    doubted = source.chunk.metadata.get("novel_numbers") or ()
    return any(mention.text in doubted for mention in numbers_in(cell.text) if doubted)
