# mypy: allow-untyped-calls
from __future__ import annotations

import pymupdf
import pytest

from loaders.reading.layout.layout_model import MOST_LINES
from loaders.reading.pdf.mupdf import read_sheet


@pytest.mark.parametrize(("rows", "is_asked"), [(10, True), (50, False)])
def test_a_page_on_which_each_sign_is_a_line_is_read_without_the_model(
    rows: int, is_asked: bool
) -> None:
    document = pymupdf.open()
    page = document.new_page(width=600, height=800)
    for row in range(rows):
        for column in range(40):
            place = (30 + 14 * column, 30 + 15 * row + 7 * (column % 2))
            page.insert_text(place, "K", fontsize=6)
    sheet = read_sheet(document, 0, layout=True)
    lines = len({token.line for token in sheet.tokens})
    assert len(sheet.tokens) == 40 * rows
    assert (lines <= MOST_LINES) is is_asked
    assert bool(sheet.regions) is is_asked
