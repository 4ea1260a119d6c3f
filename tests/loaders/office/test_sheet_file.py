"""Sheets with known content, made by the library that is said to read them."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders.loader import PageLoader
from loaders.office.sheet_file import Shown, bands
from tests.loaders.office.conftest import read, tables, text


def workbook(path: Path) -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet["A1"] = "In thousand euros"
    sheet.append([])
    sheet.append(["Region", 2024, "Share"])
    sheet.append(["North", 1234.5, 0.125])
    sheet.append(["South", -56, 0.5])
    for row in (4, 5):
        sheet.cell(row, 2).number_format = "#,##0.0;(#,##0.0)"
        sheet.cell(row, 3).number_format = "0.0%"
    sheet.append([])
    sheet.append(["Total", "=SUM(B4:B5)", 1])
    second = book.create_sheet("Staff")
    second.append(["Name", "Since"])
    second.append(["Alder", "2019"])
    book.create_sheet("Drafts").sheet_state = "hidden"
    book.save(path)


def test_a_sheet_is_read_as_it_is_shown_and_called_by_its_cells(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx")
    budget, staff = read(tmp_path / "a.xlsx")
    assert budget.label == "Budget!A3:C7"
    assert "In thousand euros" in text(budget)
    assert tables(budget) == [
        [
            ["Region", "2024", "Share"],
            ["North", "1,234.5", "12.5%"],
            ["South", "(56.0)", "50.0%"],
            ["Total", "", "1"],
        ]
    ]
    assert budget.audit
    assert budget.audit.notes == ["formulas without a result: 1", "hidden sheets not read: 1"]
    assert not budget.detail  # `audit` would say it twice
    assert staff.label == "Staff!A1:B2"


def test_what_is_hidden_in_a_sheet_or_said_beside_it_is_counted(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Region", "Secret", "Sales"], ["North", 7, 12], ["South", 8, 14], ["West", 9, 3]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["C2"].comment = openpyxl.comments.Comment("To be checked", "Me")
    book.save(tmp_path / "a.xlsx")
    (page,) = read(tmp_path / "a.xlsx")
    assert page.audit
    assert page.audit.notes == [
        "hidden rows not read: 1", "hidden columns not read: 1", "comments not read: 1",
    ]  # fmt: skip
    assert "Secret" not in text(page)
    assert "South" not in text(page)


def test_chunks_of_a_sheet_bear_its_name(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx")
    loader = PageLoader(tmp_path / "a.xlsx")
    chunks = list(loader.lazy_load())
    assert "hidden sheets not read: 1" in loader.warning  # as `index` tells it
    assert {chunk.metadata["page_label"] for chunk in chunks} == {"Budget!A3:C7", "Staff!A1:B2"}


def shown(number: int, *texts: str) -> Shown:
    values = frozenset(n for n, text in enumerate(texts) if text.isdigit())
    return Shown(number, dict(enumerate(texts)), values)


def numbers(*rows: Shown) -> list[list[int]]:
    return [[row.number for row in band] for band in bands(rows)]


def test_an_empty_row_parts_tables_unless_numbers_go_on_below_it() -> None:
    head, first = shown(1, "Site", "Staff"), shown(2, "Leeds", "40")
    assert numbers(head, first, shown(4, "Hull", "7")) == [[1, 2, 4]]
    assert numbers(head, first, shown(4, "Ship", "Flag")) == [[1, 2], [4]]
    assert numbers(head, first, shown(5, "Hull", "7")) == [[1, 2], [5]]
    assert numbers() == []
