from __future__ import annotations

import pytest

from loaders.pages.page_layout import ReadPicture, Region, Sheet, Token
from loaders.pages.word import Box
from loaders.reading.layout.picture_regions import is_table, joined_strips, to_read, with_pictures
from tests.drawn_words import level, words_at

PICTURE: Box = (40.0, 80.0, 440.0, 300.0)


def sheet(tokens: list[Token], *, is_prose: bool) -> Sheet:
    return Sheet(600, 800, tokens, read_pictures=[ReadPicture(PICTURE, is_prose)])


def lines(count: int, text: str) -> list[Token]:
    return [token for n in range(count) for token in words_at(50, 100 + 14 * n, text)]


def test_stamps_and_borders_are_not_read() -> None:
    boxes: list[Box] = [(0, 0, 70, 70), (0, 0, 600, 14), (0, 0, 200, 100)]
    assert to_read(Sheet(600, 800, [], pictures=boxes)) == [(0, 0, 200, 100)]


def test_strips_of_a_scanner_are_one_picture() -> None:
    strips: list[Box] = [(0, 100, 600, 200), (0, 0, 600, 99), (0, 200, 600, 300)]
    assert joined_strips(strips) == [(0, 0, 600, 300)]
    beside: list[Box] = [(0, 0, 300, 100), (300, 0, 600, 100), (700, 0, 800, 100)]
    assert joined_strips(beside) == [(0, 0, 600, 100), (700, 0, 800, 100)]
    assert joined_strips([(0, 0, 300, 100), (0, 100, 200, 200)]) == [
        (0, 0, 300, 100),
        (0, 100, 200, 200),
    ]


def test_a_picture_of_words_that_are_no_prose_and_no_table_stays_a_picture() -> None:
    page = sheet(lines(5, "North quay and South quay"), is_prose=False)
    page.regions = [Region("text", (50, 90, 200, 120)), Region("text", (50, 700, 200, 720))]
    found = with_pictures(page, lambda part: [Region("text", PICTURE)])
    assert [(one.kind, one.is_read) for one in found] == [("text", False), ("picture", True)]
    assert found[0].box[1] == 700


@pytest.mark.parametrize("is_prose", [False, True])
def test_doubtful_words_of_a_drawing_are_told_those_of_prose_stay(is_prose: bool) -> None:
    page = sheet(words_at(50, 500, "outside"), is_prose=is_prose)
    strokes = [*words_at(50, 100, "Hatfieud -"), *words_at(50, 120, "Seale")]
    page.tokens += [*words_at(200, 100, "Dwight"), *strokes]
    page.read_pictures = [ReadPicture(PICTURE, is_prose, strokes)]
    page.unsure = ["1,204", "Seale"]
    with_pictures(page, lambda part: [])
    texts = [token.text for token in page.tokens]
    if is_prose:
        assert texts == ["outside", "Dwight", "Hatfieud", "-", "Seale"]
        assert page.unsure == ["1,204", "Seale"]
        assert page.notes == []
    else:
        assert texts == ["outside", "Dwight"]
        assert page.notes == ["not surely read in a drawing: Hatfieud Seale"]
        assert page.unsure == ["1,204"]


def test_prose_in_a_picture_is_what_the_model_sees_of_its_words_alone() -> None:
    page = sheet(
        [*lines(5, "North quay and South quay"), *words_at(50, 500, "outside")], is_prose=True
    )
    asked: list[int] = []

    def seen(part: Sheet) -> list[Region]:
        asked.append(len(part.tokens))
        return [Region("text", PICTURE)]

    assert with_pictures(page, seen) == [Region("text", PICTURE)]
    assert asked == [25]


def test_few_words_in_a_picture_are_not_asked_about() -> None:
    page = sheet(lines(2, "North quay"), is_prose=True)
    assert with_pictures(page, lambda part: [Region("text", PICTURE)]) == []


def test_a_table_is_borne_out_by_rules_or_figures() -> None:
    found = [Region("table", PICTURE)]
    assert is_table(Sheet(600, 800, lines(5, "North 12")), found)
    assert not is_table(Sheet(600, 800, lines(5, "North quay")), found)
    rules = [level(y, 40, 440) for y in (90, 120, 150)]
    assert is_table(Sheet(600, 800, lines(5, "North quay"), rules=rules), found)
    assert not is_table(Sheet(600, 800, lines(5, "North 12")), [])
