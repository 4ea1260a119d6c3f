"""Word files with known content, made by the library that is said to read them."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.office.conftest import read, tables, text

ROWS = [["Region", "2024", "2023"], ["North", "1,234", "1,100"], ["South", "(56)", "40"]]


def test_a_word_file_gives_headings_tables_notes_and_what_is_struck(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Annual report", 1)
    line = document.add_paragraph("Dues rose to 512")
    line.add_run("1").font.superscript = True
    line.add_run(" thousand, ")
    line.add_run("not 480").font.strike = True
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Region"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Income"
    for place, said in enumerate(["2024", "2023"]):
        table.cell(1, place + 1).text = said
    for row, values in enumerate(ROWS[1:]):
        for column, said in enumerate(values):
            table.cell(row + 2, column).text = said
    document.add_page_break()
    document.add_paragraph("The second page.", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Policy AB-12"
    document.save(tmp_path / "a.docx")
    first, second = read(tmp_path / "a.docx")
    assert "Policy AB-12" in text(first)
    assert "# Annual report" in first.markup
    assert "Dues rose to 512¹ thousand, ~~not 480~~" in text(first)
    assert tables(first) == [
        [["Region", "Income", ""], ["", "2024", "2023"], *ROWS[1:]],
    ]
    assert text(second) == "- The second page."
