from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.reading.text_layer.line_joining import joined, line_text, words_known
from loaders.reading.text_layer.raised_marks import with_marks
from loaders.reading.text_layer.word_boxes import Glyph, tokens, without_drawn, without_duplicates


def print_text(text: str, *, x: float = 50, y: float = 100, size: float = 10) -> list[Glyph]:
    """Glyphs of one line, half as wide as they are high."""
    return [
        Glyph(char, (x + 5 * n, y - size, x + 5 * n + 5, y), y, size, False, 1)
        for n, char in enumerate(text)
    ]


def test_words_are_parted_at_spaces_and_wide_gaps() -> None:
    glyphs = print_text("net sales") + print_text("12.5", x=150)
    assert [token.text for token in tokens(glyphs)] == ["net", "sales", "12.5"]


def test_a_raised_number_never_joins_the_figure_before_it() -> None:
    glyphs = print_text("12.5") + print_text("2", x=70, y=95, size=6)
    figure, mark = with_marks(tokens(glyphs))
    assert (figure.text, mark.text, mark.raised) == ("12.5", "²", True)
    assert line_text([figure, mark]) == "12.5²"


def test_print_that_is_printed_twice_is_read_once() -> None:
    glyphs = print_text("bold") + print_text("bold", x=50.4)
    assert "".join(glyph.char for glyph in without_duplicates(glyphs)) == "bold"
    doubled = print_text("2002")
    assert "".join(glyph.char for glyph in without_duplicates(doubled)) == "2002"


def test_lines_made_of_dashes_are_rules() -> None:
    words, rules = without_drawn(tokens(print_text("Total ----------")))
    assert [word.text for word in words] == ["Total"]
    assert rules[0].horizontal


@pytest.mark.parametrize("leader", ["......", "····", "……………"])
def test_a_row_of_dots_ends_where_a_figure_begins(leader: str) -> None:
    assert line_text(tokens(print_text(f"Trout{leader}17.90"))) == f"Trout{leader} 17.90"
    assert line_text(tokens(print_text("from 3...17"))) == "from 3...17"


def test_hyphens_are_mended_and_compounds_kept() -> None:
    assert joined(["environ-", "mental work"]) == "environmental work"
    assert joined(["a long-", "term view"]) == "a long-term view"
    assert joined(["at obs.ap-", "southeast-1.example.com"]) == "at obs.ap-southeast-1.example.com"
    assert joined(["are well estab\u00ad", "lished.FN43 Generally"]) == (
        "are well established.FN43 Generally"
    )
    assert joined(["the trade-", "off"], {"trade-off"}) == "the trade-off"
    assert joined(["中国", "石油"]) == "中国石油"


def test_words_that_may_be_broken_are_not_known() -> None:
    first, second = tokens(print_text("environ- mental"))
    assert words_known([first, second]) == frozenset()


def test_arabic_lines_are_read_from_the_right_and_figures_in_them_from_the_left() -> None:
    glyphs: list[Glyph] = []
    for n, char in enumerate("عندي قطط"):
        glyphs.append(Glyph(char, (200 - 5 * n, 90, 205 - 5 * n, 100), 100, 10, False, 1))
    assert line_text(sorted(tokens(glyphs), key=lambda token: token.box[0])) == "عندي قطط"


def leftward(text: str, x: float = 200) -> list[Glyph]:
    """Glyphs in the order in which they are read, from the right."""
    return [
        Glyph(char, (x - 5 * n, 90, x - 5 * n + 5, 100), 100, 10, False, 1)
        for n, char in enumerate(text)
    ]


def test_brackets_of_a_line_from_the_right_open_at_the_right() -> None:
    """Browsers write the code of the bracket that is seen, which is the other one."""
    assert [word.text for word in tokens(leftward("דוח )שנתי( חדש"))] == ["דוח", "(שנתי)", "חדש"]
    assert [word.text for word in tokens(leftward("(שנתי)"))] == ["(שנתי)"]
    apart = [*leftward(")שנתי"), *[replace(glyph, line=2) for glyph in leftward("(", 175)]]
    assert [word.text for word in tokens(apart)] == ["(שנתי", ")"]


def test_a_letter_that_hangs_from_the_top_is_no_raised_mark() -> None:
    """The ink of Hebrew's yod ends far above the line; words had been cut at each."""
    glyphs = leftward("מיליון")
    for glyph in glyphs:
        if glyph.char == "י":
            glyph.box = (glyph.box[0], 90, glyph.box[2], 95)
    assert [word.text for word in tokens(glyphs)] == ["מיליון"]
