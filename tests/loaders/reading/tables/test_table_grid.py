from __future__ import annotations

from loaders.reading.tables.table_grid import (
    Cell,
    Grid,
    outdented,
    table_row,
    to_html,
    without_overlaps,
)
from tests.drawn_words import cell, phrase


def test_a_grid_is_written_with_its_place_its_head_and_its_spans() -> None:
    cells = [
        cell(0, 1, 150, "Dues", columns=2),
        Cell(1, 0, rows=2, phrases=[phrase(50, "North & South")]),
        cell(1, 1, 150, "12"),
        cell(2, 2, 250, "<14"),
    ]
    grid = Grid(3, 3, cells, header=1)
    assert to_html(grid, (1.2, 2.7, 30, 40)) == (
        '<table box="1 3 30 40"><thead><tr><th></th><th colspan="2">Dues</th></tr></thead><tbody>'
        '<tr><td rowspan="2">North &amp; South</td><td>12</td><td></td></tr>'
        "<tr><td></td><td>&lt;14</td></tr></tbody></table>"
    )


def test_a_cell_ends_where_the_next_one_of_its_row_begins() -> None:
    grid = Grid(3, 1, [cell(0, 0, 50, "Dues", columns=3), cell(0, 1, 150, "12", columns=2)])
    without_overlaps(grid)
    assert [one.columns for one in grid.cells] == [1, 2]
    assert table_row(grid, 0) == '<tr><td>Dues</td><td colspan="2">12</td></tr>'


def test_lines_of_a_cell_are_joined_and_known_words_mend_a_hyphen() -> None:
    broken = Cell(0, 0, phrases=[phrase(50, "Harbour-"), phrase(50, "master", 112)])
    assert broken.text() == "Harbourmaster"
    assert broken.text(["harbour-master"]) == "Harbour-master"


def test_cells_come_from_left_to_right_and_columns_have_their_bounds() -> None:
    grid = Grid(2, 1, [cell(0, 1, 150, "b"), cell(0, 0, 50, "a")], [100.0], 40.0, 200.0)
    assert [one.text() for one in grid.row(0)] == ["a", "b"]
    assert grid.bounds(0) == (40, 100)
    assert grid.bounds(0, 2) == (40, 200)
    assert grid.cells[0].box == (150, 92, 155, 102)


def test_dots_that_lead_from_a_label_to_its_figure_are_not_written() -> None:
    labels = ["Inventories, net . . . . . . .", "Goodwill.....", "and so on...", "......"]
    grid = Grid(1, 4, [cell(row, 0, 50, text) for row, text in enumerate(labels)])
    written = ["Inventories, net", "Goodwill", "and so on...", "......"]
    assert [table_row(grid, row) for row in range(4)] == [
        f"<tr><td>{text}</td></tr>" for text in written
    ]


def test_a_row_back_at_the_place_of_its_group_s_name_begins_a_part_of_its_own() -> None:
    labels = [(50, "Position"), (58, "Wing"), (58, "Back"), (50, "Injured before"), (50, "Female")]
    cells = [cell(row, 0, x, label) for row, (x, label) in enumerate(labels)]
    cells += [cell(row, 1, 225, f"{row}1") for row in range(1, 5)]
    made = Grid(2, 5, cells, [150.0], left=50.0, right=250.0)
    assert outdented(made) == {3}
    assert "</tr></tbody><tbody><tr><td>Injured before</td>" in to_html(made, (50, 90, 250, 160))
    level = [one for one in cells if one.column or one.phrases[0].box[0] == 50]
    assert outdented(Grid(2, 5, level, [150.0], left=50.0, right=250.0)) == set()
