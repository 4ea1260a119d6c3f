"""Tables in spreadsheets: numbers are numbers, texts are texts, places are right."""

# mypy: allow-untyped-calls
from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from pagewise.library import Library
from pagewise.render.exported_tables import ExportedTable, tables_of
from pagewise.render.spreadsheet import shown_rows, value_rows, write_csv, write_workbook
from pagewise.settings import Settings

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def hostile(home: Path) -> list[ExportedTable]:
    with Library(Settings(home=home, offline=True)) as library:
        return tables_of(library.store, "accounts.html")


def workbook(tables: list[ExportedTable]) -> Any:
    file = io.BytesIO()
    write_workbook(tables, file)
    return openpyxl.load_workbook(file)


def test_numbers_are_numbers_that_look_as_printed(hostile: list[ExportedTable]) -> None:
    sheet = workbook(hostile)["Tables"]
    shown = {
        (cell.value, cell.number_format)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    assert {(1234.5, "#,##0.00"), (0.125, "0.0%"), (-7, "0.0;(0.0)")} <= shown
    assert (4.2, '"$"0.00') in shown


def test_no_text_of_a_document_is_a_formula(hostile: list[ExportedTable]) -> None:
    cells = [cell for sheet in workbook(hostile) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(cell.value == "@SUM(A1)" for cell in cells)
    file = io.StringIO()
    write_csv([*shown_rows(hostile[0]), *value_rows(hostile)], file)
    written = [text for row in csv.reader(io.StringIO(file.getvalue())) for text in row]
    assert [text for text in written if text.startswith(("=", "@", "+"))] == []
    assert "-3.5%" in written


def test_what_a_spreadsheet_would_spoil_stays_a_text(hostile: list[ExportedTable]) -> None:
    shown = {cell.value for row in workbook(hostile)["Tables"].iter_rows() for cell in row}
    assert {"12345678901234567890", "10-Q", "12-bit", "007"} <= shown


def test_the_second_sheet_says_unit_scale_page_and_place(sample_library: Library) -> None:
    tables = tables_of(sample_library.store, "larkmoor.pdf")
    values = workbook(tables).worksheets[1]
    heading, *rows = values.iter_rows(values_only=True)
    [group] = [
        dict(zip(heading, row, strict=True))
        for row in rows
        if (row[2], row[3]) == ("Group", "2025 › Revenue")
    ]
    assert (group["Value"], group["Unit"], group["Scale"], group["Page"]) == (385.8, "EUR", 1e6, 3)
    with pymupdf.open(sample_library.documents()[0].source) as document:
        printed = [tuple(place) for place in document[2].search_for("385.8")]
    box = [group[side] for side in ("Left", "Top", "Right", "Bottom")]
    assert any(all(abs(a - b) <= 4 for a, b in zip(box, place, strict=True)) for place in printed)


def test_a_table_over_two_pages_is_one_and_its_rows_know_their_pages(
    sample_library: Library,
) -> None:
    sites = tables_of(sample_library.store, "larkmoor.pdf")[2]
    pages = {value.cell.row_path[-1]: value.page for value in sites.values}
    assert (pages["Galway"], pages["Curitiba"]) == (4, 5)
