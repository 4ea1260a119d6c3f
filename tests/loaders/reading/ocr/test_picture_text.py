# mypy: allow-untyped-calls
"""Text in the pictures of a page with a text layer is read, and what is not read is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.reading.document import open_document
from samples.printer import PROSE, Printer
from tests.read_back import read_back

ROWS = [
    ("Product", "Sold", "Price"),
    ("Anchor A3", "1,204", "54.50"),
    ("Winch W1", "318", "230.00"),
    ("Fender F9", "2,310", "17.25"),
]
LETTER = (
    "The rent for the mooring is 2,140 pounds a year and falls due on 31 January.",
    "A deposit of 4,280 pounds is held by the harbour office until the berth is left.",
    "One boat of no more than nine metres may lie at the berth at any time of the year.",
    "Notice is given in writing, three months before the end of a quarter.",
)


def pixels(printer: Printer, box: tuple[float, float, float, float]) -> Any:
    """A part of a printed page as a scanner sees it."""
    return printer.page.get_pixmap(dpi=150, clip=pymupdf.Rect(box))


def pasted_table() -> Any:
    source = Printer()
    source.table(60, ROWS, (64, 250, 340), ruled=True)
    return pixels(source, (50, 40, 360, 130))


def scanned_letter() -> Any:
    source = Printer()
    source.prose(source.prose(60, LETTER), LETTER)
    return pixels(source, (50, 40, 520, 180))


STREETS = ("Amherst Street", "Commercial Row", "Hadley Street", "Garrett Wharf", "Dow Street")


def test_names_of_a_coarse_map_are_told_and_not_asserted(tmp_path: Path) -> None:
    source = Printer()
    source.text(120, 60, "BROMFIELD", 20)
    for number, name in enumerate(STREETS):
        source.text(70 + 150 * (number % 2), 100 + 22 * (number // 2), name, 7)
    pages = []
    for dpi in (50, 200):
        printer = Printer()
        y = printer.prose(80)
        drawing = source.page.get_pixmap(dpi=dpi, clip=pymupdf.Rect(50, 35, 370, 190))
        printer.page.insert_image(pymupdf.Rect(60, y, 380, y + 155), pixmap=drawing)
        pages += read_back(printer.save(tmp_path / f"{dpi}.pdf"))
    coarse, fine = pages
    asserted = coarse.text.removeprefix(" ".join(PROSE)).split()
    assert "BROMFIELD" in asserted
    assert not {*asserted} - {"BROMFIELD", *" ".join(STREETS).split()}
    assert any(note.startswith("not surely read in a drawing: ") for note in coarse.audit.notes)
    assert {*" ".join(STREETS).split()} < {*fine.text.split()}
    assert len(fine.audit.notes) == 1


def test_a_pasted_table_is_a_table(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    printer.page.insert_image(pymupdf.Rect(60, y, 370, y + 90), pixmap=pasted_table())
    printer.prose(y + 120)
    (page,) = read_back(printer.save(tmp_path / "pasted.pdf"))
    assert page.cell("Anchor A3", "Sold") == "1,204"
    assert page.cell("Fender F9", "Price") == "17.25"
    assert " ".join(PROSE) in page.text
    assert any("read by OCR in pictures" in note for note in page.audit.notes)
    assert page.audit.novel_numbers == page.audit.missing_numbers == []


@pytest.mark.parametrize("strips", [1, 4])
def test_a_scan_under_a_letterhead_is_read(tmp_path: Path, strips: int) -> None:
    printer = Printer()
    printer.text(60, 50, "Harbour Office, Quay 4, 20 May 2026", 14)
    picture = scanned_letter()
    height = picture.height // strips
    for strip in range(strips):
        part = pymupdf.Pixmap(
            picture.colorspace, picture.width, height, _rows(picture, strip, height), 0
        )
        top = 90 + strip * 140 / strips
        printer.page.insert_image(pymupdf.Rect(60, top, 530, top + 140 / strips), pixmap=part)
    (page,) = read_back(printer.save(tmp_path / "scan.pdf"))
    assert "Harbour Office, Quay 4, 20 May 2026" in page.text
    assert "2,140 pounds" in page.text
    assert "4,280 pounds" in page.text
    assert "until the berth is left" in page.text


def _rows(picture: Any, strip: int, height: int) -> bytes:
    start = strip * height * picture.stride
    return bytes(picture.samples[start : start + height * picture.stride])


def test_pictures_that_are_not_read_are_told(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    printer.page.insert_image(pymupdf.Rect(60, y, 370, y + 90), pixmap=pasted_table())
    path = printer.save(tmp_path / "told.pdf")
    with open_document(path) as document:
        (page,) = document.pages(ocr=False)
    assert page.notes == ["pictures not read: 1"]


def test_a_photograph_without_text_adds_nothing(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(printer.prose(80))
    photo = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 200, 120), False)
    for x in range(200):
        for row in range(120):
            photo.set_pixel(x, row, (int(128 + 100 * ((x * row) % 97) / 97),))
    printer.page.insert_image(pymupdf.Rect(60, y, 400, y + 200), pixmap=photo)
    (page,) = read_back(printer.save(tmp_path / "photo.pdf"))
    assert page.text == " ".join([*PROSE, *PROSE])
    assert page.audit.notes == []
