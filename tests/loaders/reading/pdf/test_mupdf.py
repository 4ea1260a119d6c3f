# mypy: allow-untyped-calls
"""What readers have noted on a page is read as a note; a page has the label of the file."""

from __future__ import annotations

from pathlib import Path

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
