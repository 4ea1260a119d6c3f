from __future__ import annotations

from loaders.pages.page_layout import Fill, Region, Token
from loaders.reading.tables.painted_rows import with_painted_rows
from tests.drawn_words import words_at

BAND = "#d0e0f0"


def rows_left(*bands: tuple[float, float], colour: str = BAND) -> list[float]:
    """Of five lines 12 points apart, each of which the model took for a row."""
    tokens: list[Token] = []
    for number, label in enumerate(["Screw M8 with", "M8", "Nut", "Washer", "Total"]):
        tokens += words_at(60, 100 + 12 * number, label)
    region = Region("table", (50, 90, 250, 152), [103, 115, 127, 139], [150])
    fills = [Fill((x, top, x + 100, foot), colour) for top, foot in bands for x in (50.0, 150.0)]
    return with_painted_rows(region, tokens, fills).rows


def test_a_painted_band_of_two_lines_is_one_row_where_rows_are_painted_by_turns() -> None:
    assert rows_left((91, 115), (127, 139)) == [115, 127, 139]


def test_a_group_that_is_painted_as_a_whole_keeps_its_rows() -> None:
    assert rows_left((91, 115), (115, 152)) == [103, 115, 127, 139]
    assert rows_left((91, 115)) == [103, 115, 127, 139]
    assert rows_left((91, 115), (127, 139), colour="#ffffff") == [103, 115, 127, 139]
