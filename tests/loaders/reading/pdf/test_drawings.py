from __future__ import annotations

from pathlib import Path

from loaders.pages.page_layout import Fill
from loaders.reading.pdf.drawings import drawn
from loaders.reading.pdf.mupdf import open_pdf
from samples.printer import Printer


def test_a_rectangle_is_an_area_however_its_sides_are_drawn(tmp_path: Path) -> None:
    printer = Printer()
    corners = [(100, 200), (120, 200), (120, 260), (100, 260), (100, 230)]
    printer.page.draw_polyline([*corners, corners[0]], color=None, fill=(0.5, 0, 0))
    printer.page.draw_polyline([(300, 200), (330, 200), (315, 260)], color=None, fill=(0, 0.5, 0))
    document, _ = open_pdf(str(printer.save(tmp_path / "bar.pdf")))
    assert drawn(document[0])[1] == [Fill((100.0, 200.0, 120.0, 260.0), "#800000")]
