# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from loaders.pages.page import Page
from loaders.reading.document import open_document


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page with text that is seen and text that is hidden in every way we know."""
    path: Path = tmp_path_factory.mktemp("hidden") / "a.pdf"
    document = pymupdf.open()
    sheet = document.new_page(width=500, height=400)
    sheet.insert_text((50, 60), "Everybody reads this sentence, and it is long enough to count.")
    sheet.insert_text((50, 90), "White ink", color=(1, 1, 1))
    sheet.insert_text((50, 120), "Unpainted", render_mode=3)
    sheet.insert_text((50, 150), "Tiny", fontsize=1)
    sheet.insert_text((600, 180), "Outside")
    sheet.insert_text((50, 210), "Covered")
    sheet.draw_rect((40, 195, 200, 220), color=None, fill=(0.5, 0.5, 0.5))
    sheet.draw_rect((40, 240, 300, 270), color=None, fill=(0, 0, 0.4))
    sheet.insert_text((50, 260), "White on blue is seen - and dashes too", color=(1, 1, 1))
    document.save(path)
    with open_document(path) as opened:
        return next(opened.pages())


@pytest.mark.parametrize("text", ["White ink", "Unpainted", "Tiny", "Outside", "Covered"])
def test_hidden_text_is_left_out_and_told(page: Page, text: str) -> None:
    assert text not in page.markup
    assert set(text.split()) <= set(" ".join(page.hidden).split())


def test_text_that_is_seen_is_kept(page: Page) -> None:
    assert "Everybody reads this sentence" in page.markup
    assert "White on blue is seen - and dashes too" in page.markup
    assert "Everybody" not in page.hidden
