from __future__ import annotations

import itertools

import pytest

from loaders.pages.page_layout import Fill, Region, Token
from loaders.reading.tables.painted_cells import painted_cells
from loaders.reading.tables.table_builder import find_tables
from loaders.reading.tables.table_grid import to_html
from tests.drawn_words import table_line, words_at

BOX = (50.0, 88.0, 450.0, 190.0)
GREY = "#dde6d5"
EDGES = [50.0, 150.0, 250.0, 350.0, 450.0]
HEAD = [
    (50, 88, 150, 116),
    (150, 88, 350, 102),
    (350, 88, 450, 116),
    (150, 102, 250, 116),
    (250, 102, 350, 116),
]


def painted(*boxes: tuple[float, float, float, float], colour: str = GREY) -> list[Fill]:
    return [Fill(box, colour) for box in boxes]


def html(tokens: list[Token], fills: list[Fill]) -> str:
    (found,) = find_tables(tokens, Region("table", BOX, [], []), [], fills)
    return to_html(found.grid, BOX).split(">", 1)[1]


@pytest.mark.parametrize("colours", [(GREY, GREY), ("#6a1b3a", GREY)], ids=["one", "by line"])
def test_a_name_spans_what_its_paint_does(colours: tuple[str, str]) -> None:
    """Its words stand over two columns, and nothing but its paint tells of which."""
    tokens = [
        *words_at(60, 104, "Part"),
        *words_at(195, 98, "Uncertainty, %"),
        *words_at(360, 104, "Method"),
        *words_at(180, 112, "Soil"),
        *words_at(280, 112, "Water"),
    ]
    for row, label in enumerate(("Lead", "Zinc", "Iron")):
        y = 130.0 + 16 * row
        for x, text in ((55, label), (190, f"1{row}"), (290, f"2{row}"), (360, "DIN 4")):
            tokens += words_at(x, y, text)
    upper, lower = colours
    fills = painted(*HEAD[:3], colour=upper) + painted(*HEAD[3:], colour=lower)
    assert html(tokens, fills).startswith(
        '<thead><tr><th rowspan="2">Part</th><th colspan="2">Uncertainty, %</th>'
        '<th rowspan="2">Method</th></tr><tr><th>Soil</th><th>Water</th></tr></thead>'
        "<tbody><tr><td>Lead</td><td>10</td><td>20</td><td>DIN 4</td></tr>"
    )


def test_the_head_ends_where_its_paint_does() -> None:
    """A long cell begins above the label of its row, which stands in the middle."""
    tokens = [
        token
        for x, text in ((55, "Sample"), (160, "Name"), (260, "Depth"), (360, "Volume"))
        for token in words_at(x, 98, text)
    ]
    for y in (118.0, 148.0):
        for x, dy, text in (
            (55, 5, "P1"), (160, 0, "Ballast,"), (160, 10, "field"), (260, 5, "0.3"), (360, 5, "9"),
        ):  # fmt: skip
            tokens += words_at(x, y + dy, text)
    columns = itertools.pairwise(EDGES)
    found = html(tokens, painted(*((left, 88, right, 102) for left, right in columns)))
    assert found.startswith(
        "<thead><tr><th>Sample</th><th>Name</th><th>Depth</th><th>Volume</th></tr></thead>"
    )
    assert found.count("<td>Ballast, field</td>") == 2


LINES = [
    table_line(98, (55, "Part"), (180, "Soil"), (280, "Water"), (360, "Method")),
    table_line(114, (55, "Lead"), (190, "10"), (290, "20"), (360, "DIN")),
    table_line(130, (55, "Zinc"), (190, "11"), (290, "21"), (360, "DIN")),
]
ROW = [(left, 88.0, right, 102.0) for left, right in itertools.pairwise(EDGES)]


@pytest.mark.parametrize(
    ("boxes", "is_head"),
    [
        (ROW, True),
        ([(50.0, 88.0, 450.0, 102.0)], False),
        (ROW[:2], False),
        ([*ROW, *((left, 102.0, right, 140.0) for left, _, right, _ in ROW)], False),
        ([*ROW[:3], (300.0, 88.0, 450.0, 102.0)], False),
    ],
    ids=["each cell", "one band", "half of it", "the whole table", "cells that overlap"],
)
def test_cells_fill_the_head_and_it_alone(
    boxes: list[tuple[float, float, float, float]], *, is_head: bool
) -> None:
    found = painted_cells(LINES, painted(*boxes), [150.0, 250.0, 350.0], BOX)
    assert (found is not None) is is_head
    if found:
        assert found.columns == [150.0, 250.0, 350.0]


def test_paint_over_whose_edges_rows_run_tells_no_columns() -> None:
    wide = table_line(146, (55, "A name that is very long indeed"), (290, "21"), (360, "DIN"))
    assert painted_cells([*LINES, wide], painted(*ROW), [250.0, 350.0], BOX) is None
    assert painted_cells(LINES, painted(*ROW), [150.0, 200.0, 250.0, 350.0], BOX) is None


def test_blank_cells_that_keep_distance_are_no_columns() -> None:
    spaced = [*ROW[:2], (250.0, 88.0, 270.0, 102.0), (270.0, 88.0, 350.0, 102.0), ROW[3]]
    assert painted_cells(LINES, painted(*spaced), [150.0, 250.0, 350.0], BOX) is None


def test_a_name_in_each_cell_tells_a_column_that_print_does_not() -> None:
    found = painted_cells(LINES, painted(*ROW), [150.0, 250.0], BOX)
    assert found
    assert found.columns == [150.0, 250.0, 350.0]
