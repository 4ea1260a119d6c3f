# mypy: allow-untyped-calls
"""Pages, tables and heads that are turned: nothing is lost, and words keep their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.pages.page import Outcome
from samples.printer import PROSE, Printer
from tests.read_back import read_back

ROWS = [
    ("Harbour", "Vessels", "Tonnes", "Dues"),
    ("North", "512", "18,402", "97.5"),
    ("South", "84", "2,118", "(6.1)"),
    ("West", "31", "906", "4.4"),
]


def turned(source: Any, degrees: int, crop: tuple[float, float, float, float] | None) -> Any:
    """The same page, its content turned in the file and turned back by the page's rotation."""
    document = pymupdf.open()
    width, height = source[0].rect.width, source[0].rect.height
    size = (width, height) if degrees % 180 == 0 else (height, width)
    page = document.new_page(width=size[0] + 100, height=size[1] + 80)
    place = pymupdf.Rect(60, 30, 60 + size[0], 30 + size[1])
    page.show_pdf_page(place, source, 0, rotate=degrees)
    if crop:
        page.set_cropbox(place + crop)
    page.set_rotation(degrees)
    return document


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("is_cropped", [False, True])
def test_a_turned_page_reads_like_an_upright_one(
    tmp_path: Path, degrees: int, *, is_cropped: bool
) -> None:
    printer = Printer()
    printer.text(60, 60, "Gazette no. 77, page 1204")
    y = printer.table(printer.prose(90), ROWS)
    printer.prose(y)
    document = turned(printer.document, degrees, (0, 0, 0, 0) if is_cropped else None)
    document.save(tmp_path / "turned.pdf")
    (page,) = read_back(tmp_path / "turned.pdf")
    assert page.page.outcome is Outcome.OK
    assert "Gazette no. 77, page 1204" in page.text
    assert " ".join(PROSE) in page.text
    assert page.tables == [[list(row) for row in ROWS]]
    for block in page.blocks:
        assert block.box is not None
        assert 0 <= block.box[0] <= block.box[2] <= page.page.width + 1
        assert 0 <= block.box[1] <= block.box[3] <= page.page.height + 1


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_that_lies_on_its_side_is_a_table(tmp_path: Path, degrees: int) -> None:
    source = Printer(400, 160)
    source.text(20, 20, "Table 3: Vessels and dues by harbour", 9, "hebo")
    source.table(42, ROWS, (24, 180, 270, 370))
    printer = Printer()
    printer.prose(70)
    printer.page.show_pdf_page(pymupdf.Rect(150, 140, 310, 540), source.document, 0, rotate=degrees)
    printer.prose(580)
    (page,) = read_back(printer.save(tmp_path / "side.pdf"))
    assert page.cell("South", "Tonnes") == "2,118"
    assert page.cell("West", "Dues") == "4.4"
    assert page.tables[0] == [list(row) for row in ROWS]
    assert "Table 3: Vessels and dues by harbour" in page.text
    assert page.text.count(PROSE[0]) == 2
    assert page.audit.missing_numbers == page.audit.novel_numbers == []


@pytest.mark.parametrize("degrees", [90, 270])
@pytest.mark.parametrize("ruled", [False, True])
def test_heads_that_run_up_the_page_name_their_columns(
    tmp_path: Path, degrees: int, *, ruled: bool
) -> None:
    printer = Printer()
    top = printer.prose(70)
    heads = ["Registered voters", "Votes cast", "Invalid votes", "Turnout 2026 (%)"]
    places = [200, 270, 340, 410]
    printer.text(64, top + 84, "District", 9, "hebo")
    for x, head in zip(places, heads, strict=True):
        at = (x - 2, top + 86) if degrees == 90 else (x - 8, top + 4)
        printer.page.insert_text(at, head, fontsize=9, fontname="hebo", rotate=degrees)
    rows = [
        ("Hafen", "48,210", "31,115", "402", "64.5"),
        ("Altstadt", "22,904", "15,880", "118", "69.3"),
        ("Weststadt", "39,666", "24,013", "377", "60.5"),
    ]
    y = top + 104
    for row in rows:
        printer.table(y, [row], (64, 205, 275, 345, 415))
        y += 18
    if ruled:
        for height in (top - 4, top + 90, *(top + 110 + 18 * n for n in range(3))):
            printer.rule(60, height, 430, height)
    printer.prose(y + 20)
    (page,) = read_back(printer.save(tmp_path / "heads.pdf"))
    assert page.cell("Altstadt", "Registered voters") == "22,904"
    assert page.cell("Weststadt", "Invalid votes") == "377"
    assert page.cell("Hafen", "Turnout 2026 (%)") == "64.5"
