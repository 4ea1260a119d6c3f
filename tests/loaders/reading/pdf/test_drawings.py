# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.pages.page_layout import Fill
from loaders.reading.pdf.drawings import colour_of, drawn, edges, item_box
from loaders.reading.pdf.mupdf import open_pdf
from samples.printer import Printer


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page(width=400, height=400)


def test_lines_and_thin_fills_are_rules(page: Any) -> None:
    page.draw_line((20, 50), (120, 50), width=1)
    page.draw_rect((20, 80, 120, 81), fill=(0, 0, 0), color=None)
    rules, fills = drawn(page)
    assert [rule.horizontal for rule in rules] == [True, True]
    assert [round(rule.box[1]) for rule in rules] == [50, 80]
    assert fills == []


def test_an_area_is_a_fill_with_its_colour(page: Any) -> None:
    page.draw_rect((20, 20, 120, 60), fill=(1, 0, 0.5), color=None)
    rules, [fill] = drawn(page)
    assert rules == []
    assert (fill.colour, fill.box) == ("#ff0080", (20, 20, 120, 60))


def test_an_outline_is_four_rules(page: Any) -> None:
    page.draw_rect((20, 20, 120, 60), width=0.5)
    rules, _ = drawn(page)
    assert sorted(rule.box for rule in rules) == sorted(edges((20, 20, 120, 60)))


def test_what_is_drawn_beside_the_page_is_none_of_it(page: Any) -> None:
    page.draw_line((500, 50), (600, 50), width=1)
    page.draw_line((-200, 50), (-100, 50), width=1)
    assert drawn(page) == ([], [])


def test_pieces_of_paths_have_their_places_whichever_way_they_run() -> None:
    assert item_box(("l", (30, 10), (10, 10)), 2) == (9, 9, 31, 11)
    assert item_box(("re", (30, 40, 10, 20)), 0) == (10, 20, 30, 40)
    assert item_box(("qu", [(1, 1), (5, 1), (1, 9), (5, 9)]), 0) == (1, 1, 5, 9)
    assert item_box(("c", (1, 1), (2, 2), (3, 3), (4, 4)), 0) is None


def test_a_fill_without_a_colour_is_white() -> None:
    assert colour_of({}) == "#ffffff"


def test_a_rectangle_is_an_area_however_its_sides_are_drawn(tmp_path: Path) -> None:
    printer = Printer()
    corners = [(100, 200), (120, 200), (120, 260), (100, 260), (100, 230)]
    printer.page.draw_polyline([*corners, corners[0]], color=None, fill=(0.5, 0, 0))
    printer.page.draw_polyline([(300, 200), (330, 200), (315, 260)], color=None, fill=(0, 0.5, 0))
    document, _ = open_pdf(str(printer.save(tmp_path / "bar.pdf")))
    assert drawn(document[0])[1] == [Fill((100.0, 200.0, 120.0, 260.0), "#800000")]
