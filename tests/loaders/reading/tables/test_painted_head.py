from __future__ import annotations

from loaders.pages.page_layout import Fill
from loaders.reading.tables.painted_head import painted_head
from tests.drawn_words import table_line

BOX = (50.0, 88.0, 450.0, 160.0)
COLUMNS = [150.0, 300.0]
LINES = [
    table_line(100, (180, "TX 40"), (320, "TX 60")),
    table_line(116, (55, "Engine")),
    table_line(132, (55, "Model"), (180, "Dravik A"), (320, "Dravik B")),
    table_line(148, (55, "Displacement"), (180, "2.43"), (320, "3.01")),
]


def fill(top: float, foot: float, colour: str = "#454545") -> Fill:
    return Fill((50.0, top, 450.0, foot), colour)


def test_words_below_the_painted_head_are_no_names_of_columns() -> None:
    grey = fill(104, 120, "#ededed")
    assert painted_head(LINES, COLUMNS, [fill(88, 104), grey], BOX) == 1
    assert painted_head(LINES, COLUMNS, [fill(120, 136)], BOX) == 0


def test_paint_that_comes_again_is_that_of_rows() -> None:
    assert painted_head(LINES, COLUMNS, [fill(88, 104), fill(120, 136)], BOX) == 0


def test_a_painted_title_alone_is_no_head() -> None:
    title = table_line(84, (55, "Technical data"))
    assert painted_head([title, *LINES], COLUMNS, [fill(72, 88)], BOX) == 0


def test_a_line_without_label_below_the_paint_goes_on_with_the_head() -> None:
    lines = [LINES[0], table_line(116, (180, "standard"), (320, "on request")), LINES[3]]
    assert painted_head(lines, COLUMNS, [fill(88, 104)], BOX) == 2
