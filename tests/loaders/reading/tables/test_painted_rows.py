from __future__ import annotations

from loaders.pages.page_layout import Fill
from loaders.reading.tables.painted_rows import painted_edges
from tests.drawn_words import table_line

BAND = "#d0e0f0"
BOX = (50.0, 90.0, 250.0, 152.0)
LINES = [
    table_line(100 + 12 * number, (60, label))
    for number, label in enumerate(["Screw M8 with", "M8", "Nut", "Washer", "Total"])
]


def edges(*bands: tuple[float, float], colour: str = BAND) -> list[float]:
    """Of bands that are painted in two cells each."""
    fills = [Fill((x, top, x + 100, foot), colour) for top, foot in bands for x in (50.0, 150.0)]
    return [rule.box[1] for rule in painted_edges(LINES, fills, BOX)]


def test_rows_that_are_painted_by_turns_are_parted_at_the_edges_of_the_paint() -> None:
    assert edges((90, 115), (127, 139)) == [115, 127, 139]


def test_cells_that_are_painted_white_one_by_one_show_rows_too() -> None:
    bands = [(90.0, 115.0), (115.0, 127.0), (127.0, 139.0), (139.0, 151.0)]
    assert edges(*bands, colour="#ffffff") == [115, 127, 139]


def test_a_group_that_is_painted_as_a_whole_shows_no_rows() -> None:
    assert edges((90, 115), (115, 152)) == []
    assert edges((90, 115)) == []
