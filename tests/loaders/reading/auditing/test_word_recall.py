from __future__ import annotations

from loaders.pages.word import Word
from loaders.reading.auditing.word_recall import lost_and_added, terms_of, word_recall
from tests.drawn_words import words_at


def words(text: str, y: float = 100.0) -> list[Word]:
    return [Word(token.text, token.box) for token in words_at(50, y, text)]


def test_the_share_of_the_words_that_a_reading_kept() -> None:
    page = words("Dues of the inner harbour")
    assert word_recall("dues of THE inner harbour.", page) == 1.0
    assert word_recall("dues of the", page) == 0.6
    assert word_recall("", []) == 1.0


def test_a_word_counts_as_often_as_it_stands_there() -> None:
    assert word_recall("dues", words("dues dues")) == 0.5
    lost, added = lost_and_added("dues rose rose", words("dues dues rose"))
    assert (dict(lost), dict(added)) == ({"dues": 1}, {"rose": 1})


def test_a_word_that_was_broken_at_the_lines_end_is_one() -> None:
    page = [*words("the har-"), *words("bour", 114)]
    assert word_recall("the harbour", page) == 1.0
    assert word_recall("the har bour", page) == 1.0


def test_a_mark_that_is_a_word_of_its_own_may_be_part_of_the_one_before() -> None:
    page = [Word("Dues", (50, 92, 70, 102)), Word("1", (71, 92, 74, 97))]
    assert word_recall("Dues¹", page) == 1.0


def test_a_chinese_character_is_a_word_and_case_and_signs_do_not_count() -> None:
    assert terms_of("港口 A-1, Ｂ") == ["港", "口", "a", "1", "b"]
