"""A running head is what repeats: what stands once is text, and what repeats is kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.printer import Printer
from tests.read_back import read_back

FIRST_LINES = [
    "Order confirmation 88-1204",
    "Invoice 4711",
    "Patient: Jonas Weber, born 3 May 1961",
    "Certificate of origin",
    "2026",
]


@pytest.mark.parametrize("line", FIRST_LINES)
@pytest.mark.parametrize("y", [30, 60])
def test_the_first_line_of_a_document_of_one_page_is_read(
    tmp_path: Path, line: str, y: float
) -> None:
    printer = Printer()
    printer.text(60, y, line)
    printer.prose(printer.prose(y + 40))
    (page,) = read_back(printer.save(tmp_path / "one.pdf"))
    assert line in page.text


def test_the_last_line_of_a_document_of_one_page_is_read(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(printer.prose(80))
    printer.text(60, 815, "Registered in Hull under number 0417723")
    (page,) = read_back(printer.save(tmp_path / "one.pdf"))
    assert "Registered in Hull under number 0417723" in page.text


def test_a_page_number_alone_is_left_out(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(printer.prose(80))
    printer.text(280, 815, "Page 3 of 7")
    (page,) = read_back(printer.save(tmp_path / "one.pdf"))
    assert "Page 3" not in page.text
    assert page.audit.missing_numbers == []


@pytest.mark.parametrize("pages", [2, 3, 5])
def test_what_stands_only_in_running_heads_is_kept_once_a_document(
    tmp_path: Path, pages: int
) -> None:
    printer = Printer()
    for number in range(1, pages + 1):
        if number > 1:
            printer.new_page()
        printer.text(60, 40, "Policy KL-2207-19 · Insured: Maren Holt · ends 31 March 2028", 8)
        printer.text(520, 40, str(number), 8)
        printer.prose(printer.prose(90))
        printer.text(60, 815, "Seaward Mutual, Harbour Road 4", 8)
    read = read_back(printer.save(tmp_path / "policy.pdf"))
    texts = [page.text for page in read]
    assert "KL-2207-19" in texts[0]
    assert "Maren Holt" in texts[0]
    assert "Seaward Mutual" in texts[0]
    assert not any("KL-2207-19" in text or "Seaward" in text for text in texts[1:])


def test_a_head_with_a_number_that_differs_is_no_running_head(tmp_path: Path) -> None:
    printer = Printer()
    for number in range(3):
        if number:
            printer.new_page()
        printer.text(60, 40, f"{['Receipt', 'Voucher', 'Credit'][number]} {4711 + number}")
        printer.prose(printer.prose(90))
    read = read_back(printer.save(tmp_path / "three.pdf"))
    assert [str(4711 + n) in page.text for n, page in enumerate(read)] == [True, True, True]


@pytest.mark.parametrize(("x", "is_read"), [(294, False), (240, True)])
def test_a_number_in_the_middle_right_below_the_text_says_the_page(
    tmp_path: Path, x: float, *, is_read: bool
) -> None:
    printer = Printer()
    foot = printer.prose(printer.prose(80))
    printer.text(x, foot + 12, "37")
    (page,) = read_back(printer.save(tmp_path / "ends.pdf"))
    assert ("37" in page.text.split()) is is_read
    assert page.audit.missing_numbers == []
