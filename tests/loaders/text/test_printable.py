"""Signs that nobody sees, or that a terminal obeys, are gone; scripts and pictures keep theirs."""

from __future__ import annotations

import pytest

from loaders.text.printable import one_line, printable


@pytest.mark.parametrize(
    "sign",
    [
        "\x00", "\x07", "\x1b[2J", "\x1b]0;title\x07", "\x9b", "\x7f", "\r", "\u202e", "\u2067",
        "\u200b",
        "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164", "\ufe01", "\U000e0041",
        "\udc80",
    ],
)  # fmt: skip
def test_a_sign_that_steers_turns_or_hides_is_taken_out(sign: str) -> None:
    assert printable(f"a{sign}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔬",
        "❤\ufe0f",
        "Zürich 数字 §",
        "two\nlines\tand a tab",
    ],
)
def test_what_scripts_and_pictures_need_stays(text: str) -> None:
    assert printable(text) == text


def test_hidden_signs_do_not_shelter_one_another() -> None:
    assert printable("a\u200d\u200d\u200bb\ufe0f\ufe0f\ufe0fc") == "ab\ufe0fc"


def test_a_name_is_one_line_whatever_ends_its_lines() -> None:
    assert one_line("a.pdf\n  [1] forged\u2028x\x85y\x0bz") == "a.pdf [1] forged x yz"
