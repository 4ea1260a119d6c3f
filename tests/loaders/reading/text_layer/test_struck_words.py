"""What is struck out is read, and marked as struck."""

from __future__ import annotations

from pathlib import Path

from samples.printer import PROSE, Printer
from tests.read_back import read_back


def test_words_under_a_line_through_their_middle_are_marked(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(80)
    x = printer.text(60, 200, "The rent is EUR ")
    end = printer.text(x, 200, "1,150")
    printer.rule(x, 197, end, 197)
    printer.text(end + 3, 200, "1,240 a month, payable in advance.")
    x = printer.text(60, 213, "The tenant may ")
    end = printer.text(x, 213, "not keep animals")
    printer.rule(x, 210, end, 210)
    printer.text(end + 3, 213, "keep one dog.")
    (page,) = read_back(printer.save(tmp_path / "struck.pdf"))
    assert "The rent is EUR ~~1,150~~ 1,240 a month" in page.text
    assert "The tenant may ~~not keep animals~~ keep one dog." in page.text


def test_a_part_of_a_word_and_a_cell_can_be_struck(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    rows = [("Item", "Price"), ("Kettle", "54.50"), ("Toaster", "31.00"), ("Grill", "82.90")]
    printer.table(y, rows)
    width = printer.width_of("31.00", 9)
    printer.rule(300 - width, y + 36 - 2.7, 300, y + 36 - 2.7)
    (page,) = read_back(printer.save(tmp_path / "cell.pdf"))
    assert page.cell("Toaster", "Price") == "~~31.00~~"
    assert page.cell("Kettle", "Price") == "54.50"


def test_a_reviewer_strikes_out(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(80, ["We hold this offer open for thirty days from today.", *PROSE])
    printer.page.add_strikeout_annot(printer.page.search_for("thirty days"))
    (page,) = read_back(printer.save(tmp_path / "review.pdf"))
    assert "open for ~~thirty days~~ from today." in page.text


def test_underlines_and_rules_of_tables_strike_nothing(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    end = printer.text(60, y, "Underlined words")
    printer.rule(60, y + 1.5, end, y + 1.5)
    y = printer.table(y + 30, [("Item", "2024"), ("Kettle", "54"), ("Grill", "8")], ruled=True)
    printer.rule(50, y - 3, 520, y - 3)
    printer.text(60, y, "A line of the form runs through these words and far beyond them.", 8)
    (page,) = read_back(printer.save(tmp_path / "rules.pdf"))
    assert "~~" not in page.text
