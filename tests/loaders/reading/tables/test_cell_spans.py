from __future__ import annotations

from pathlib import Path

import pytest

from loaders.pages.page_layout import Region, Rule, Token
from loaders.reading.tables.cell_spans import join_labels, parted_around
from loaders.reading.tables.table_builder import find_tables
from loaders.reading.tables.table_grid import Cell, Grid
from samples.printer import Printer
from tests.drawn_words import cell
from tests.read_back import read_here

HALF = 2.0
"""Points that a letter of the print below is wide, halved."""


def words(y: float, *places: tuple[float, str]) -> list[Token]:
    """Words of 8 points around the given middles, on one line."""
    tokens: list[Token] = []
    for centre, text in places:
        x = centre - HALF * len(text)
        for word in text.split():
            width = 2 * HALF * len(word)
            tokens.append(Token(word, (x, y, x + width, y + 8), y + 7, 8, line=int(y)))
            x += width + HALF
    return tokens


def grid(tokens: list[Token], columns: list[float]) -> Grid:
    """The grid as it is found where the model sees a line over each line of print with a figure."""
    rows = sorted({token.box[1] - 3 for token in tokens if token.text[0].isdigit()})
    region = Region("table", (40, 90, 460, 400), rows, columns)
    (table,) = find_tables(tokens, region, [])
    return table.grid


def rows_of(found: Grid, text: str) -> tuple[int, int]:
    """First and last row of the cell that says this."""
    (cell,) = [cell for cell in found.cells if cell.text() == text]
    return cell.row, cell.row + cell.rows - 1


def columns_of(found: Grid, text: str) -> tuple[int, int]:
    """First and last column of the cell that says this."""
    (cell,) = [cell for cell in found.cells if cell.text() == text]
    return cell.column, cell.column + cell.columns - 1


def rows_from(y: float, *rows: tuple[str, ...], at: list[float]) -> list[Token]:
    """Rows of print below each other, 14 points apart."""
    return [
        token
        for number, row in enumerate(rows)
        for token in words(y + 14 * number, *zip(at, row, strict=True))
    ]


def test_a_label_between_rows_stands_for_those_it_is_in_the_middle_of() -> None:
    rows = [("Random forest", "75.2"), ("Linear model", "99.8"), ("No training", "56.6")]
    rows += [("Larger model", "26.8"), ("Large model", "31.7")]
    tokens = words(100, (60, "Task"), (170, "Method"), (300, "Recall"))
    tokens += rows_from(118, *rows, at=[170, 300])
    tokens += words(125, (60, "Reading")) + words(160, (60, "Speech"))
    found = grid(tokens, [110, 240])
    assert rows_of(found, "Reading") == (1, 2)
    assert rows_of(found, "Speech") == (3, 5)
    assert found.height == 6


def test_a_label_on_the_first_of_its_rows_stays_there() -> None:
    rows = [("Random forest", "75.2"), ("Linear model", "99.8"), ("No training", "56.6")]
    rows += [("Larger model", "26.8")]
    tokens = words(100, (60, "Task"), (170, "Method"), (300, "Recall"))
    tokens += rows_from(118, *rows, at=[170, 300])
    tokens += words(118, (60, "Reading")) + words(146, (60, "Speech"))
    found = grid(tokens, [110, 240])
    assert rows_of(found, "Reading") == (1, 1)
    assert rows_of(found, "Speech") == (3, 3)


def test_names_that_come_again_begin_anew_under_each_header() -> None:
    at = [60.0, 160, 220, 280, 340, 400, 450]
    tokens = words(100, (222, "Fair Value"), (398, "Gross Amount"))
    tokens += words(114, *zip(at, ("", *["Units", "Margin", "Cost"] * 2), strict=True))
    tokens += rows_from(
        128, ("Europe", "6", "8", "130", "38", "60", "6"), ("Asia", *"9198467"[:6]), at=at
    )
    found = grid(tokens, [120, 190, 250, 310, 370, 425])
    assert columns_of(found, "Fair Value") == (1, 3)
    assert columns_of(found, "Gross Amount") == (4, 6)


def test_one_header_over_years_names_all_of_them_and_nothing_beside() -> None:
    at = [70.0, 200, 280, 340, 400]
    tokens = words(100, (340, "As of December 31,"))
    tokens += words(114, *zip(at, ("", "Note", "2013", "2012", "2011"), strict=True))
    tokens += rows_from(
        128, ("Goodwill", "6", "3,368", "32", "23,502"), ("Stock", "17", "20", "338", "6"), at=at
    )
    found = grid(tokens, [150, 240, 310, 370])
    assert columns_of(found, "As of December 31,") == (2, 4)


def test_what_stands_under_a_span_and_beside_it_is_one_level() -> None:
    at = [70.0, 180, 250, 340]
    tokens = words(100, (215, "AIME 2024"), (340, "MATH"))
    tokens += words(110, *zip(at, ("Model", "pass@1", "cons@64", "pass@1"), strict=True))
    tokens += rows_from(
        126, ("first", "50.0", "60.0", "90.6"), ("second", "47.0", "61.0", "91.6"), at=at
    )
    found = grid(tokens, [120, 215, 295])
    head = [cell.text() for cell in found.cells if cell.row < found.header and cell.column == 3]
    assert head == ["MATH", "pass@1"]


def test_the_only_figure_of_a_column_has_a_column() -> None:
    at = [70.0, 250, 320]
    rows = [(f"Item {chr(65 + n)}", f"{n + 2},178.25", f"{n + 1},631.32") for n in range(14)]
    tokens = words(100, (170, "Note"), (250, "2018"), (320, "2017"))
    tokens += rows_from(114, *rows, at=at) + words(142, (170, "28"))
    found = grid(tokens, [120, 210, 285])
    assert found.width == 4
    assert [cell.column for cell in found.cells if cell.text() == "28"] == [1]


def test_a_unit_beside_years_is_no_line_over_the_table() -> None:
    tokens = words(100, (70, "单位：万元"), (200, "2022年"), (300, "2021年"))
    tokens += rows_from(114, ("存货", "73.84", "499.48"), ("商誉", "8.1", "9.2"), at=[60, 200, 300])
    region = Region("table", (40, 90, 460, 400), [], [150, 250])
    (table,) = find_tables(tokens, region, [])
    assert table.above == []
    assert [cell.text() for cell in table.grid.row(0)] == ["单位：万元", "2022年", "2021年"]


def test_a_label_is_broken_where_the_longest_one_ends() -> None:
    tokens = words(100, (260, "2023"), (330, "2022"))
    lines = ("Selling, general and administrative", "expenses", "Current portion of long-term debt")
    for number, line in enumerate(lines):
        y = 114 + 12 * number
        tokens += words(y, (50 + HALF * len(line), line))
        if number != 1:
            tokens += words(y, (260, "472"), (330, "184"))
    found = grid(tokens, [230, 300])
    assert [cell.text() for cell in found.cells if cell.column == 0] == [
        "Selling, general and administrative expenses",
        "Current portion of long-term debt",
    ]


def test_two_lines_over_pairs_of_years_are_one_name_and_a_percent_sign_begins_another() -> None:
    at = [70.0, 180, 220, 280, 320, 355]
    tokens = words(90, (200, "Three Months"), (300, "Six Months"))
    tokens += words(100, (200, "June 30,"), (300, "June 30,"))
    tokens += words(110, *zip(at, ("", *["2013", "2012"] * 2, "% Change"), strict=True))
    tokens += rows_from(126, ("Sales", "41", "32", "81", "63", "9.8%"), at=at)
    tokens += rows_from(140, ("Costs", "31", "22", "61", "43", "8.9%"), at=at)
    found = grid(tokens, [140, 200, 250, 300])
    assert columns_of(found, "Three Months June 30,") == (1, 2)
    assert columns_of(found, "Six Months June 30,") == (3, 4)
    assert columns_of(found, "% Change") == (5, 5)


def test_ranges_are_values_in_a_row_and_names_in_a_header() -> None:
    at = [70.0, 180, 250, 320]
    tokens = words(100, *zip(at, ("Age", "18–24", "25–34", "35–44"), strict=True))
    tokens += rows_from(114, ("Cities", "31.3 ± 0.5", "3–17", "4–18"), at=at)
    tokens += rows_from(128, ("Towns", "75.7", "78.1", "61.4 ± 1.9"), at=at)
    found = grid(tokens, [130, 215, 285])
    assert found.header == 1
    assert [cell.text() for cell in found.row(1)] == ["Cities", "31.3 ± 0.5", "3–17", "4–18"]


def test_the_one_line_of_figures_shows_columns_that_a_header_over_two_hides() -> None:
    at = [70.0, 180, 230, 300, 350]
    tokens = words(90, (205, "January 2023"), (325, "January 2022"))
    tokens += words(100, *zip(at, ("", *["Fair", "Carrying"] * 2), strict=True))
    tokens += rows_from(112, ("Debt", "1,019", "1,143", "1,205", "1,200"), at=at)
    found = grid(tokens, [140, 207, 265, 325])
    assert [cell.text() for cell in found.row(2)] == ["Debt", "1,019", "1,143", "1,205", "1,200"]


def test_the_underline_of_a_link_is_no_line_across_the_table() -> None:
    at = [70.0, 180, 320]
    tokens = words(100, *zip(at, ("No.", "Description", "Form"), strict=True))
    rows = [(f"4.{n}", "Form of an agreement", f"{n}-K") for n in range(6)]
    for number, row in enumerate(rows):
        tokens += words(114 + 14 * number, *zip(at, row, strict=True))
    links = [Rule((60, y, 250, y + 0.5)) for y in (123, 151, 165) for _ in range(2)]
    region = Region("table", (55, 95, 330, 200), [111, 125, 139, 153, 167, 181], [100, 260])
    (table,) = find_tables(tokens, region, links)
    assert table.grid.height == 7


def test_a_table_that_goes_on_has_no_header() -> None:
    at = [80.0, 200, 300]
    tokens = rows_from(100, ("Gains of sales", "5,180", "6,286"), ("Grants", "17", "93"), at=at)
    assert grid(tokens, [150, 250]).header == 0
    tokens = words(72, (70, "of which:")) + words(86, (70, "others")) + tokens
    assert grid(tokens, [150, 250]).header == 0


def test_no_column_begins_within_an_overlong_label() -> None:
    tokens = words(90, (300, "2019"), (380, "2018"))
    for number in range(13):
        tokens += words(104 + 12 * number, (80, f"Item {chr(65 + number)} of stock"))
        tokens += words(104 + 12 * number, (300, f"{number + 2},481"), (380, f"{number + 4},571"))
    label = "issued; 15,710 shares outstanding at 2019 and 2018"
    y = 104 + 12 * 13
    tokens += words(y, (50 + HALF * len(label), label), (300, "6,509"), (380, "6,509"))
    found = grid(tokens, [285, 340])
    assert found.columns[0] > found.row(found.height - 1)[0].box[2]


@pytest.mark.parametrize("amid", [True, False])
def test_low_names_are_under_the_header_on_their_left_where_others_stand_amid_the_head(
    tmp_path: Path, amid: bool
) -> None:
    printer = Printer()
    y = printer.prose(60)
    heads = [(240, 0, "Falls"), (390, 0, "Fevers")]
    heads += [(x, 6 if amid else 0, t) for x, t in ((60, "Ward"), (170, "Cases"), (480, "Beds"))]
    heads += [(240, 12, "n"), (285, 12, "%"), (330, 12, "per day"), (390, 12, "n"), (435, 12, "%")]
    for x, down, text in heads:
        printer.text(x, y + down, text, 8, "hebo")
    places = [60, 205, 260, 310, 375, 410, 460, 515]
    rows = [["North", "4,120", "31", "0.75", "1.2", "44", "1.07", "120"]]
    rows += [["South", "6,033", "40", "0.66", "1.0", "51", "0.85", "188"]]
    rows += [["East", "2,871", "29", "1.01", "1.7", "20", "0.70", "75"]]
    for number, row in enumerate(rows, start=2):
        for place, text in zip(places, row, strict=True):
            shift = printer.width_of(text, 8) if place > 60 else 0.0
            printer.text(place - shift, y + 14 * number, text, 8)
    printer.prose(y + 100)
    (page,) = read_here(printer.save(tmp_path / "wards.pdf"))
    top = ["Ward", "Cases", "Falls", "", "", "Fevers", "", "Beds"]
    assert (page.tables[0][0] == top) is amid
    assert page.tables[0][-3:] == rows


def test_names_that_come_again_behind_a_column_of_its_own_are_under_each_header() -> None:
    at = [60.0, 140, 190, 250, 310, 360]
    tokens = words(100, (60, "Ward"), (165, "Falls"), (250, "Beds"), (335, "Fevers"))
    tokens += words(112, (140, "n"), (190, "rate"), (310, "n"), (360, "rate"))
    tokens += rows_from(130, ("East", "4", "1.2", "75", "7", "3.2"), at=at)
    tokens += rows_from(144, ("West", "3", "0.8", "60", "4", "2.3"), at=at)
    found = grid(tokens, [100, 165, 220, 280, 335])
    assert columns_of(found, "Falls") == (1, 2)
    assert columns_of(found, "Beds") == (3, 3)
    assert columns_of(found, "Fevers") == (4, 5)


def labelled(*labels: str, beside: tuple[str, ...] = ()) -> Grid:
    """Rows with these labels, words beside them and two figures."""
    cells: list[Cell] = []
    for row, label in enumerate(labels):
        words = [cell(row, 1, 160, beside[row])] if beside else []
        cells += [cell(row, 0, 50, label), *words, cell(row, 2, 300, "25"), cell(row, 3, 400, "7")]
    return Grid(4, len(labels), cells, [150.0, 250.0, 350.0], left=50.0, right=450.0)


def test_a_label_that_is_broken_over_two_rows_stands_for_both() -> None:
    made = labelled("Dues of the", "inner berths")
    join_labels(made)
    assert rows_of(made, "Dues of the inner berths") == (0, 1)
    made = labelled("Chronic fatigued", "syndromes", beside=("Count", "Share"))
    join_labels(made)
    assert rows_of(made, "Chronic fatigued syndromes") == (0, 1)


def test_labels_beside_nothing_but_figures_are_two() -> None:
    made = labelled("w/o head sharing", "fixed budget")
    join_labels(made)
    assert rows_of(made, "w/o head sharing") == (0, 0)


def test_labels_that_begin_as_others_do_are_not_one() -> None:
    made = labelled("of which quays", "of which ferries", "of which")
    join_labels(made)
    assert all(one.rows == 1 for one in made.cells)


def test_rules_beside_the_labels_part_no_labels(tmp_path: Path) -> None:
    """Each name stands in the middle of two rows, and only every second rule runs below it."""
    printer = Printer()
    y = printer.prose(60)
    names = ("Helena Marsh", "Tobias Okoye", "Ruth Penrose")
    for column, text in enumerate(("Director", "Year", "Salary", "Bonus", "Total")):
        printer.text(60 + 95 * column, y, text, 9)
    printer.rule(56, y + 5, 480, y + 5)
    for number, name in enumerate(names):
        printer.text(60, y + 23, name, 9)
        for line in range(2):
            y += 16
            for column, text in enumerate(
                (str(2025 - line), f"{6 + number}1{line}", "598", "1,783")
            ):
                printer.text(155 + 95 * column, y, text, 9)
            printer.rule(56 if line else 130, y + 5, 480, y + 5)
    printer.prose(y + 40)
    (page,) = read_here(printer.save(tmp_path / "a.pdf"))
    (block,) = [block for block in page.blocks if block.table]
    assert block.table is not None
    lines = block.table.to_lines()
    for number, name in enumerate(names):
        assert f"{name} › 2025 › Salary = {6 + number}10" in lines
        assert f"{name} › 2024 › Salary = {6 + number}11" in lines


def test_headers_in_the_middle_of_their_columns_part_them_though_no_name_comes_again() -> None:
    fish = ("Cod", "Hake", "Eel", "Crab", "Squid", "Prawn", "Sole")
    names = [(140 + 40 * n, name) for n, name in enumerate(fish)]
    head = words(100, (60, "Fleet"), (180, "North"), (320, "South"))
    rows = [
        words(124 + 12 * n, (60, label), *((x, f"{n}{c}1") for c, (x, _) in enumerate(names)))
        for n, label in enumerate(("Trawl", "Lines", "Pots"))
    ]
    tokens = [*head, *words(112, *names), *(token for row in rows for token in row)]
    edges = [100.0, *(120 + 40.0 * n for n in range(7))][1:]
    found = grid(tokens, edges)
    spans = {one.text(): (one.column, one.columns) for one in found.cells if one.row == 0}
    assert spans["North"] == (1, 3)
    assert spans["South"] == (4, 4)


def test_a_header_beside_the_middle_of_all_runs_of_columns_parts_none() -> None:
    assert parted_around([20.0, 50.0], 5, lambda start, end: 5.0 * (start + end), 1.0) == []
    assert parted_around([10.0, 35.0], 5, lambda start, end: 5.0 * (start + end), 1.0) == [
        (0, 2),
        (2, 5),
    ]


def test_labels_of_one_row_and_of_two_stand_in_the_middle_of_theirs() -> None:
    found = grid(
        [
            *words(100, (60, "Name"), (160, "Part"), (260, "Salary"), (360, "Bonus")),
            *words(120, (160, "2025"), (260, "1,636"), (360, "112")),
            *words(128, (60, "Marsh")),
            *words(136, (160, "2024"), (260, "751"), (360, "973")),
            *words(152, (60, "Okoye"), (160, "2025"), (260, "178"), (360, "245")),
            *words(168, (160, "2025"), (260, "128"), (360, "421")),
            *words(176, (60, "Penrose")),
            *words(184, (160, "2024"), (260, "703"), (360, "715")),
            *words(200, (60, "Quill"), (160, "2025"), (260, "388"), (360, "325")),
        ],
        [110.0, 210.0, 310.0],
    )
    assert [rows_of(found, name) for name in ("Marsh", "Okoye", "Penrose", "Quill")] == [
        (1, 2), (3, 3), (4, 5), (6, 6),
    ]  # fmt: skip
