"""Columns: white space, drawn lines, and names over nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.columns import column_lines, crossed, reach
from samples.printer import Printer
from tests.drawn_words import phrase, table_line, upright
from tests.read_back import read_back, read_here


def test_heads_that_stand_close_to_their_rule_are_two_cells(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    heads = ("Kind of guest", "Price of a dinner", "Fewest dinners a month")
    xs = [60.0]
    for head in heads:
        xs.append(xs[-1] + printer.width_of(head, 9, "hebo") + 3.5)
    rows = [heads, ("Child", "2.50", "8"), ("Pupil", "3.75", "10"), ("Grown-up", "6.20", "12")]
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            printer.text(x + 1.7, y + 16 * number, text, 9, "hebo" if number == 0 else "helv")
    for number in range(len(rows) + 1):
        printer.rule(60, y + 16 * number - 11, xs[-1], y + 16 * number - 11)
    for x in xs:
        printer.rule(x, y - 11, x, y + 16 * len(rows) - 11)
    printer.prose(y + 100)
    (page,) = read_back(printer.save(tmp_path / "close.pdf"))
    assert page.tables[0] == [list(row) for row in rows]


LINES = [
    table_line(100, (50, "Item"), (205, "Volume"), (305, "Income")),
    *(
        table_line(114 + 14 * n, (50, name), (215, f"1,20{n}"), (315, f"8,81{n}"))
        for n, name in enumerate(("Pilotage", "Mooring", "Cranes", "Towage"))
    ),
]
BOX = (45.0, 90.0, 345.0, 170.0)


def test_white_that_runs_through_all_rows_parts_columns() -> None:
    first, second = column_lines(LINES, [], [], BOX)
    assert 90 < first < 205
    assert 240 < second < 305


def test_a_drawn_line_goes_before_the_middle_of_the_white() -> None:
    rules = [upright(x, 90, 170) for x in (120, 250)]
    assert column_lines(LINES, [], rules, BOX) == [120, 250]


def test_without_rows_the_lines_that_the_model_saw_stay() -> None:
    assert column_lines([], [300, 120], [], BOX) == [120, 300]


def test_a_figure_stands_in_the_column_of_its_middle_and_a_long_text_in_several() -> None:
    assert reach(phrase(95, "1,234,567"), [100.0, 200.0]) == (1, 1)
    assert reach(phrase(50, "a text over three columns of the table"), [100.0, 200.0]) == (0, 2)
    assert reach(phrase(50, "a hair over"), [104.0]) == (0, 0)


def test_phrases_over_a_line_are_counted() -> None:
    row = table_line(100, (50, "Pilotage"), (120, "Mooring"))
    assert crossed(70, row.phrases) == 1
    assert crossed(100, row.phrases) == 0


@pytest.mark.parametrize("shift", [0, 30])
def test_names_at_the_left_of_columns_whose_figures_stand_at_the_right(
    tmp_path: Path, shift: float
) -> None:
    printer = Printer()
    places = [60, 150 + shift, 240 + shift, 330 + shift, 420 + shift]
    heads = ["Ward", "Beds", "Open", "Staff", "Cost"]
    for x, head in zip(places, heads, strict=True):
        printer.text(x, 100, head, 9)
    rows = [("North", "1,210", "841", "97", "3,300"), ("Quay", "644", "512", "31", "1,040")]
    rows += [("Mole", "98", "77", "8", "405"), ("Weir", "1,013", "990", "44", "2,718")]
    for number, (label, *values) in enumerate(rows, start=1):
        printer.text(60, 100 + 13 * number, label, 9)
        for x, value in zip([*places[2:], places[-1] + 90], values, strict=True):
            printer.text(x - 3 - printer.width_of(value, 9), 100 + 13 * number, value, 9)
    (page,) = read_here(printer.save(tmp_path / "sheet.pdf"))
    assert page.tables == [[heads, *map(list, rows)]]


@pytest.mark.parametrize("totals", [[], [(225, "Sum of the items"), (330, "1,280.20")]])
def test_a_named_column_with_one_value_is_a_column_above_totals_too(
    totals: list[tuple[float, str]],
) -> None:
    lines = [
        table_line(100, (50, "Item"), (230, "Price"), (267, "Discount"), (340, "Amount")),
        table_line(114, (50, "Gutter"), (230, "18.20"), (292, "3%"), (340, "423.70")),
        table_line(128, (50, "Pipe"), (230, "14.75"), (340, "177.00")),
        table_line(142, (50, "Scaffold"), (225, "680.00"), (340, "680.00")),
        *([table_line(156, (225, "Value added tax 19%"), (340, "243.24"))] if totals else []),
        *([table_line(170, *totals)] if totals else []),
    ]
    found = column_lines(lines, [], [], (45.0, 90.0, 380.0, 180.0))
    assert [reach(one, found)[0] for one in lines[0].phrases] == [0, 1, 2, 3]
    assert [reach(one, found)[0] for one in lines[1].phrases] == [0, 1, 2, 3]


def test_a_name_at_the_left_over_nothing_is_a_column_behind_values_at_the_right() -> None:
    lines = [
        table_line(100, (50, "Item"), (150, "Volume"), (250, "Income"), (330, "Share")),
        *(
            table_line(114 + 14 * n, (50, name), (205, f"1,20{n}"), (285, f"1,281,20{n}"))
            for n, name in enumerate(("Gutter", "Pipe", "Scaffold"))
        ),
    ]
    found = column_lines(lines, [], [], (45.0, 90.0, 360.0, 150.0))
    assert [reach(one, found)[0] for one in lines[0].phrases] == [0, 1, 2, 3]
    assert [reach(one, found)[0] for one in lines[1].phrases] == [0, 1, 2]


def test_labels_alone_on_their_lines_do_not_outvote_the_rows() -> None:
    """Where labels run over several lines, most lines show no columns at all."""
    lines = []
    for number in range(4):
        y = 100 + 42 * number
        note = [(160, f"({number})")] if number else []
        lines.append(table_line(y, (60, "Cash flow from"), *note, (240, "912"), (300, "855")))
        lines += [table_line(y + 14, (60, "operating")), table_line(y + 28, (60, "activities"))]
    found = column_lines(lines, [], [], (55, 90, 330, 270))
    assert len(found) == 3


def test_years_at_the_left_of_their_columns_show_no_columns_of_their_own() -> None:
    lines = [
        table_line(100, (50, "Item"), (150, "2022"), (250, "2021"), (350, "2020")),
        *(
            table_line(114 + 14 * n, (50, name), (215, "842"), (315, "168"), (415, "581"))
            for n, name in enumerate(("Pilotage", "Mooring", "Cranes"))
        ),
    ]
    columns = column_lines(lines, [], [], (45.0, 90.0, 435.0, 160.0))
    assert [reach(phrase, columns) for phrase in lines[0].phrases] == [(n, n) for n in range(4)]
    assert [reach(phrase, columns) for phrase in lines[1].phrases] == [(n, n) for n in range(4)]


def bold_over(rows: Sequence[Sequence[str]]) -> list[TableLine]:
    """Bold names at the left of columns in which the rest stands at the right."""
    lefts, rights = (50, 130, 230, 330, 430), (229, 329, 429, 529)
    head, *others = rows
    names = zip(lefts, head, strict=False)
    lines = [TableLine([phrase(x, text, 100, bold=True) for x, text in names])]
    for number, (label, *values) in enumerate(others, 1):
        placed = [(x - 5 * len(v), v) for x, v in zip(rights, values, strict=False)]
        lines.append(table_line(100 + 14 * number, (50, label), *placed))
    return lines


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Item", "103", "105", "107"),
            ("Pilot", "06:17", "09:39", "12:27"),
            ("Crane", "-", "09:16", "12:53"),
            ("Tugs", "06:30", "09:37", "-"),
            ("Quay", "06:49", "-", "12:58"),
        ],
        [
            ("Item", "Place", "Low", "Highest", "%"),
            ("Total", "north", "-", "northern quay", "-"),
            ("Pilot", "south", "4", "39", "t"),
            ("Crane", "north", "49", "57", "t"),
            ("Tugs", "south", "54", "84", "t"),
            ("Quay", "south", "8", "43", "t"),
        ],
    ],
    ids=["times", "a word that is longer than all values"],
)
def test_bold_names_at_the_left_part_the_columns_of_what_stands_at_the_right(
    rows: Sequence[Sequence[str]],
) -> None:
    lines = bold_over(rows)
    columns = column_lines(lines, [410.0], [], (45, 90, 535, 170))
    for line in lines:
        places = [reach(p, columns) for p in line.phrases]
        assert places == [(n, n) for n in range(len(rows[0]))]


def test_bold_names_of_two_lines_show_no_column_of_their_own() -> None:
    def bold(y: float, *names: tuple[float, str]) -> TableLine:
        return TableLine([phrase(x, text, y, bold=True) for x, text in names])

    rows = [
        ("Any event", "27 (6.1)", "31 (6.3)"),
        ("Death", "0", "0"),
        ("Severe", "9 (4)", "1 (5)"),
    ]
    lines = [
        bold(100, (210, "Low dose of it"), (340, "High dose of it")),
        bold(111, (210, "N = 8"), (340, "N = 9")),
        *(
            table_line(126 + 14 * n, (50, name), (250, one), (390, other))
            for n, (name, one, other) in enumerate(rows * 4)
        ),
    ]
    columns = column_lines(lines, [240.0], [], (45, 90, 440, 300))
    assert [reach(p, columns)[0] for p in lines[1].phrases] == [1, 2]
    assert [reach(p, columns)[0] for p in lines[2].phrases] == [0, 1, 2]


def test_names_of_groups_do_not_tell_where_their_columns_are() -> None:
    """They stood in turn over lines that parted none of them: figures came below other years."""
    heads = [
        [(55.0, "Item"), (147.0, "North"), (332.0, "South")],
        [(147.0, "2024"), (240.0, "2023"), (332.0, "2024"), (424.0, "2023")],
    ]
    lines = [
        TableLine([phrase(x, text, 100 + 14 * n, bold=True) for x, text in names])
        for n, names in enumerate(heads)
    ]
    for number, values in enumerate((("1,854", "837"), ("549,026", "62"), ("55", "975,580,1"))):
        places = [(238 + 92 * n - 5 * len(v), v) for n, v in enumerate(values * 2)]
        lines.append(table_line(130 + 14 * number, (55, "Pilotage"), *places))
    columns = column_lines(lines, [130, 187, 260, 370, 446], [], (55, 90, 515, 180))
    assert [reach(p, columns) for p in lines[1].phrases] == [(n, n) for n in range(1, 5)]
    assert [reach(p, columns) for p in lines[2].phrases] == [(n, n) for n in range(5)]


def test_a_column_that_one_row_fills_is_one_if_the_head_names_all_at_their_left() -> None:
    """Without it the figures came below the name of the next column."""
    names = [(55.0, "Item"), (209.0, "Volume"), (299.0, "Income"), (392.0, "Share")]
    lines = [TableLine([phrase(x, text, 100, bold=True) for x, text in names])]
    rows = (("59",), ("79", "63,878"), ("515", "83,237"), ("84", "12", "North"), ("186", "887"))
    for number, row in enumerate(rows):
        ends = (387,) if len(row) == 1 else (297, 387, 515)
        places = [(end - 5 * len(text), text) for end, text in zip(ends, row, strict=False)]
        lines.append(table_line(115 + 15 * number, (55, "Pilotage"), *places))
    columns = column_lines(lines, [172, 322], [], (55, 90, 515, 190))
    assert [reach(p, columns) for p in lines[0].phrases] == [(n, n) for n in range(4)]
    assert [reach(p, columns) for p in lines[4].phrases] == [(n, n) for n in range(4)]
    assert [reach(p, columns) for p in lines[2].phrases] == [(n, n) for n in range(3)]


SHARED = [
    table_line(100, (50, "Item"), (150, "Low"), (250, "High")),
    *(
        table_line(114 + 14 * n, (50, name), (150, f"5.{n}"), (250, f"6.{n}"))
        for n, name in enumerate(("Flow", "Heat", "Noise", "Draught"))
    ),
]
SHARED.insert(3, table_line(135, (50, "Voltage"), (197, "4.25")))


def test_the_last_number_over_a_triangle_of_values_names_a_column_of_its_own() -> None:
    lines = [table_line(100, *((150.0 + 70 * n, str(n + 1)) for n in range(4)))]
    for row in range(4):
        values = [(150.0 + 70 * n, "-" if n == row else f".{row}{n}") for n in range(row + 1)]
        lines.append(table_line(116 + 16 * row, (50, f"{row + 1}. Name"), *values))
    found = column_lines(lines, [], [], (50.0, 90.0, 380.0, 170.0))
    assert len(found) == 4


def printed_at_both_ends(
    path: Path, rows: list[list[str]], places: list[float], heads: int = 1
) -> list[list[str]]:
    """The table that is read where names begin in their columns, and values end there."""
    printer = Printer()
    y = printer.prose(60)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            is_left = number < heads or not column
            end = places[column + 1] - 6 - printer.width_of(text, 9)
            printer.text(places[column] if is_left else end, y + 14 * number, text, 9)
    printer.prose(y + 14 * len(rows) + 20)
    (page,) = read_here(printer.save(path))
    (table,) = page.tables
    return table


UNITS = [
    ["Key figure", "Unit", "Works", "Quay", "Group"],
    ["Price of a tonne", "£", "1,204", "1,377", "1,245"],
    ["Cost of a tonne", "£", "988.40", "1,120", "1,019"],
    ["Share of exports", "%", "44.0", "71.3", "50.4"],
    ["Fines", "£k", "12.5", "8.1", "20.6"],
    ["Output", "kt", "264.3", "70.8", "335.1"],
]
NOTES = [
    ["Region", "2022", "2023", "2024", ""],
    ["North", "412.3", "418.9", "421.7", "a"],
    ["Midlands", "1,204.0", "1,198.6", "1,166.1", "b"],
    ["Coast", "88.5", "91.2", "97.9", "c"],
    ["South", "642.7", "655.0", "630.2", "a"],
]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        pytest.param(UNITS, [60.0, 200, 250, 330, 410, 490], id="units between labels and values"),
        pytest.param(NOTES, [60.0, 150, 225, 300, 375, 395], id="the last column has no name"),
    ],
)
def test_names_at_the_left_of_values_at_the_right_part_columns(
    tmp_path: Path, rows: list[list[str]], places: list[float]
) -> None:
    assert printed_at_both_ends(tmp_path / "table.pdf", rows, places) == rows


def test_names_of_two_lines_beside_names_in_their_middle_part_columns() -> None:
    lines = [
        table_line(100, (240, "Second")),
        table_line(105, (50, "Town"), (150, "Homes"), (330, "Empty")),
        table_line(110, (240, "homes")),
        *(
            table_line(128 + 14 * n, (50, town), (205, "9,410"), (300, "8,204"), (385, "2,002"))
            for n, town in enumerate(("Ashby", "Burton", "Corby"))
        ),
    ]
    found = column_lines(lines, [], [], (45.0, 90.0, 415.0, 165.0))
    assert [reach(one, found)[0] for one in lines[1].phrases] == [0, 1, 3]
    assert [reach(lines[n].phrases[0], found)[0] for n in (0, 2)] == [2, 2]


def test_words_over_two_columns_of_values_part_none() -> None:
    lines = [
        table_line(100, (50, "Mark"), (150, "2022"), (220, "2023"), (290, "2024"), (360, "2025")),
        table_line(114, (50, "Food"), (195, "3.2"), (265, "2.9"), (335, "4.1"), (405, "4.0")),
        table_line(128, (50, "Rooms"), (195, "4.4"), (265, "4.5"), (326, "not surveyed")),
        table_line(142, (50, "Staff"), (195, "4.6"), (265, "4.6"), (335, "4.4"), (405, "4.5")),
        table_line(156, (50, "Cars"), (186, "not surveyed"), (335, "2.2"), (405, "2.0")),
    ]
    found = column_lines(lines, [], [], (45.0, 90.0, 425.0, 160.0))
    assert [reach(one, found) for one in lines[0].phrases] == [(n, n) for n in range(5)]
    assert [reach(lines[n].phrases[p], found) for n, p in ((2, 3), (4, 1))] == [(3, 4), (1, 2)]


def test_values_midways_between_two_columns_belong_to_both() -> None:
    columns = column_lines(SHARED, [], [], (45, 90, 275, 180))
    assert [reach(p, columns) for p in SHARED[3].phrases] == [(0, 0), (1, 2)]
    assert [reach(p, columns) for p in SHARED[1].phrases] == [(0, 0), (1, 1), (2, 2)]
