"""Excel files: a page for each table of a sheet, called by sheet and cells."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from loaders.chunking.markup import safe
from loaders.chunking.spanned_grid import RawCell
from loaders.office.number_format import cell_text
from loaders.office.office_page import OfficePage, counted, table_markup
from loaders.pages.runs import runs

MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Shown:
    """A row as it is shown: what stands in it, by column, and which of it are numbers."""

    number: int
    texts: dict[int, str]
    values: frozenset[int]


def sheet_pages(data: bytes) -> list[OfficePage]:
    """The tables of all sheets that are shown; a sheet without one is a page of text."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    formulas = load_workbook(io.BytesIO(data))
    pages: list[OfficePage] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        own = pages_of(sheet)
        own[0].notes += counted(unkept(sheet, formulas[sheet.title]), "formulas without a result")
        own[0].notes += left_out(sheet)
        pages += own
    hidden = sum(sheet.sheet_state != "visible" for sheet in book.worksheets)
    pages = pages or [OfficePage()]
    pages[0].notes += counted(hidden, "hidden sheets not read")
    pages[0].notes += counted(len(book.chartsheets), "sheets with a chart not read")
    return pages


def left_out(sheet: Any) -> list[str]:
    """How many rows and columns with something in them are hidden, and how many comments stand."""
    out, rows, columns, comments = hidden_columns(sheet), set(), set(), 0
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        comments += cell.comment is not None
        if cell.value is not None and cell.column in out:
            columns.add(cell.column)
        if cell.value is not None and sheet.row_dimensions[cell.row].hidden:
            rows.add(cell.row)
    return [
        *counted(len(rows), "hidden rows not read"),
        *counted(len(columns), "hidden columns not read"),
        *counted(comments, "comments not read"),
    ]


def hidden_columns(sheet: Any) -> set[int]:
    """By number, from 1."""
    return {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min, column.max + 1)
    }


def unkept(sheet: Any, formulas: Any) -> int:
    """Formulas whose results the program that wrote the file did not keep."""
    return sum(
        cell.data_type == "f" and sheet[cell.coordinate].value is None
        for row in formulas.iter_rows()
        for cell in row
    )


def pages_of(sheet: Any) -> list[OfficePage]:
    """Lines of text belong to the table below them, at the end of the sheet to the last."""
    if (sheet.max_row or 0) * (sheet.max_column or 0) > MOST_CELLS:
        raise ValueError(f"sheet {sheet.title} has more than {MOST_CELLS} cells")
    pages: list[OfficePage] = []
    waiting: list[str] = []
    for rows in bands(list(shown_rows(sheet))):
        columns = sorted({column for row in rows for column in row.texts})
        if len(columns) < 2 or len(rows) < 2:
            waiting += [safe(" ".join(row.texts.values())) for row in rows]
            continue
        first, last = (
            f"{get_column_letter(c)}{r.number}"
            for c, r in ((columns[0], rows[0]), (columns[-1], rows[-1]))
        )
        grid = table_markup(raw_rows(sheet, rows, columns))
        pages.append(OfficePage(f"{sheet.title}!{first}:{last}", [*waiting, grid]))
        waiting = []
    if waiting and pages:
        pages[-1].blocks += waiting
    return pages or [OfficePage(sheet.title, waiting)]


def shown_rows(sheet: Any) -> Iterator[Shown]:
    """The rows and columns that are not hidden, without their empty cells."""
    hidden = hidden_columns(sheet)
    for cells in sheet.iter_rows():
        own = [cell for cell in cells if cell.value is not None and cell.column not in hidden]
        texts = {cell.column: cell_text(cell.value, cell.number_format or "") for cell in own}
        texts = {column: text for column, text in texts.items() if text}
        if texts and not sheet.row_dimensions[own[0].row].hidden:
            values = frozenset(c.column for c in own if isinstance(c.value, int | float))
            yield Shown(own[0].row, texts, values)


def bands(rows: Sequence[Shown]) -> list[list[Shown]]:
    """Rows without an empty one between; after that a table goes on if no new header begins."""

    def begins(band: list[int], place: int) -> bool:
        gap = rows[place].number - rows[band[-1]].number
        return gap > 2 or (gap == 2 and not goes_on([rows[n] for n in band], rows[place:]))

    return [[rows[n] for n in band] for band in runs(range(len(rows)), begins)]


def goes_on(band: Sequence[Shown], below: Sequence[Shown]) -> bool:
    """The first full row under an empty one holds numbers where the rows above it do."""
    above = {column for row in band for column in row.values}
    full = next((row for row in below if len(row.texts) > 1), None)
    return len(band) > 1 and full is not None and bool(above & full.values)


def raw_rows(sheet: Any, rows: Sequence[Shown], columns: Sequence[int]) -> Iterator[list[RawCell]]:
    """The rows as cells, merged ones with their spans."""
    places, numbers = list(columns), [row.number for row in rows]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        down = [n for n in numbers if merged.min_row <= n <= merged.max_row]
        across = [c for c in places if merged.min_col <= c <= merged.max_col]
        if down and across:
            spans[down[0], across[0]] = len(down), len(across)
            covered |= {(r, c) for r in down for c in across} - {(down[0], across[0])}
    for row in rows:
        yield [
            RawCell(row.texts.get(column, ""), *spans.get((row.number, column), (1, 1)))
            for column in places
            if (row.number, column) not in covered
        ]
