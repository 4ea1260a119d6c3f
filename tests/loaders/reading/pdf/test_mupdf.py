# mypy: allow-untyped-calls
"""What readers have noted on a page is read as a note; a page has the label of the file."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
from PIL import Image

from loaders.reading.pdf.mupdf import render
from samples.printer import Printer
from tests.read_back import read_back


def test_notes_of_readers_are_marked_as_notes(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(80)
    sticky = printer.page.add_text_annot((500, 80), "Ask the harbour master. Up to EUR 22,400.")
    sticky.set_info(title="Maren")
    sticky.update()
    marked = printer.page.add_highlight_annot(printer.page.search_for("two tugs"))
    marked.set_info(content="Three, says Jonas")
    marked.update()
    (page,) = read_back(printer.save(tmp_path / "notes.pdf"))
    assert "Note (Maren): Ask the harbour master. Up to EUR 22,400." in page.text
    assert "Three, says Jonas" in page.text
    assert page.audit.novel_numbers == page.audit.missing_numbers == []


def test_a_page_has_the_label_of_the_file(tmp_path: Path) -> None:
    printer = Printer()
    for number in range(4):
        if number:
            printer.new_page()
        printer.prose(80 + 10 * number)
    printer.document.set_page_labels(
        [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": 2, "prefix": "A-", "style": "D", "firstpagenum": 3},
        ]
    )
    read = read_back(printer.save(tmp_path / "labels.pdf"))
    assert [page.reading.label for page in read] == ["i", "ii", "A-3", "A-4"]


def test_without_labels_a_page_has_its_number(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(80)
    (page,) = read_back(printer.save(tmp_path / "plain.pdf"))
    assert page.reading.label == "1"


def test_a_label_that_names_its_type_in_the_file_has_no_prefix(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(60)
    catalog = printer.document.pdf_catalog()
    labels = "<</Nums[0<</Type/PageLabel/S/r>>]>>"
    printer.document.xref_set_key(catalog, "PageLabels", labels)
    (page,) = read_back(printer.save(tmp_path / "typed.pdf"))
    assert page.reading.label == "i"


def test_a_part_is_drawn_in_colour_and_a_page_of_one_colour_in_grey() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=200, height=200)
        page.draw_rect(pymupdf.Rect(20, 20, 80, 80), fill=(0, 0, 1))
        whole = Image.open(io.BytesIO(render(document, 0, width=200)))
        part = Image.open(io.BytesIO(render(document, 0, width=100, box=(10, 10, 90, 90))))
    assert (whole.mode, part.mode) == ("L", "RGB")
    assert part.getpixel((50, 50)) == (0, 0, 255)
