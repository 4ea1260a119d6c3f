# mypy: allow-untyped-calls
"""Glyphs without a trustworthy code: mapped by their font's table, read, or in doubt."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest

from samples.printer import Printer
from tests.read_back import ReadPage, read_back

ROWS = [
    ("EUR million", "2024", "2025"),
    ("Freight", "98.7", "105.1"),
    ("Ferries", "-4.6", "-31.9"),
    ("Towage", "25.3", "-21.8"),
    ("Group", "119.4", "51.4"),
]


def printed(path: Path, change: dict[str, str] | None) -> ReadPage:
    """A table whose signs and figures are set in a font of their own, its codes changed or gone."""
    printer = Printer()
    y = printer.prose(printer.prose(80))
    own = pymupdf.Font("helv").buffer
    xref = printer.page.insert_font(fontname="own", fontbuffer=own)
    for row in ROWS:
        printer.text(64, y, row[0], 9)
        for x, text in zip((300, 400), row[1:], strict=True):
            start = x - printer.width_of(text, 9)
            if "." not in text:
                printer.text(start, y, text, 9)
            elif change is None:
                printer.text(start, y, text.replace("-", "−"), 9, "own")
            else:
                end = printer.text(start, y, "−", 9, "own") if text[0] == "-" else start
                printer.text(end, y, text.lstrip("-"), 9)
        y += 18
    document = printer.document
    document.subset_fonts()
    _, code = document.xref_get_key(xref, "ToUnicode")
    table = int(code.split()[0])
    if change is None:
        document.xref_set_key(xref, "ToUnicode", "null")
    else:
        stream = document.xref_stream(table).decode()
        for old, new in change.items():
            stream = re.sub(rf"(<[0-9a-f]+>\s*)<{old}>", rf"\1<{new}>", stream, flags=re.IGNORECASE)
        document.update_stream(table, stream.encode())
    (page,) = read_back(printer.save(path))
    return page


@pytest.mark.parametrize("code", ["f02d", "e123", "0004"], ids=["symbol", "private", "control"])
def test_a_minus_without_a_code_is_read(tmp_path: Path, code: str) -> None:
    page = printed(tmp_path / "minus.pdf", {"2212": code})
    cells = {page.cell(row[0], "2025").replace("−", "-") for row in ROWS[1:]}
    assert cells == {row[2] for row in ROWS[1:]}
    assert page.cell("Ferries", "2024").replace("−", "-") == "-4.6"


def test_figures_without_a_code_are_read_or_in_doubt(tmp_path: Path) -> None:
    page = printed(tmp_path / "figures.pdf", None)
    read = {page.cell(row[0], "2025").replace("−", "-") for row in ROWS[1:]}
    assert read == {row[2] for row in ROWS[1:]} or page.audit.unsure_numbers
    assert "in order, and the treasurer was thanked" in page.text
    assert any("glyphs without a code" in note for note in page.audit.notes)
