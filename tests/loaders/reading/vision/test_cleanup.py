from __future__ import annotations

import pytest

from loaders.pages.word import Word
from loaders.reading.vision.cleanup import tidied
from tests.drawn_words import words_at

HEIGHT = 800.0


def page(*lines: tuple[float, str]) -> list[Word]:
    return [Word(token.text, token.box) for y, line in lines for token in words_at(50, y, line)]


WORDS = page(
    (30, "Annual Report"), (200, "Dues of the harbour"), (214, "rose again."), (780, "Page 17")
)


def test_running_heads_and_page_numbers_at_the_ends_go() -> None:
    text = "<chunk>\nDues of the harbour rose again.\nPage 17\n</chunk>"
    markup = f"<chunk>\nAnnual Report\n</chunk>\n{text}"
    assert "Annual Report" not in tidied(markup, WORDS, HEIGHT)
    assert "17" not in tidied(markup, WORDS, HEIGHT)
    assert "Dues of the harbour" in tidied(markup, WORDS, HEIGHT)


def test_the_same_words_amidst_the_text_stay() -> None:
    markup = "Dues\nAnnual Report\nrose again."
    assert tidied(markup, WORDS, HEIGHT) == markup


def test_another_number_than_the_pages_own_stays() -> None:
    assert tidied("Dues rose.\n18", WORDS, HEIGHT) == "Dues rose.\n18"


def test_without_a_text_layer_a_short_number_alone_is_the_pages() -> None:
    assert tidied("Dues rose.\n17", [], HEIGHT) == "Dues rose."
    assert tidied("Dues rose.\n4711", [], HEIGHT) == "Dues rose.\n4711"


def test_a_number_inside_a_table_stays() -> None:
    table = "<table>\n<tr><td>\n17\n</td></tr>\n</table>"
    assert tidied(table, WORDS, HEIGHT) == table


@pytest.mark.parametrize(
    "remark",
    ["[Table continues on next page]", "(continued from previous page)", "*Text continues below*"],
)
def test_remarks_that_it_goes_on_are_taken_off(remark: str) -> None:
    assert tidied(f"Dues rose.\n{remark}\nAgain.", WORDS, HEIGHT) == "Dues rose.\nAgain."


def test_a_remark_within_a_line_goes_and_prose_that_continues_stays() -> None:
    assert tidied("Dues [continued] rose.", WORDS, HEIGHT) == "Dues rose."
    prose = "The list continues to grow, as the table below shows for all."
    assert tidied(prose, WORDS, HEIGHT) == prose
