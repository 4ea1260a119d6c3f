"""Tables for a spreadsheet: CSV, or a workbook of two sheets, the tables and their values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, TextIO
from unicodedata import category

from loaders.chunking.table import DataCell
from loaders.text.quantities import Quantity
from pagewise import console
from pagewise.render.exported_tables import ExportedTable, number_of

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

VALUE_HEADINGS = (
    "Table", "Caption", "Row", "Column", "Text", "Value", "Unit", "Scale", "Page", "Label",
    "Left", "Top", "Right", "Bottom", "Doubtful",
)  # fmt: skip
_LONGEST = 32_767
"""Characters of a cell, in every spreadsheet program."""
_ACTIVE = re.compile(r"[=@\t\r]|[+-](?![\d.,%() \u00a0]+$)")
"""What a spreadsheet would take for a formula at the beginning of a text; `-5.4%` is none."""
_NUMBER = re.compile(r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?")
_GROUPED = re.compile(r"\d[.,'’ \u00a0\u202f]\d{3}")
_SIGNS = " \u00a0+-–—−△▲()%％"

Value = str | Decimal | int | float | None


def write_csv(rows: Iterable[Sequence[Value]], file: TextIO) -> None:
    """Rows as text; what begins like a formula is a text for every spreadsheet program."""
    writer = csv.writer(file, lineterminator="\n")
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])


def write_workbook(tables: Sequence[ExportedTable], file: IO[bytes]) -> None:
    """One sheet with the tables one below the other, one with a row for every value."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    shown: WriteOnlyWorksheet = book.create_sheet("Tables")
    shown.column_dimensions["A"].width = 36
    for exported in tables:
        _add_table(shown, exported)
    values: WriteOnlyWorksheet = book.create_sheet("Values")
    values.freeze_panes = "A2"
    values.append([_cell(values, heading, is_bold=True) for heading in VALUE_HEADINGS])
    for row in value_rows(tables):
        values.append([_cell(values, value) for value in row])
    book.save(file)


def shown_rows(exported: ExportedTable) -> Iterator[list[Value]]:
    """The table in its shape; what is nothing but a number is one, in the notation of programs."""
    cells = _numbers(exported)
    for row, texts in enumerate(exported.rows):
        yield [
            number_of(cell)
            if (cell := cells.get((row, column))) and not _says_more(cell.text)
            else text
            for column, text in enumerate(texts)
        ]


def value_rows(tables: Iterable[ExportedTable]) -> Iterator[list[Value]]:
    """One row for every value, under `VALUE_HEADINGS`."""
    for exported in tables:
        for value in exported.values:
            yield [
                exported.table,
                exported.caption,
                " › ".join(value.row),
                " › ".join(value.column),
                value.text,
                value.value,
                value.unit,
                value.scale,
                value.page,
                value.label,
                *(value.box or (None,) * 4),
                "yes" if value.doubtful else "",
            ]


def heading_of(exported: ExportedTable) -> str:
    """Where a table stands, and what it is called."""
    label = f" ({exported.label})" if exported.label not in {"", str(exported.page)} else ""
    place = f"{exported.document}, p. {exported.page}{label}"
    return f"{place}: {exported.caption or exported.section}".rstrip(": ")


def _add_table(sheet: WriteOnlyWorksheet, exported: ExportedTable) -> None:
    cells = _numbers(exported)
    sheet.append([_cell(sheet, heading_of(exported), is_bold=True)])
    for row, texts in enumerate(exported.rows):
        sheet.append(
            [
                _number_cell(sheet, cell)
                if (cell := cells.get((row, column)))
                else _cell(sheet, text, is_bold=row < exported.header_rows)
                for column, text in enumerate(texts)
            ]
        )
    sheet.append([])


def _numbers(exported: ExportedTable) -> dict[tuple[int, int], DataCell]:
    return {value.at: value.cell for value in exported.values if value.value is not None}


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, is_bold: bool = False) -> Any:
    """A cell; a text is one whatever it looks like: `=1+1` is no formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if value == "" or not isinstance(value, str):
        return WriteOnlyCell(sheet, None if value == "" else value)
    cell = WriteOnlyCell(sheet, console.plain(value)[:_LONGEST])
    cell.data_type = "s"
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _number_cell(sheet: WriteOnlyWorksheet, printed: DataCell) -> Any:
    cell = _cell(sheet, None)
    quantity = printed.quantity
    if quantity is None:
        raise AssertionError("a cell with a number has a quantity")
    is_percent = _has_percent(printed.text)
    cell.value = quantity.value / 100 if is_percent else quantity.value
    cell.number_format = number_format(printed.text, quantity)
    return cell


def number_format(text: str, quantity: Quantity) -> str:
    """What shows the number as it was printed: its places, brackets, and what stands around it."""
    places = max(0, -int(quantity.value.as_tuple().exponent))
    digits = "#,##0" if _GROUPED.search(text) and abs(quantity.value) >= 1000 else "0"
    digits += "." + "0" * places if places else ""
    before, after = (f'"{part}"' if part else "" for part in _around_number(text))
    shown = f"{before}{digits}{'%' if _has_percent(text) else ''}{after}"
    return f"{shown};({shown})" if quantity.value < 0 and "(" in text else shown


def _has_percent(text: str) -> bool:
    return "%" in text or "％" in text


def _around_number(text: str) -> tuple[str, str]:
    """What stands before and after the number of a cell, signs and brackets left out."""
    found = _NUMBER.search(text)
    if found is None:
        return "", ""
    before = text[: found.start()].strip(_SIGNS)
    after = text[found.end() :].rstrip(_SIGNS).lstrip("%％)")
    return before.replace('"', ""), after.replace('"', "")


def _says_more(text: str) -> bool:
    """Whether a unit or a currency stands beside the number; a footnote's mark is neither."""
    around = "".join(_around_number(text))
    is_named = any(sign.isalpha() or category(sign) == "Sc" for sign in around)
    return is_named or _has_percent(text)


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = console.plain(value)
    return f"'{text}" if _ACTIVE.match(text) else text
