from __future__ import annotations

from loaders.pages.page_layout import Sheet, Token
from loaders.reading.ocr.text_layer_trust import (
    COVERED,
    NO_LAYER,
    is_nonsense,
    is_unreadable,
    suspicion,
    unread,
)
from tests.drawn_words import words_at


def sheet(text: str, picture: tuple[float, float, float, float] | None = None) -> Sheet:
    pictures = [picture] if picture else []
    return Sheet(600, 800, words_at(50, 100, text) if text else [], pictures=pictures)


WORDS = "the dues of the inner harbour rose by a tenth in the second quarter"


def test_words_on_a_page_are_believed() -> None:
    assert suspicion(sheet(WORDS)) == ""
    assert suspicion(Sheet(600, 800, [])) == ""


def test_ink_without_words_is_no_text_layer() -> None:
    assert suspicion(Sheet(600, 800, [], has_ink=True)) == NO_LAYER


def test_glyphs_that_stand_for_nothing_say_no_letters() -> None:
    assert "which letters" in suspicion(sheet("Dues \ue001\ue002\ue003\ue004 rose"))
    page = sheet(WORDS)
    page.unmapped = 0.2
    assert "which letters" in suspicion(page)


def test_a_picture_over_the_page_covers_few_words_and_hides_unpainted_ones() -> None:
    page = sheet(WORDS, (0, 0, 600, 700))
    assert suspicion(page) == COVERED
    page.unpainted = 0.9
    assert "unseen under a picture" in suspicion(page)
    assert suspicion(sheet(" ".join([WORDS] * 6), (0, 0, 600, 700))) == ""
    assert suspicion(sheet(WORDS, (0, 0, 600, 300))) == ""


def test_letters_without_vowels_or_with_signs_amidst_make_no_words() -> None:
    assert is_nonsense(words_at(50, 100, " ".join(["xkcdt", "brndf"] * 8)))
    assert is_nonsense(words_at(50, 100, " ".join(["ab#cd", "du*es"] * 8)))
    assert not is_nonsense(words_at(50, 100, " ".join(["harbour", "dues"] * 8)))
    assert not is_nonsense(words_at(50, 100, "xkcdt brndf"))


def test_what_a_believed_layer_does_not_say_is_counted() -> None:
    page = sheet(WORDS, (300, 300, 500, 500))
    assert unread(page) == ["pictures not read: 1"]
    page.tokens.append(Token("\ufffd", (50, 200, 60, 210), uncoded=[(50, 200, 60, 210)]))
    assert unread(page) == ["pictures not read: 1", "glyphs without a code: in 1 words"]
    page.scanned = NO_LAYER
    assert unread(page) == []


def test_private_and_control_characters_cannot_be_read() -> None:
    assert [is_unreadable(char) for char in "\ue001\ufffd\x07a€"] == [
        True,
        True,
        True,
        False,
        False,
    ]
