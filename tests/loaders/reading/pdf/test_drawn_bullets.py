from __future__ import annotations

from pathlib import Path

from loaders.pages.page_layout import Fill
from loaders.reading.pdf.drawn_bullets import with_bullets
from samples.printer import Printer
from tests.drawn_words import words_at
from tests.read_back import read_here

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
