from __future__ import annotations

from pathlib import Path

import pytest

from loaders.pages.page_layout import Region
from loaders.reading.tables.header_spans import (
    centre_section,
    drop_empty_rows,
    line_through,
    recognise,
    span_above,
)
from loaders.reading.tables.table_builder import find_tables
from loaders.reading.tables.table_grid import Cell, Grid
from samples.printer import Printer
from tests.drawn_words import cell, level, phrase, table_line, upright
from tests.read_back import read_back

COLUMNS = [150.0, 250.0, 350.0]
"""Between a column of labels from 50 on, and three of figures that end at 240, 340 and 440."""


def grid(*cells: Cell, header: int, height: int) -> Grid:
    return Grid(4, height, list(cells), COLUMNS, left=50.0, right=450.0, header=header)


def figures(row: int, label: str = "Ferries") -> list[Cell]:
    values = [cell(row, 1 + n, 225 + 100 * n, f"{n + 1}{row}0") for n in range(3)]
    return [cell(row, 0, 50, label), *values]


def places(found: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {one.text(): (one.row, one.column, one.rows, one.columns) for one in found.cells}


def test_a_header_spans_the_columns_over_its_rule() -> None:
    heads = [cell(1, 1 + n, 220 + 100 * n, str(2023 + n)) for n in range(3)]
    made = grid(cell(0, 2, 265, "Group"), *heads, *figures(2), *figures(3), header=2, height=4)
    recognise(made, [level(104, 160, 345)], (50, 90, 450, 150))
    assert places(made)["Group"] == (0, 1, 1, 2)
    assert places(made)["2025"] == (0, 3, 2, 1)


def test_a_lone_header_over_the_middle_of_its_columns_spans_them() -> None:
    heads = [cell(1, 1 + n, 220 + 100 * n, str(2023 + n)) for n in range(3)]
    made = grid(cell(0, 2, 300, "Tonnes"), *heads, *figures(2), *figures(3), header=2, height=4)
    recognise(made, [], (50, 90, 450, 150))
    assert places(made)["Tonnes"] == (0, 1, 1, 3)


def test_drawn_lines_beside_a_header_say_what_it_spans_wherever_in_its_cell_it_stands(
    tmp_path: Path,
) -> None:
    printer = Printer()
    y = printer.prose(60)
    walls = [60.0, 160.0, *(160.0 + 40 * n for n in range(1, 10))]
    for x in walls:
        whole = x in (walls[0], walls[1], walls[4], walls[7], walls[-1])
        printer.rule(x, y if whole else y + 16, x, y + 80, 0.4)
    for height in (0, 32):
        printer.rule(walls[0], y + height, walls[-1], y + height, 0.4)
    printer.rule(walls[1], y + 16, walls[-1], y + 16, 0.4)
    printer.text(63, y + 19, "Branch", 8)
    names = ("Lines", "Length of lines in km", "Passengers in 1,000")
    for number, name in enumerate(names):
        printer.text(walls[1 + 3 * number] + 3, y + 11, name, 8)
    for number, wall in enumerate(walls[1:-1]):
        printer.text(wall + 3, y + 27, str(2022 + number % 3), 8)
    rows = [[label, *(f"{n + 1}{row}7" for n in range(9))] for row, label in enumerate("ABC", 1)]
    for row, cells in enumerate(rows):
        printer.text(63, y + 43 + 14 * row, f"Depot {cells[0]}", 8)
        for wall, value in zip(walls[2:], cells[1:], strict=True):
            printer.text(wall - 3 - printer.width_of(value, 8), y + 43 + 14 * row, value, 8)
    printer.prose(y + 110)
    (page,) = read_back(printer.save(tmp_path / "drawn.pdf"))
    (block,) = [block for block in page.blocks if block.table]
    assert block.table is not None
    lines = block.table.to_lines()
    assert "Depot A › Lines › 2024 = 317" in lines
    assert "Depot B › Length of lines in km › 2022 = 427" in lines
    assert "Depot C › Passengers in 1,000 › 2024 = 937" in lines


@pytest.mark.parametrize(
    ("walls", "wanted"),
    [
        ((45, 150, 455), (0, 1, 1, 3)),  # the others are drawn below it, and not beside it
        ((45, 150, 250, 455), (0, 1, 1, 1)),
        ((45, 455), (0, 1, 1, 1)),  # a frame alone: it stands over its own column, at the right
    ],
)
def test_lines_beside_a_header_tell_only_with_others_that_part_its_columns(
    walls: tuple[float, ...], wanted: tuple[int, int, int, int]
) -> None:
    heads = [cell(1, 1 + n, 220 + 100 * n, text) for n, text in enumerate(("old", "new", "all"))]
    made = grid(cell(0, 1, 205, "Tonnes"), *heads, *figures(2), *figures(3), header=2, height=4)
    inner = [upright(x, 106, 150) for x in (250, 350)] if len(walls) > 2 else []
    recognise(made, [*(upright(x, 90, 150) for x in walls), *inner], (50, 90, 450, 150))
    assert next(place for text, place in places(made).items() if text[:6] == "Tonnes") == wanted


@pytest.mark.parametrize("foot", [False, True])
def test_a_name_amid_nameless_columns_spans_them_where_names_begin_on_top(*, foot: bool) -> None:
    columns = [150.0, 250.0, 350.0, 450.0]
    heads = [cell(0, 2, 272.5, "Development"), cell(0, 4, 497.5, "p")]
    names = [cell(1, 1 + n, 192.5 + 100 * n, text) for n, text in enumerate(("all", "few", "non"))]
    if foot:  # all names may as well end at the foot of the head
        names.append(cell(1, 4, 492.5, "max"))
    rows = [cell(row, 1 + n, 195 + 100 * n, f"{n}{row}") for row in (2, 3) for n in range(4)]
    made = Grid(5, 4, [*heads, *names, *rows], columns, left=50.0, right=550.0, header=2)
    recognise(made, [], (50, 90, 550, 150))
    assert ("Development" in places(made)) is not foot
    assert foot or places(made)["Development"] == (0, 1, 1, 3)


def test_a_lone_phrase_in_the_middle_names_the_rows_below() -> None:
    made = grid(*figures(0), cell(1, 2, 230, "Discontinued"), *figures(2), header=0, height=3)
    centre_section(made, 1)
    assert places(made)["Discontinued"] == (1, 0, 1, 4)


def test_a_lone_label_at_the_left_and_a_lone_figure_keep_their_place() -> None:
    made = grid(cell(0, 0, 50, "Ferries"), cell(1, 2, 245, "510"), header=0, height=2)
    for row in (0, 1):
        centre_section(made, row)
    assert places(made) == {"Ferries": (0, 0, 1, 1), "510": (1, 2, 1, 1)}


def test_a_row_in_which_no_cell_begins_goes_and_spans_shrink() -> None:
    tall = Cell(0, 0, rows=3, phrases=[phrase(50, "Ferries")])
    made = grid(tall, cell(0, 1, 225, "110"), cell(2, 1, 225, "120"), header=2, height=3)
    drop_empty_rows(made)
    assert (made.height, made.header) == (2, 1)
    assert [(one.row, one.rows) for one in made.cells] == [(0, 2), (0, 1), (1, 1)]


def test_a_line_that_is_drawn_in_parts_that_touch_is_one() -> None:
    rules = [level(104, 160, 220), level(104, 220.8, 300), level(104, 330, 400)]
    assert line_through(rules, rules[1].box) == (160, 300)


def test_the_next_line_of_a_spanning_name_spans_with_it() -> None:
    upper, lower = cell(0, 1, 225, "Six Months Ended", columns=2), cell(1, 1, 245, "June 30,")
    made = grid(upper, lower, *figures(2), header=2, height=3)
    assert span_above(made, lower, 1, 4) == (1, 3)
    aside = cell(1, 2, 300, "June 30,")
    assert span_above(grid(upper, aside, *figures(2), header=2, height=3), aside, 1, 4) is None


def test_the_rule_below_a_whole_head_spans_nothing() -> None:
    made = grid(
        *(cell(0, 1 + n, 205 + 100 * n, f"Price {n}") for n in range(3)),
        cell(1, 2, 320, "in £"),
        *figures(2),
        *figures(3),
        header=2,
        height=4,
    )
    recognise(made, [level(118, 160, 450)], (50, 90, 450, 150))
    assert places(made)["Price 1 in £"] == (0, 2, 1, 1)


def test_a_name_askew_of_the_one_below_and_midways_over_three_spans_them() -> None:
    names = ("Underlying", "Nonunderlying", "Total")
    made = grid(
        cell(0, 2, 290, "2025"),
        *(cell(1, 1 + n, 240 + 100 * n - 5 * len(name), name) for n, name in enumerate(names)),
        *figures(2),
        *figures(3),
        header=2,
        height=4,
    )
    recognise(made, [], (50, 90, 450, 150))
    assert places(made)["2025"] == (0, 1, 1, 3)


def test_beside_a_spanning_name_another_one_spans_what_is_left() -> None:
    columns = [150.0, 210.0, 270.0, 330.0, 390.0]
    values = [cell(row, 1 + n, 190 + 60 * n, "11") for row in (2, 3) for n in range(5)]
    names = [cell(1, 1 + n, 190 + 60 * n, "No") for n in range(5)]
    heads = [cell(0, 2, 230, "To date"), cell(0, 4, 380, "Year")]
    labels = [cell(row, 0, 50, "Ferries") for row in (2, 3)]
    made = Grid(6, 4, [*heads, *names, *labels, *values], columns, left=50.0, right=450.0, header=2)
    recognise(made, [level(104, 335, 448)], (50, 90, 450, 150))
    assert places(made)["Year"] == (0, 4, 1, 2)
    assert places(made)["To date"] == (0, 1, 1, 3)


def test_years_at_the_left_of_the_names_below_stand_up_to_the_next_year() -> None:
    made = grid(
        cell(0, 1, 160, "2024"),
        cell(0, 3, 360, "2023"),
        *(cell(1, 1 + n, 160 + 100 * n, f"Name {n}") for n in range(3)),
        *figures(2),
        *figures(3),
        header=2,
        height=4,
    )
    recognise(made, [], (50, 90, 450, 150))
    assert places(made)["2024"] == (0, 1, 1, 2)
    assert places(made)["2023 Name 2"] == (0, 3, 2, 1)


def test_a_name_that_ends_where_its_next_line_does_stands_over_no_neighbour() -> None:
    upper = [cell(0, 2, 305, "Q3 2024"), cell(0, 3, 405, "9M 2024")]
    lower = [cell(1, 1, 205, "Q3 2025"), *(cell(1, n, 100 * n + 100, "restated") for n in (2, 3))]
    for one in upper:
        one.phrases = [phrase(one.box[0], one.text(), 104.0)]
    made = grid(*upper, *lower, *figures(2), *figures(3), header=2, height=4)
    recognise(made, [], (50, 90, 450, 150))
    assert {one.columns for one in made.cells} == {1}
    assert "Q3 2024 restated" in places(made)


def test_a_name_that_begins_where_the_next_below_does_names_no_neighbour() -> None:
    lines = [
        table_line(100, (50, "Land"), (160, "People"), (360, "Income")),
        table_line(112, (160, "2022"), (260, "2023"), (360, "bn pounds")),
        *(
            table_line(130 + 14 * n, (50, land), (225, "1,204"), (325, "1,211"), (425, "88.1"))
            for n, land in enumerate(("North", "East", "West"))
        ),
    ]
    tokens = [token for line in lines for phrase in line.phrases for token in phrase.tokens]
    region = Region("table", (45, 90, 450, 165), [], [150.0, 250.0, 355.0])
    (table,) = find_tables(tokens, region, [])
    (income,) = [cell for cell in table.grid.cells if cell.text().startswith("Income")]
    assert (income.column, income.columns) == (3, 1)


def test_a_hyphenated_name_is_one_word_over_its_own_column() -> None:
    heads = [cell(0, 1 + 2 * n, 225 + 200 * n, str(2024 - n)) for n in range(2)]
    edges = [150.0, 250.0, 350.0, 450.0]
    names = [
        cell(2, n, 200 + 100 * (n - 1), "bildende" if n % 2 else "Gesamt") for n in range(1, 5)
    ]
    halves = [cell(1, n, 210 + 100 * (n - 1), "Auszu-") for n in (1, 3)]
    rows = [cell(row, n, 225 + 100 * (n - 1), f"{row}{n}0") for row in (3, 4) for n in range(1, 5)]
    labels = [cell(row, 0, 50, "Netze") for row in (3, 4)]
    made = Grid(
        5, 5, [*heads, *names, *halves, *rows, *labels], edges, left=50, right=550, header=3
    )
    recognise(made, [], (50, 90, 550, 170))
    assert places(made)["2024"] == (0, 1, 1, 2)
    assert [one.columns for one in made.cells if one.text() == "Auszubildende"] == [1, 1]
