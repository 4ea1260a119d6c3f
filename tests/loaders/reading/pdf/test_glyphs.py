import pytest

from loaders.reading.pdf.glyphs import shown_char


@pytest.mark.parametrize(
    ("char", "shown"),
    [("⽬", "目"), ("⾦", "金"), ("目", "目"), ("²", "²"), ("ﬁ", "ﬁ"), ("a", "a")],
)
def test_a_radical_in_text_is_the_ideograph_of_its_shape(char: str, shown: str) -> None:
    assert shown_char(char, "Noto Sans", is_mapped=True) == shown
