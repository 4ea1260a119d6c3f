"""What the glyphs of fonts of signs show."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.reading.pdf.symbol_fonts import sign_of
from samples.printer import Printer
from tests.read_back import read_back, read_here


@pytest.mark.parametrize("encoding", ["/WinAnsiEncoding", "null"])
def test_ticks_and_crosses_are_told_apart_with_an_encoding_and_without(
    tmp_path: Path, encoding: str
) -> None:
    printer = Printer()
    y = printer.prose(80)
    rows = [("Feature", "4", "8"), ("Offline mode", "8", "4"), ("Storage", "4", "4")]
    for number, row in enumerate(rows):
        for x, text, font in zip((64, 300, 400), row, ("helv", "zadb", "zadb"), strict=True):
            printer.text(x, y + 18 * number, text, 9, font)
    (xref,) = [font[0] for font in printer.page.get_fonts() if font[3] == "ZapfDingbats"]
    printer.document.xref_set_key(xref, "Encoding", encoding)
    (page,) = read_back(printer.save(tmp_path / "ticks.pdf"))
    assert "Feature ☑ ☒" in page.text
    assert "Offline mode ☒ ☑" in page.text
    assert page.audit.notes == []


@pytest.mark.parametrize(
    ("char", "font", "sign"),
    [
        ("\uf0fc", "Wingdings", "☑"),
        ("\uf02d", "Helvetica", "−"),
        ("a", "Symbol", ""),
        ("\uf061", "SymbolMT", "α"),
        ("\uf061", "Helvetica", ""),
    ],
)
def test_a_code_shows_what_its_font_has_there(char: str, font: str, sign: str) -> None:
    assert sign_of(char, font) == sign


@pytest.mark.parametrize(
    ("encoding", "codes", "signs"), [("null", "mn", "○ ■"), ("/WinAnsiEncoding", "HI", "★ ☆")]
)
def test_a_font_without_encoding_numbers_its_signs(
    tmp_path: Path, encoding: str, codes: str, signs: str
) -> None:
    printer = Printer()
    y = printer.prose(80)
    printer.text(64, y, "Feature", 9, "helv")
    for x, code in zip((300, 330), codes, strict=True):
        printer.text(x, y, code, 9, "zadb")
    (xref,) = [font[0] for font in printer.page.get_fonts() if font[3] == "ZapfDingbats"]
    printer.document.xref_set_key(xref, "Encoding", encoding)
    (page,) = read_here(printer.save(tmp_path / "signs.pdf"))
    assert signs in page.text
