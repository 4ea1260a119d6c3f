from __future__ import annotations

from graph.evidence.source_selection import (
    ENOUGH_TEXT,
    MOST,
    is_listing,
    select_sources,
)
from graph.evidence.sources import Source, number_sources
from tests.passages import STATEMENT, chunk

NAMES = " ".join(f"Anna Berg{n} Ole Dahl Maren Voss Hull Leeds" for n in range(10))


def sources(*texts: str) -> list[Source]:
    return number_sources([chunk(text, page=page) for page, text in enumerate(texts)])


def chosen(question: str, size: int, *texts: str) -> list[int]:
    given = sources(*texts)
    found = select_sources(question, given, {one.number: size for one in given})
    return [one.number for one in found]


def test_what_fits_is_shown_in_the_order_of_the_search() -> None:
    assert chosen("dues?", 100, "Dues rose.", "Cranes.", "Dues fell.") == [1, 2, 3]


def test_the_nearest_is_shown_however_long_and_nothing_beyond_the_limit() -> None:
    assert chosen("dues?", MOST + 1, "Dues rose.", "Dues fell.") == [1]


def test_after_enough_text_only_what_a_word_is_wanted_for() -> None:
    texts = "Cranes.", "Ships.", "Dues rose.", "Dues fell.", "Dues stayed."
    assert chosen("dues?", ENOUGH_TEXT // 2, *texts) == [1, 2, 3, 4]
    assert chosen("税?", ENOUGH_TEXT // 2, *texts) == [1, 2]


def test_a_table_may_come_where_a_text_would_not() -> None:
    assert chosen("cranes?", 4000, "Cranes.", "Cranes.", STATEMENT) == [1, 2, 3]


def test_beyond_the_nearest_a_source_must_have_a_word_of_the_question() -> None:
    texts = ["Cranes."] * 6
    assert chosen("dues?", 10, *texts, "Ships.", "Dues rose.") == [1, 2, 3, 4, 5, 6, 8]
    assert chosen("税?", 10, *texts, "Ships.") == [1, 2, 3, 4, 5, 6, 7]


def test_lists_of_names_come_last_unless_they_alone_have_a_word() -> None:
    assert chosen("dues?", 10, NAMES, "Dues rose.") == [2, 1]
    assert chosen("Berg1?", 10, NAMES, "Dues rose.") == [1, 2]


def test_a_listing_is_long_and_mostly_capitals() -> None:
    assert [is_listing(one) for one in sources(NAMES, "Anna Berg", "words and words " * 20)] == [
        True,
        False,
        False,
    ]
