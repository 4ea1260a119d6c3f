from __future__ import annotations

from loaders.pages.page_layout import Rule
from loaders.reading.tables.lattice import edges, place, ruled_grid
from loaders.reading.tables.table_grid import Grid
from tests.drawn_words import level, table_line, upright

BOX = (50.0, 80.0, 250.0, 140.0)
LEVELS = [level(y, 50, 250) for y in (80, 100, 120, 140)]
UPRIGHTS = [upright(x, 80, 140) for x in (50, 150, 250)]
LINES = [
    table_line(92, (55, "Item"), (160, "Dues")),
    table_line(112, (55, "Pilotage"), (160, "12")),
    table_line(132, (55, "Mooring"), (160, "14")),
]


def shapes(rules: list[Rule]) -> dict[str, tuple[int, int, int, int]]:
    grid = ruled_grid(LINES, [100, 120], [150], rules, BOX)
    assert grid is not None
    return {one.text(): (one.row, one.column, one.rows, one.columns) for one in grid.cells}


def test_walls_part_the_cells_and_the_first_row_with_data_ends_the_head() -> None:
    grid = ruled_grid(LINES, [100, 120], [150], [*LEVELS, *UPRIGHTS], BOX)
    assert grid is not None
    assert (grid.width, grid.height, grid.header) == (2, 3, 1)
    assert [one.text() for one in grid.row(1)] == ["Pilotage", "12"]


def test_drawn_rows_of_words_are_no_head() -> None:
    texts = [("Item", "Dues"), ("Mooring", "on request"), ("Pilotage", "by mile"), ("Water", "12")]
    lines = [
        table_line(92 + 20 * row, (55, label), (160, value))
        for row, (label, value) in enumerate(texts)
    ]
    levels = [level(80 + 20 * row, 50, 250) for row in range(5)]
    walls = [upright(x, 80, 160) for x in (50, 150, 250)]
    box = (50.0, 80.0, 250.0, 160.0)
    grid = ruled_grid(lines, [100, 120, 140], [150], [*levels, *walls], box)
    assert grid is not None
    assert (grid.height, grid.header) == (4, 1)


def test_where_a_wall_is_missing_a_cell_spans() -> None:
    lines = [LEVELS[0], LEVELS[1], level(120, 150, 250), LEVELS[3]]
    found = shapes([*lines, *UPRIGHTS])
    assert found["Pilotage Mooring"] == (1, 0, 2, 1)
    assert found["14"] == (2, 1, 1, 1)


def test_columns_or_rows_without_rules_are_no_lattice() -> None:
    assert ruled_grid(LINES, [100, 120], [150, 200], [*LEVELS, *UPRIGHTS], BOX) is None
    assert ruled_grid(LINES, [100, 120], [150], [LEVELS[0], LEVELS[3], *UPRIGHTS], BOX) is None


def test_figures_above_each_other_between_two_rules_are_two_rows() -> None:
    lines = [*LINES, table_line(138, (55, "Cranes"), (160, "7"))]
    assert ruled_grid(lines, [100, 120], [150], [*LEVELS, *UPRIGHTS], BOX) is None


def test_rules_that_are_almost_one_are_taken_once_and_the_ends_are_added() -> None:
    assert edges([101, 100, 120, 123.5], 80, 140) == [79, 100, 120, 141]
    assert edges([], 80, 140) == [79, 141]


def test_a_place_outside_belongs_to_the_first_or_last_stretch() -> None:
    assert [place([0, 10, 20], value) for value in (-5, 0, 9, 10, 25)] == [0, 0, 0, 1, 1]


def test_the_rule_parts_columns_where_white_beside_a_spanning_cell_stands_elsewhere() -> None:
    """Left and right of a sign that is centred over two columns the white is off the rule."""
    lines = [
        table_line(92, (55, "Item"), (160, "least"), (210, "most")),
        table_line(112, (55, "Voltage"), (192, "DC")),
        table_line(132, (55, "Mooring"), (160, "14"), (230, "20")),
    ]
    walls = [*UPRIGHTS, upright(200, 80, 100), upright(200, 120, 140)]
    grid = ruled_grid(lines, [100, 120], [150, 215], [*LEVELS, *walls], BOX)
    assert grid is not None
    assert [(one.text(), one.column, one.columns) for one in grid.row(1)][1] == ("DC", 1, 2)
    assert [one.text() for one in grid.row(2)] == ["Mooring", "14", "20"]


def drawn(*rows: tuple[tuple[float, str], ...], gone: tuple[int, ...] = ()) -> Grid:
    """The grid of rows of three columns with all walls, but for upright ones in `gone` rows."""
    lines = [table_line(92 + 20 * n, *row) for n, row in enumerate(rows)]
    foot = 80 + 20 * len(rows)
    levels = [level(80 + 20 * n, 50, 350) for n in range(len(rows) + 1)]
    walls = [
        upright(x, 80 + 20 * n, 100 + 20 * n)
        for n in range(len(rows))
        for x in (50, 150, 250, 350)
        if not (n in gone and x in (150, 250))
    ]
    seen = [float(y) for y in range(100, foot, 20)]
    box = (50.0, 80.0, 350.0, float(foot))
    grid = ruled_grid(lines, seen, [150, 250], [*levels, *walls], box)
    assert grid is not None
    return grid


HEAD = ((55.0, "Item"), (160.0, "Dues"), (260.0, "Share"))
ROW = ((55.0, "Pilotage"), (160.0, "12"), (260.0, "14"))


def test_a_drawn_row_with_nothing_but_a_name_belongs_to_the_rows_below() -> None:
    name = ((55.0, "North quay"),)
    assert drawn(HEAD, name, ROW, ROW, ROW, ROW).header == 1
    assert drawn(HEAD, name, ROW, ROW, ROW, ROW, gone=(1,)).header == 1


def test_one_drawn_row_of_words_over_figures_is_data_unless_it_says_years_or_units() -> None:
    assert drawn(HEAD, ((55.0, "Cranes"), (160.0, "free"), (260.0, "none")), ROW, ROW).header == 1
    assert drawn(HEAD, ((55.0, "Year"), (160.0, "2024"), (260.0, "2025")), ROW, ROW).header == 2
    assert drawn(HEAD, ((55.0, "in"), (160.0, "(EUR)"), (260.0, "(%)")), ROW, ROW).header == 2
