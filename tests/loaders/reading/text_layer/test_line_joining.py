from __future__ import annotations

import pytest

from loaders.pages.page_layout import Token
from loaders.reading.text_layer.line_joining import (
    is_address,
    joined,
    line_text,
    lines_of,
    paragraph,
    words_known,
)
from tests.drawn_words import words_at


def test_words_stand_on_lines_from_top_to_bottom_and_left_to_right() -> None:
    upper, lower = words_at(50, 100, "North quay"), words_at(50, 114, "South quay")
    found = lines_of([lower[1], upper[1], lower[0], upper[0]])
    assert [line_text(line) for line in found] == ["North quay", "South quay"]


def test_a_raised_mark_stays_with_the_word_that_it_stands_at() -> None:
    upper, lower = words_at(50, 100, "North"), words_at(50, 110, "South")
    mark = Token("¹", (75, 99, 78, 104), baseline=104, size=6, raised=True, line=110)
    found = lines_of([*upper, *lower, mark])
    assert [[token.text for token in line] for line in found] == [["North"], ["South", "¹"]]


def test_what_is_struck_is_marked_once_however_many_words_it_has() -> None:
    line = words_at(50, 100, "Pay 600 euros 700 now")
    for token in line[1:3]:
        token.struck = True
    assert line_text(line) == "Pay ~~600 euros~~ 700 now"


def test_hebrew_is_read_from_the_right_and_its_figures_from_the_left() -> None:
    line = words_at(50, 100, "ים 120 אורך")
    assert line_text(line) == "אורך 120 ים"


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (["the har-", "bour"], (), "the harbour"),
        (["the har-", "bour"], ("har-bour",), "the har-bour"),
        (["a North-", "South line"], (), "a North-South line"),
        (["see a@b-", "c.org"], (), "see a@b-c.org"),
        (["港口", "费用"], (), "港口费用"),
        (["one", "", "two"], (), "one two"),
        (["~~one~~", "~~two~~"], (), "~~one two~~"),
        ([], (), ""),
    ],
)
def test_lines_become_one_paragraph(lines: list[str], known: tuple[str, ...], text: str) -> None:
    assert joined(lines, known) == text


def test_only_words_that_are_surely_whole_are_known() -> None:
    tokens = words_at(50, 100, "The harbour, and har-") + words_at(50, 114, "bour dues.")
    assert words_known(tokens) == {"the", "harbour", "and", "dues"}


def test_the_hyphen_of_an_address_is_no_word_break() -> None:
    assert is_address("mail a@b", "c.org")
    assert is_address("ISO 9001", "2015")
    assert not is_address("the har", "bour.")


def test_tokens_become_a_paragraph() -> None:
    tokens = words_at(50, 100, "Dues of the har-") + words_at(50, 114, "bour rose.")
    assert paragraph(tokens) == "Dues of the harbour rose."


def test_words_of_one_line_stay_together_between_two_lines_that_reach_into_it() -> None:
    """A low word shares its height with the second line of a label, a high one with the first."""
    label = [
        Token("interruptions", (50, 700.3, 98, 708.3), baseline=706.5, size=9, line=1),
        Token("(electricity)", (50, 709.3, 96, 717.3), baseline=715.5, size=9, line=2),
    ]
    per = Token("per", (226, 706.4, 238, 712.8), baseline=711, size=9, line=3)
    hundred = Token("100", (241, 705.0, 255, 711.1), baseline=711, size=9, line=3)
    found = [[token.text for token in line] for line in lines_of([*label, per, hundred])]
    assert ["per", "100"] in [line[-2:] for line in found]
