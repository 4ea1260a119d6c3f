"""Cells of several lines that are centred against each other, and text close to a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.rows import is_beside, row_groups
from samples.printer import Printer
from tests.drawn_words import level, phrase, table_line
from tests.read_back import read_back

HEAD = ("Lender", "What for", "Rate", "Until")
ROWS: list[tuple[list[str], list[str], str, str]] = [
    (["Nordic Shipping", "Finance S.A."], ["Loans to owners of ferries"], "4.10%", "2029"),
    (
        ["Holt & Daughters"],
        ["Repayment of the bonds", "that end in 2027", "and of the old overdraft"],
        "5.25%",
        "2031",
    ),
    (["Lowland Water", "Works N.V."], ["Pumps and sluices", "on the west coast"], "3.60%", "2034"),
    (["City of Emden"], ["Tramway"], "2.85%", "2040"),
    (["Kattegat Wind", "Park A/S"], ["Forty turbines"], "4.75%", "2038"),
]


@pytest.mark.parametrize("gap", [8, 6, 4])
@pytest.mark.parametrize("ruled", [False, True])
def test_lines_of_centred_cells_belong_to_their_row(
    tmp_path: Path, gap: float, *, ruled: bool
) -> None:
    printer = Printer()
    y = printer.prose(60)
    places = (60.0, 230.0, 430.0, 490.0)
    for x, text in zip(places, HEAD, strict=True):
        printer.text(x, y, text, 9, "hebo")
    y += 14
    for label, purpose, rate, due in ROWS:
        height = 12 * max(len(label), len(purpose))
        if ruled:
            printer.rule(56, y - 2, 530, y - 2)
        for x, lines in zip(places, (label, purpose, [rate], [due]), strict=True):
            top = y + 9 + (height - 12 * len(lines)) / 2
            for number, line in enumerate(lines):
                printer.text(x, top + 12 * number, line, 9)
        y += height + gap
    printer.prose(y + 30)
    (page,) = read_back(printer.save(tmp_path / "centred.pdf"))
    wanted = [[" ".join(a), " ".join(b), c, d] for a, b, c, d in ROWS]
    assert page.tables[0] == [list(HEAD), *wanted]


def test_a_name_over_figures_is_a_row_of_its_own(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    printer.table(y, [("Plan", "2024", "2025", "2026")], (64, 300, 400, 500))
    y += 20
    wanted: list[list[str]] = []
    for name, shift in (("Ships expected", 400), ("Error in per cent", 7)):
        printer.text(370, y, name, 9)
        wanted.append(["", name])
        for row in range(3):
            y += 11
            cells = [f"Plan of {2020 + row}", *(f"{shift + 3 * row + n}" for n in range(3))]
            printer.table(y, [("", "", "", ""), cells], (64, 300, 400, 500), pitch=0)
            wanted.append(cells)
        y += 18
    printer.prose(y + 30)
    (page,) = read_back(printer.save(tmp_path / "groups.pdf"))
    read = [[cell for cell in row if cell] for row in page.tables[0]]
    assert read[1:] == [[cell for cell in row if cell] for row in wanted]


ITEMS = [
    table_line(100, (50, "Pilotage"), (200, "1,234")),
    table_line(112, (50, "of all ships")),
    table_line(130, (50, "Mooring"), (200, "40")),
]


def test_a_rule_between_two_lines_parts_rows_where_all_rows_are_ruled() -> None:
    rules = [level(105, 45, 250), level(118, 45, 250)]
    assert row_groups(ITEMS, [], [150.0], rules, (45, 90, 250, 140)) == [[0], [1], [2]]


def test_lines_with_figures_in_the_same_column_are_two_rows_whatever_the_model_saw() -> None:
    assert row_groups([ITEMS[0], ITEMS[2]], [], [150.0], [], (45, 90, 250, 140)) == [[0], [1]]


def test_no_lines_are_no_rows() -> None:
    assert row_groups([], [], [], [], (0, 0, 10, 10)) == []


def test_unevenly_printed_phrases_stand_beside_each_other() -> None:
    first, uneven, second = (table_line(y, (50, "Ship")) for y in (100, 104, 114))
    assert is_beside(first, uneven)
    assert not is_beside(first, second)


def test_a_number_that_closely_follows_its_label_is_the_end_of_it() -> None:
    lines = [
        table_line(100, (60, "Harbour dues"), (200, "11")),
        table_line(111, (60, "43")),
        table_line(128, (60, "Crane hire 44"), (200, "870")),
        table_line(145, (60, "Pilotage 45"), (200, "971")),
    ]
    seen = [105.0, 116.0, 133.0]
    assert row_groups(lines, seen, [150], [], (60, 90, 220, 150)) == [[0, 1], [2], [3]]
    lines[1] = table_line(111, (60, "2024"))
    assert row_groups(lines, seen, [150], [], (60, 90, 220, 150)) == [[0], [1], [2], [3]]


def test_a_label_that_ends_with_a_colon_is_a_row_of_its_own() -> None:
    """Painted by turns, it shares its band with the first row of the section that it names."""
    lines = [
        table_line(100, (60, "SUPPLEMENTAL INFORMATION:")),
        table_line(112, (60, "Cash paid for interest"), (200, "325"), (300, "290")),
        table_line(124, (60, "Cash paid for taxes"), (200, "412"), (300, "388")),
    ]
    groups = row_groups(lines, [118.0], [150, 250], [], (60, 90, 330, 130))
    assert groups == [[0], [1], [2]]


def rows_of(*lines: TableLine, ruled: bool = False) -> list[list[int]]:
    """Groups of lines of which the model saw no row; with a rule below each line of figures."""
    rules = [level(line.baseline + 4, 50, 450) for line in lines[:-1] if len(line.phrases) > 1]
    box = (50.0, 90.0, 450.0, lines[-1].baseline + 6)
    return row_groups(lines, [], [200.0, 350.0], rules if ruled else [], box)


def test_a_name_that_had_room_on_the_line_above_is_a_row_of_its_own() -> None:
    values = (300, "4,817"), (400, "4,113")
    lines = [
        table_line(100, (50, "Income before income taxes"), *values),
        table_line(115, (50, "Net income"), *values),
        table_line(130, (50, "Per share")),
        table_line(145, (50, "Basic"), *values),
        table_line(160, (50, "Diluted"), *values),
    ]
    assert rows_of(*lines) == [[0], [1], [2], [3], [4]]


def test_a_name_for_whose_first_word_the_line_above_had_room_is_a_row_of_its_own() -> None:
    values = (300, "0.817"), (400, "0.113")
    lines = [
        table_line(100, (50, "w/o view augmentation"), *values),
        table_line(112, (50, "w/o training"), *values),
        table_line(124, (50, "Length of it")),
        table_line(136, (50, "2 cycles"), *values),
    ]
    assert rows_of(*lines) == [[0], [1], [2], [3]]


def test_words_alone_in_the_middle_of_the_table_are_no_part_of_the_figure_above() -> None:
    values = (205, "471"), (400, "113")
    lines = [
        table_line(100, (50, "General schools"), *values),
        table_line(114, (230, "Colleges")),
        table_line(128, (50, "Part time"), *values),
    ]
    assert rows_of(*lines) == [[0], [1], [2]]
    lines[1] = table_line(108, (232, "revised"))
    assert rows_of(*lines) == [[0, 1], [2]]


def test_a_bold_name_between_two_rules_is_no_part_of_the_label_below() -> None:
    bold = TableLine([phrase(50, "Executive Directors and others", 100, bold=True)])
    values = (300, "612"), (400, "18")
    lines = [bold, table_line(118, (50, "Ishbel"), *values), table_line(136, (50, "A"), *values)]
    lines.append(table_line(154, (50, "Oriel"), *values))
    assert rows_of(*lines, ruled=True) == [[0], [1], [2], [3]]


def test_between_rules_that_part_all_rows_a_lone_label_goes_on_below() -> None:
    """The model saw a row between its lines; the label ends where its column does."""
    lines = []
    for number, (first, last) in enumerate((("Ishbel", "Corrigan"), ("Dmitri", "Valance"))):
        y = 100.0 + 30 * number
        lines.append(table_line(y, (50, first)))
        lines.append(table_line(y + 11, (50, last), (300, "612"), (400, "18")))
    lines.append(table_line(160, (50, "Oriel"), (300, "225"), (400, "1")))
    rules = [level(y, 50, 450) for y in (115, 145)]
    seen = [105.0, 115.0, 135.0, 145.0]
    found = row_groups(lines, seen, [92.0, 350.0], rules, (50.0, 90.0, 450.0, 166.0))
    assert found == [[0, 1], [2, 3], [4]]


def test_words_over_figures_in_the_same_columns_are_a_row_of_their_own() -> None:
    lines = [
        table_line(100, (50, "Model"), (300, "Dravik"), (400, "Solo")),
        table_line(112, (50, "Displacement"), (300, "2.43"), (400, "3.01")),
    ]
    assert rows_of(*lines) == [[0], [1]]


def test_names_with_an_amount_each_below_the_last_rule_are_rows() -> None:
    """An invoice's sums: nothing is drawn between them, and one amount takes two lines."""
    lines = [
        table_line(100, (50, "1"), (200, "Pipe"), (400, "90.00")),
        table_line(112, (200, "in bars")),
        table_line(132, (50, "2"), (200, "Sand"), (400, "70.00")),
        table_line(144, (200, "washed")),
    ]
    lines += [
        table_line(160, (300, "Net"), (400, "180.00")),
        table_line(180, (300, "Tax"), (400, "36.00")),
        table_line(200, (300, "Total"), (400, "GBP")),
        table_line(212, (400, "216.00")),
    ]
    rules = [level(y, 50, 450) for y in (120, 150)]
    found = row_groups(lines, [], [150.0, 290.0, 390.0], rules, (50.0, 90.0, 450.0, 215.0))
    assert found == [[0, 1], [2, 3], [4], [5], [6, 7]]


RISKS = [
    table_line(100, (50, "Late steel"), (200, "A second supplier"), (400, "Buyer")),
    table_line(112, (200, "is under contract")),
    table_line(132, (50, "Flooding of"), (200, "Pumps are ready"), (400, "Site")),
    table_line(144, (50, "the pit")),
    table_line(164, (50, "Noise"), (200, "Talks are held"), (400, "Office")),
]


def test_where_rows_have_white_around_them_all_lines_between_are_their_cells() -> None:
    """Stretched lines in narrow cells: the model saw rows where there are none."""
    seen, columns, box = [105.0, 120.0, 138.0, 150.0], [150.0, 390.0], (50.0, 90.0, 450.0, 170.0)
    assert row_groups(RISKS, seen, columns, [], box) == [[0, 1], [2, 3], [4]]
    labels = [*RISKS[:3], table_line(144, (50, "the pit"), (400, "7")), RISKS[4]]
    assert row_groups(labels, seen, columns, [], box)[-1] == [4]
    assert [2, 3] not in row_groups(labels, seen, columns, [], box)


@pytest.mark.parametrize(
    ("walks", "rows"), [(("9 km", "6 km", "5 km"), 3), (("far", "up", "up"), 1)]
)
def test_lines_that_fill_the_same_columns_are_rows_if_each_has_a_number(
    walks: tuple[str, ...], rows: int
) -> None:
    """The model saw one row for all that a label on the left stands for."""
    lines = [
        table_line(100, (50, "Ring"), (150, "Mill loop"), (250, walks[0]), (350, "gravel")),
        table_line(112, (150, "Weir path"), (250, walks[1]), (350, "paved")),
        table_line(124, (150, "Ridge way"), (250, walks[2]), (350, "rock")),
    ]
    rules = [level(95, 50, 400)]
    found = row_groups(lines, [], [140.0, 240.0, 340.0], rules, (50.0, 88.0, 400.0, 126.0))
    assert len(found) == rows
