"""Letters and digits that are set apart make the words that they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.printer import Printer
from tests.read_back import read_back


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("A N N U A L   R E P O R T", "ANNUAL REPORT"),
        ("T O T A L   A S S E T S", "TOTAL ASSETS"),
        ("4 , 3 1 0 , 2 0 0", "4,310,200"),
        ("1 2 . 5 0", "12.50"),
        ("1 2 3 4 5", "1 2 3 4 5"),
        ("A B C", "A B C"),
    ],
)
def test_letters_set_apart_make_words(tmp_path: Path, printed: str, read: str) -> None:
    printer = Printer()
    printer.prose(printer.prose(120))
    printer.text(60, 80, printed, 12)
    (page,) = read_back(printer.save(tmp_path / "tracked.pdf"))
    assert read in page.text
    assert page.audit.missing_numbers == page.audit.novel_numbers == []


def test_letters_set_apart_by_place_make_words(tmp_path: Path) -> None:
    printer = Printer()
    printer.prose(printer.prose(120))
    x = 60.0
    for sign in "HARBOUR DUES":
        x = printer.text(x, 80, sign, 12) + 5 if sign != " " else x + 9
    (page,) = read_back(printer.save(tmp_path / "tracked.pdf"))
    assert "HARBOUR DUES" in page.text


def test_letters_over_columns_of_figures_are_their_names(tmp_path: Path) -> None:
    printer = Printer()
    rows = [("Team", "P", "W", "D", "L", "Points")]
    rows += [("Falcons", "22", "15", "4", "3", "49"), ("Old Boys", "22", "7", "3", "12", "24")]
    rows += [("Harriers", "21", "2", "5", "14", "11"), ("Gulls", "22", "9", "8", "5", "35")]
    printer.table(printer.prose(80), rows, (64, 200, 218, 236, 254, 300))
    (page,) = read_back(printer.save(tmp_path / "league.pdf"))
    assert page.tables[0] == [list(row) for row in rows]
