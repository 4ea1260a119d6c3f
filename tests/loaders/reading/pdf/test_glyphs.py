# mypy: allow-untyped-calls
from pathlib import Path

import pymupdf
import pytest

from loaders.pages.page import Outcome
from loaders.reading.pdf.glyphs import shown_char
from samples.printer import Printer
from tests.box_font import LOOKS, box_at
from tests.read_back import read_back, read_here


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        ("⽬", "目"),
        ("⾦", "金"),
        ("目", "目"),
        ("⻓", "长"),
        ("⻋", "车"),
        ("²", "²"),
        ("ﬁ", "ﬁ"),
        ("a", "a"),
    ],
)
def test_a_radical_in_text_is_the_ideograph_of_its_shape(char: str, shown: str) -> None:
    assert shown_char(char, "Noto Sans", is_mapped=True) == shown


def test_a_printed_hyphen_is_one_whatever_its_code_says(tmp_path: Path) -> None:
    """A font has one glyph for both; without this a loss was shown as a profit."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_text((40, 60), "Long\xadterm debt: \xad1,204 thousand euro in this year.")
    document.save(tmp_path / "a.pdf")
    (read,) = read_here(tmp_path / "a.pdf")
    assert "Long-term debt: -1,204 thousand" in read.blocks[0].text


def test_a_hyphen_over_a_soft_one_is_one_hyphen(tmp_path: Path) -> None:
    """So browsers print a word that breaks at the end of its line."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    line = "The owners agreed on the budget of the whole under"
    place = 40 + pymupdf.get_text_length(line, fontsize=10)
    page.insert_text((40, 60), f"{line} ", fontsize=10)
    page.insert_text((place, 60), "-", fontsize=10)
    page.insert_text((40, 73), "taking for two years.", fontsize=10)
    document.save(tmp_path / "a.pdf")
    (read,) = read_here(tmp_path / "a.pdf")
    assert "of the whole undertaking for two years" in read.blocks[0].text


ROWS = [("2024", "2025"), ("1,204", "1,310"), ("(56)", "48"), ("318", "402")]
LETTER = "The harbour office counts the boats that lie at its moorings in the night of each day."


def boxed(path: Path, look: str, code: str = "") -> Path:
    """A letter and a table whose names have no font; `code` is what the file calls all of them."""
    printer = Printer()
    document, page = printer.document, printer.page
    y = printer.prose(printer.prose(80))
    for row in ROWS:
        xref = box_at(page, 64, y, 4, look, 9)
        for x, figure in zip((300, 400), row, strict=True):
            printer.text(x - printer.width_of(figure, 9), y, figure, 9)
        y += 18
    box_at(page, 60, y + 20, 3, look)
    printer.text(90, y + 20, "to be paid by 31 January 2026", 10)
    if code:
        table = int(document.xref_get_key(xref, "ToUnicode")[1].split()[0])
        document.update_stream(
            table,
            b"/CMapName/x def 1 begincodespacerange<0000><ffff>endcodespacerange "
            b"1 beginbfchar<0000><%b>endbfchar endcmap" % code.encode(),
        )
    document.save(path)
    return path


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("code", ["", "5143", "0033"], ids=["uncoded", "ideograph", "digit"])
def test_a_box_is_no_sign_whatever_the_file_calls_it(tmp_path: Path, look: str, code: str) -> None:
    (read,) = read_back(boxed(tmp_path / "a.pdf", look, code))
    assert [row[1:] for row in read.tables[0]] == [list(row) for row in ROWS]
    assert {row[0] for row in read.tables[0]} == {"\ufffd" * 4}
    assert "\ufffd\ufffd\ufffd to be paid by 31 January 2026" in read.text
    assert "in order, and the treasurer was thanked" in read.text
    assert read.audit.notes == ["glyphs without a shape, printed as boxes: 19"]
    assert not read.audit.unsure_numbers


def test_figures_among_boxes_are_in_doubt(tmp_path: Path) -> None:
    """A box may have been a digit, or the sign for ten thousand."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)
    page.insert_text((40, 60), LETTER, fontsize=9)
    page.insert_text((40, 90), "A berth costs 1,204", fontsize=10)
    box_at(page, 40 + pymupdf.get_text_length("A berth costs 1,204", fontsize=10), 90, 1, "hollow")
    document.save(tmp_path / "a.pdf")
    (read,) = read_back(tmp_path / "a.pdf")
    assert "A berth costs 1,204\ufffd" in read.text
    assert read.audit.unsure_numbers == ["1,204"]


def test_a_page_of_nothing_but_boxes_is_not_read(tmp_path: Path) -> None:
    document = pymupdf.open()
    box_at(document.new_page(), 60, 90, 40, "hollow")
    document.save(tmp_path / "a.pdf")
    (read,) = read_back(tmp_path / "a.pdf")
    assert read.page.outcome is Outcome.FAILED
    assert "boxes, for want of a font" in read.page.detail


@pytest.mark.parametrize(
    ("name", "base", "shown", "notes"),
    [("A", "", "A", 0), ("A", "/BaseFont/ABCDEF+Sans", "A", 0), ("g0", "", "\ufffd", 1)],
)
def test_glyph_0_of_drawings_is_a_letter_unless_they_were_made_of_a_font(
    tmp_path: Path, name: str, base: str, shown: str, notes: int
) -> None:
    """Glyphs of drawings have the numbers of their codes; Chromium prints some fonts as such.

    Matplotlib says of which font it has drawn them, and its first may be a minus.
    """
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_text((40, 60), "Boats", fontsize=10)
    drawn, font = document.get_new_xref(), document.get_new_xref()
    document.update_object(drawn, "<<>>")
    document.update_stream(drawn, b"700 0 0 0 600 700 d1 0 0 m 600 0 l 300 700 l f")
    document.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 700 700]/FontMatrix[.001 0 0 .001 0 0]"
        f"{base}/CharProcs<</{name} {drawn} 0 R>>/Encoding<</Differences[0/{name}]>>"
        "/FirstChar 0/LastChar 0/Widths[700]/Resources<<>>>>",
    )
    fonts = document.xref_get_key(page.xref, "Resources/Font")[1]
    document.xref_set_key(page.xref, "Resources", f"<</Font<</own {font} 0 R {fonts[2:]}>>")
    contents = page.get_contents()[0]
    more = document.xref_stream(contents) + b" BT /own 10 Tf 40 100 Td <00> Tj ET"
    document.update_stream(contents, more)
    document.save(tmp_path / "a.pdf")
    (read,) = read_here(tmp_path / "a.pdf")
    assert f"Boats {shown}" in read.text
    assert len(read.audit.notes) == notes
