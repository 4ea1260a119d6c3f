from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.sentence_splitter import cut, ends_sentence, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("Sales of Orion Inc. Europe rose.", ["Sales of Orion Inc. Europe rose."]),
        ("Call ext. 4410. Or not.", ["Call ext. 4410.", "Or not."]),
        ("Am 5. Mai stieg er. Dann nicht.", ["Am 5. Mai stieg er.", "Dann nicht."]),
        ("Im 3. Quartal fiel er.", ["Im 3. Quartal fiel er."]),
        ("Das kostet 5 Mio. Euro.", ["Das kostet 5 Mio. Euro."]),
        ("收入增长。利润下降。", ["收入增长。", "利润下降。"]),
        ("A line\nthat goes on.\nAnother line", ["A line\nthat goes on.", "Another line"]),
        ("He said “yes.” She left.", ["He said “yes.”", "She left."]),
        (
            "It (as in Berg. Page 4) was 68 %. It rose.",
            ["It (as in Berg. Page 4) was 68 %.", "It rose."],
        ),
        ("(It rose. It fell.)", ["(It rose.", "It fell.)"]),
        ("It rose (by 4. It fell.", ["It rose (by 4.", "It fell."]),
        ("Voir p.ex. Orion. Puis la suite.", ["Voir p.ex. Orion.", "Puis la suite."]),
    ],
)
def test_prose_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(max_size=200))
def test_the_sentences_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_an_end_is_told_from_a_break() -> None:
    assert ends_sentence("It rose.")
    assert ends_sentence("As follows:")
    assert not ends_sentence("It rose because of")
