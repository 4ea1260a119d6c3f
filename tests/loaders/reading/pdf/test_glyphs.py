# mypy: allow-untyped-calls
from pathlib import Path

import pymupdf
import pytest

from loaders.reading.pdf.glyphs import shown_char
from tests.read_back import read_here


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
