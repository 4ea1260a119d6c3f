# mypy: allow-untyped-calls
"""Boxes and ticks that are drawn say whether they are ticked."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from samples.printer import Printer
from tests.read_back import read_back


@pytest.mark.parametrize("how", ["cross", "tick", "letter", "filled"])
def test_drawn_boxes_say_whether_they_are_ticked(tmp_path: Path, how: str) -> None:
    printer = Printer()
    printer.prose(60)
    for number, label in enumerate(["Motor boat", "Sailing boat", "Rowing boat"]):
        y = 150 + 20 * number
        printer.page.draw_rect((60, y - 9, 70, y + 1), width=0.7)
        if number == 1:
            if how == "cross":
                printer.rule(61.5, y - 7.5, 68.5, y - 0.5)
                printer.rule(61.5, y - 0.5, 68.5, y - 7.5)
            elif how == "tick":
                printer.page.draw_polyline([(62, y - 4), (64.5, y - 1), (69, y - 8)], width=1)
            elif how == "letter":
                printer.text(62, y - 0.8, "X", 9)
            else:
                printer.page.draw_rect((62, y - 7, 68, y - 1), fill=(0, 0, 0))
        printer.text(76, y, label)
    (page,) = read_back(printer.save(tmp_path / "boxes.pdf"))
    assert "☐ Motor boat" in page.text
    assert "☒ Sailing boat" in page.text
    assert "☐ Rowing boat" in page.text


def test_drawn_ticks_in_a_table_are_cells(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    rows = [
        ("Service", "Day", "Season", "Year"),
        ("Electricity", "", "", ""),
        ("Water", "", "", ""),
        ("Crane", "", "", ""),
        ("Fee", "12 EUR", "310 EUR", "480 EUR"),
    ]
    printer.table(y, rows, (64, 250, 350, 450), right=(), ruled=True)
    for row, column in ((1, 1), (1, 3), (2, 2), (3, 3)):
        x, at = (64, 250, 350, 450)[column] + 4, y + 18 * row
        printer.page.draw_polyline([(x, at - 4), (x + 3, at - 1), (x + 8, at - 8)], width=1.2)
    printer.prose(y + 120)
    (page,) = read_back(printer.save(tmp_path / "grid.pdf"))
    assert page.cell("Electricity", "Day") == "☑"
    assert page.cell("Electricity", "Season") == ""
    assert page.cell("Electricity", "Year") == "☑"
    assert page.cell("Water", "Season") == "☑"
    assert page.cell("Crane", "Year") == "☑"
    assert page.cell("Fee", "Season") == "310 EUR"


def test_a_drawn_radio_button_is_a_box_and_rings_without_a_mark_are_a_drawing(
    tmp_path: Path,
) -> None:
    for name, chosen in (("choice", 1), ("rings", 9)):
        printer = Printer()
        printer.prose(60)
        for number, label in enumerate(["Insurance", "Cash", "Card"]):
            x = 60 + 100 * number
            printer.page.draw_circle((x, 150), 5, width=0.7)
            if number == chosen:
                printer.page.draw_circle((x, 150), 2.6, fill=(0, 0, 0))
            printer.text(x + 9, 153, label)
        (page,) = read_back(printer.save(tmp_path / f"{name}.pdf"))
        shown = [sign for sign in ("☐ Insurance", "☒ Cash", "☐ Card") if sign in page.text]
        assert len(shown) == (3 if chosen == 1 else 0)


def test_frames_and_round_corners_are_boxes_too(tmp_path: Path) -> None:
    """Browsers paint the fields of a form as frames, or with round corners and a white ground."""
    printer = Printer()
    printer.prose(60)
    for number, label in enumerate(["Framed", "Framed and ticked", "Round"]):
        y = 150 + 20 * number
        outer = pymupdf.Rect(60, y - 9, 71, y + 2)
        shape = printer.page.new_shape()
        if number == 2:
            printer.page.draw_rect(outer, width=0.5, radius=0.2, color=(0.4, 0.4, 0.4))
        else:
            shape.draw_rect(outer)
            shape.draw_rect((61, y - 8, 70, y + 1))
            shape.finish(color=None, fill=(0, 0, 0), even_odd=True)
        if number == 1:
            shape.draw_rect((63, y - 6, 68, y - 1))
            shape.finish(color=None, fill=(0, 0, 0))
        shape.commit()
        printer.text(78, y, label)
    (page,) = read_back(printer.save(tmp_path / "frames.pdf"))
    assert "☐ Framed ☒ Framed and ticked ☐ Round" in page.text
