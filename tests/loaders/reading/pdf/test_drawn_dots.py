from __future__ import annotations

import pytest

from loaders.pages.page_layout import Token
from loaders.reading.pdf.drawn_dots import with_dots
from loaders.reading.pdf.drawn_marks import RING, Shape
from tests.drawn_words import words_at


def dot(x: float, y: float, kind: str) -> Shape:
    box = (x, y - 7.0, x + 7.0, y)
    return Shape(box, RING, "") if kind == RING else Shape(box, "", "", kind)


def labels(*names: str) -> list[Token]:
    return [token for n, name in enumerate(names) for token in words_at(60, 100 + 18 * n, name)]


MATRIX = [dot(x, 100 + 18 * n, kind) for n in range(2) for x, kind in ((260, "disc"), (340, RING))]


def test_full_and_empty_dots_in_rows_and_columns_are_signs() -> None:
    words, is_changed = with_dots(labels("Cranes", "Tugs"), MATRIX)
    assert is_changed
    assert [token.text for token in words if not token.text.isalpha()] == ["●", "○", "●", "○"]


def test_the_dots_of_the_legend_have_signs_too() -> None:
    words, _ = with_dots(labels("Cranes", "Tugs", "mine"), [*MATRIX, dot(48, 136, "disc")])
    texts = [token.text for token in words]
    assert texts[texts.index("mine") - 1] == "●"


@pytest.mark.parametrize(
    "dots",
    [
        [dot(48, 100 + 18 * n, "disc") for n in range(2)],
        [dot(260, 100, "disc"), dot(300, 118, "disc")],
        [*MATRIX, *(dot(200 + 9 * n, 99 + 3 * n, "disc") for n in range(6))],
    ],
    ids=["bullets", "points", "a chart"],
)
def test_other_dots_are_none(dots: list[Shape]) -> None:
    words, is_changed = with_dots(labels("Cranes", "Tugs"), dots)
    assert not is_changed
    assert [token.text for token in words] == ["Cranes", "Tugs"]
