# mypy: allow-untyped-calls
"""A watermark joins no rows and takes no words; it is set apart and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from samples.printer import PROSE, Printer
from tests.read_back import ReadPage, read_back

ROWS = [("EUR thousand", "2025", "2024")] + [
    (name, f"{4 + n},{310 + 17 * n}", f"{3 + n},{905 - 21 * n}")
    for n, name in enumerate(["Quays", "Cranes", "Tugs", "Sheds", "Rails", "Dredgers"])
]
GREY = (0.6, 0.6, 0.6)


def printed(path: Path, text: str, size: float, degrees: float, how: dict[str, Any]) -> ReadPage:
    printer = Printer()
    y = printer.table(80, ROWS)
    printer.prose(y + 10)
    middle = pymupdf.Point(250, 150)
    turn = middle, pymupdf.Matrix(degrees)
    printer.page.insert_text(
        (120, 170), text, fontsize=size, fontname="hebo", color=GREY, morph=turn, **how
    )
    (page,) = read_back(printer.save(path))
    return page


@pytest.mark.parametrize(
    ("text", "size", "degrees", "how"),
    [
        ("DRAFT", 90, 45, {"fill_opacity": 0.3}),
        ("SPECIMEN", 60, 0, {"fill_opacity": 0.3}),
        ("For Maren Holt only", 13, 30, {"fill_opacity": 0.4}),
        ("Lent", 11, 60, {"fill_opacity": 0.4}),
        ("COPY", 80, -30, {"overlay": False}),
    ],
    ids=["large-slanted", "level", "small-slanted", "between-columns", "under-the-print"],
)
def test_a_watermark_is_set_apart_and_told(
    tmp_path: Path, text: str, size: float, degrees: float, how: dict[str, Any]
) -> None:
    page = printed(tmp_path / "mark.pdf", text, size, degrees, how)
    assert page.tables
    assert page.tables[0] == [list(row) for row in ROWS]
    assert " ".join(PROSE) in page.text
    assert text not in page.text
    assert any(text in note for note in page.audit.notes)
    assert page.audit.missing_numbers == page.audit.novel_numbers == []


def test_slanted_labels_and_large_titles_are_no_watermarks(tmp_path: Path) -> None:
    printer = Printer()
    printer.text(60, 60, "Harbour report", 30)
    printer.prose(printer.prose(110))
    for number, name in enumerate(["Quays", "Cranes", "Tugs"]):
        place = pymupdf.Point(100 + 60 * number, 400)
        printer.page.insert_text(place, name, fontsize=8, morph=(place, pymupdf.Matrix(45)))
    (page,) = read_back(printer.save(tmp_path / "labels.pdf"))
    assert page.audit.notes == []
    assert all(name in page.text for name in ("Harbour report", "Quays", "Cranes", "Tugs"))
