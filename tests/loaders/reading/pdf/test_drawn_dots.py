from __future__ import annotations

from pathlib import Path

import pytest

from loaders.pages.page_layout import Fill, Token
from loaders.reading.pdf.drawn_dots import with_bullets, with_dots
from loaders.reading.pdf.drawn_marks import RING, Shape
from samples.printer import Printer
from tests.drawn_words import words_at
from tests.read_back import read_here


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


TOKENS = [*words_at(60, 100, "Net profit rose"), *words_at(60, 114, "Costs fell")]
PLACES = ((48.0, 94.0, 52.0, 98.0), (48.0, 108.0, 52.0, 112.0))


def texts(*fills: Fill) -> list[str]:
    return [token.text for token in with_bullets(TOKENS, fills)]


def test_dots_before_lines_are_bullets() -> None:
    found = texts(*(Fill(box, "#000000") for box in PLACES))
    assert found == ["•", "Net", "profit", "rose", "•", "Costs", "fell"]


def test_one_dot_patches_of_a_legend_and_areas_are_none() -> None:
    plain = [token.text for token in TOKENS]
    assert texts(Fill(PLACES[0], "#000000")) == plain
    assert texts(Fill(PLACES[0], "#ff0000"), Fill(PLACES[1], "#0000ff")) == plain
    assert texts(*(Fill((x0 - 9, y0 - 6, x1, y1), "#000000") for x0, y0, x1, y1 in PLACES)) == plain


def test_items_behind_drawn_bullets_are_lines_of_a_list(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    items = ("Net profit rose to 198 million", "Costs fell by 4 million", "Nothing was sold")
    for number, item in enumerate(items):
        top = y + 14 * number
        printer.page.draw_circle((64, top - 3.5), 1.8, color=None, fill=(0, 0, 0))
        printer.text(72, top, item)
    (page,) = read_here(printer.save(tmp_path / "bullets.pdf"))
    for item in items:
        assert f"- {item}\n" in page.reading.markup or f"- {item}<" in page.reading.markup
