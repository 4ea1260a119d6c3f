# mypy: allow-untyped-calls
"""Accents over letters are one sign with them, as TeX prints them; raised rings are degrees."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from samples.printer import Printer
from tests.read_back import read_back


def composed(printer: Printer, x: float, y: float, text: str, size: float = 10) -> float:
    """Set a line as TeX does: after each letter that has one, `{}` holds the accent over it."""
    for piece in text.split("}"):
        plain, _, accent = piece.partition("{")
        x = printer.text(x, y, plain, size)
        if accent:
            middle = x - printer.width_of(plain[-1], size) / 2
            printer.text(middle - printer.width_of(accent, size) / 2, y, accent, size)
    return x


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Bu{¨}romo{¨}bel", "Büromöbel"),
        ("U{¨}bertrag", "Übertrag"),
        ("e{´}le{`}ves", "élèves"),
        ("garc{¸}on", "garçon"),
        ("man{~}ana", "mañana"),
        ("x{~} of 14", "x~ of 14"),
        ("at 5 ~ 7", "at 5 ~ 7"),
    ],
)
def test_an_accent_over_a_letter_is_one_sign_with_it(
    tmp_path: Path, printed: str, read: str
) -> None:
    printer = Printer()
    rows = [("", "2024", "2025"), ("", "1,204", "1,310"), ("", "56", "48"), ("", "318", "402")]
    y = printer.prose(printer.prose(80))
    printer.table(y, rows, (64, 300, 400))
    for number in range(1, 4):
        composed(printer, 64, y + 18 * number, printed, 9)
    composed(printer, 60, y + 100, f"The harbour master says {printed} in each of his reports.")
    (page,) = read_back(printer.save(tmp_path / "accents.pdf"))
    assert [row[0] for row in page.tables[0][1:]] == [read] * 3
    assert f"says {read} in each" in page.text


@pytest.mark.parametrize(
    ("size", "rise", "read"), [(6.5, 3.5, "16 °C"), (10, 0, "16 ◦C")], ids=["raised", "level"]
)
def test_a_raised_ring_at_a_scale_is_the_sign_of_degrees(
    tmp_path: Path, size: float, rise: float, read: str
) -> None:
    printer = Printer()
    y = printer.prose(printer.prose(80))
    printer.page.insert_font("wide", fontbuffer=pymupdf.Font("cjk").buffer)
    x = printer.text(60, y, "The water of the basin has ")
    x = printer.text(x, y, "16 ")
    printer.page.insert_text((x, y - rise), "◦", fontsize=size, fontname="wide")
    printer.text(x + 0.6 * size, y, "C in March of each year.")
    (page,) = read_back(printer.save(tmp_path / "degrees.pdf"))
    assert f"has {read} in March" in page.text
