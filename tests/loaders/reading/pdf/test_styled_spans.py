# mypy: allow-untyped-calls
"""Characters that MuPDF leaves out where the style of a stretch changes."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from tests.read_back import read_back

LIGATURE = (
    b"/CMapName/x def 1 begincodespacerange<00><ff>endcodespacerange "
    b"2 beginbfrange<20><57><0020><59><7e><0059>endbfrange 1 beginbfchar<58><00660066>endbfchar "
    b"endcmap"
)
"""`X` is the ligature `ff`."""


def shaded(path: Path) -> Path:
    """A word on coloured ground that ends in a ligature, and words on none."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)
    page.draw_rect(pymupdf.Rect(36, 45, 300, 65), fill=(0.8, 0.9, 1.0), color=None)
    page.insert_text((40, 60), "Clinical staX", fontsize=11)
    page.insert_text((40, 100), "The staX survey was answered by 5,183 people.", fontsize=11)
    [font] = page.get_fonts()
    table = document.get_new_xref()
    document.update_object(table, "<<>>")
    document.update_stream(table, LIGATURE)
    document.xref_set_key(font[0], "ToUnicode", f"{table} 0 R")
    document.save(path)
    return path


def test_a_ligature_at_the_end_of_a_word_on_coloured_ground_is_whole(tmp_path: Path) -> None:
    (read,) = read_back(shaded(tmp_path / "staff.pdf"))
    assert "Clinical staff" in read.text
    assert "The staff survey" in read.text
