from __future__ import annotations

from loaders.pages.page_layout import Fill
from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.painted import painted_edges, painted_head
from tests.drawn_words import level, phrase, table_line

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
    assert painted_head(LINES, COLUMNS, [fill(88, 104), grey], [], BOX) == 1
    assert painted_head(LINES, COLUMNS, [fill(120, 136)], [], BOX) == 0


def test_paint_that_comes_again_is_that_of_rows() -> None:
    assert painted_head(LINES, COLUMNS, [fill(88, 104), fill(120, 136)], [], BOX) == 0


def test_a_painted_title_alone_is_no_head() -> None:
    title = table_line(84, (55, "Technical data"))
    assert painted_head([title, *LINES], COLUMNS, [fill(72, 88)], [], BOX) == 0


def test_a_line_without_label_below_the_paint_goes_on_with_the_head() -> None:
    lines = [LINES[0], table_line(116, (180, "standard"), (320, "on request")), LINES[3]]
    assert painted_head(lines, COLUMNS, [fill(88, 104)], [], BOX) == 2


def test_a_painted_total_above_its_parts_is_no_head() -> None:
    rows = [("Total", "100", "110"), ("North", "40", "50"), ("South", "60", "60")]
    lines = [
        table_line(100 + 16 * n, (55, label), (180, first), (320, second))
        for n, (label, first, second) in enumerate(rows)
    ]
    assert painted_head(lines, COLUMNS, [fill(88, 104)], [], BOX) == 0


def test_a_figure_without_label_in_the_painted_head_ends_a_name() -> None:
    lines = [
        table_line(92, (320, "All 2022 (N =")),
        table_line(96, (55, "Answer"), (180, "All (N = 842)")),
        table_line(100, (320, "1,064)")),
        *(
            table_line(116 + 16 * n, (55, "good"), (180, "371 (44 %)"), (320, "449 (42 %)"))
            for n in range(3)
        ),
    ]
    assert painted_head(lines, COLUMNS, [fill(80, 104)], [], BOX) == 3


def bold(y: float, *phrases: tuple[float, str]) -> TableLine:
    return TableLine([phrase(x, text, y, bold=True) for x, text in phrases])


def test_words_in_ordinary_print_below_a_bold_head_are_a_row() -> None:
    head = bold(100, (55, "Item"), (180, "TX 40"), (320, "TX 60"))
    rows = [LINES[2], LINES[3]]
    assert painted_head([head, *rows], COLUMNS, [], [], BOX) == 1
    years = table_line(132, (55, "Item"), (180, "2025"), (320, "2024"))
    units = table_line(132, (55, "Item"), (180, "(EUR)"), (320, "(EUR)"))
    for names in (years, units):
        assert painted_head([head, names, LINES[3]], COLUMNS, [], [], BOX) == 0
    plain = table_line(100, (55, "Item"), (180, "TX 40"), (320, "TX 60"))
    assert painted_head([plain, *rows], COLUMNS, [], [], BOX) == 0


def test_a_row_of_words_below_the_only_rule_is_no_head() -> None:
    head = table_line(100, (55, "Item"), (180, "TX 40"), (320, "TX 60"))
    lines = [head, LINES[2], LINES[3]]
    assert painted_head(lines, COLUMNS, [], [level(112, 50, 450)], BOX) == 1
    every = [level(112, 50, 450), level(138, 50, 450)]
    longer = [*lines, table_line(164, (55, "Idle"), (180, "900"), (320, "950"))]
    longer.append(table_line(180, (55, "Power"), (180, "36"), (320, "47")))
    assert painted_head(longer, COLUMNS, [], every, (50.0, 88.0, 450.0, 190.0)) == 0


def test_a_bold_line_over_rows_of_words_alone_is_their_head() -> None:
    head = bold(100, (55, "Item"), (180, "Origin"), (320, "Quay"))
    rows = [
        table_line(132 + 16 * n, (55, label), (180, "Dravik A"), (320, "North"))
        for n, label in enumerate(("Water", "Salt", "Grain"))
    ]
    assert painted_head([head, *rows], COLUMNS, [], [], BOX) == 1
    assert painted_head(rows, COLUMNS, [], [], BOX) == 0


def test_a_year_and_a_number_in_bold_names_over_ordinary_rows_are_no_data() -> None:
    top = bold(100, (320, "1"))
    low = bold(107, (55, "Item"), (180, "2025"))
    last = bold(114, (320, "year"))
    rows = [
        table_line(132 + 16 * n, (55, label), (180, f"2.4{n}"), (320, f"3.0{n}"))
        for n, label in enumerate(("Water", "Salt", "Grain"))
    ]
    assert painted_head([top, low, last, *rows], COLUMNS, [], [], BOX) == 3
    section = bold(121, (55, "Goods"))
    assert painted_head([top, low, last, section, *rows], COLUMNS, [], [], BOX) == 3


def test_bold_totals_above_their_parts_are_no_head() -> None:
    totals = [bold(100 + 16 * n, (55, "Total"), (180, "2.43"), (320, "3.0")) for n in range(2)]
    parts = [table_line(132 + 16 * n, (55, "Salt"), (180, "2.43"), (320, "3")) for n in range(3)]
    assert painted_head([*totals, *parts], COLUMNS, [], [], BOX) == 0


def test_names_of_groups_stand_between_a_bold_head_and_its_rows() -> None:
    head = bold(100, (55, "Item"), (180, "Free"), (320, "Team"))
    group = bold(116, (55, "Storage"))
    row = table_line(132, (55, "Space"), (180, "5 GB"), (320, "100 GB"))
    ticks = table_line(164, (55, "Audit log"), (180, "-"), (320, "-"))
    lines = [head, group, row, bold(148, (55, "Security")), ticks]
    assert painted_head(lines, COLUMNS, [], [], BOX) == 1


def test_a_bold_row_below_the_rule_of_the_head_is_data() -> None:
    head = bold(100, (55, "Event"), (180, "Placebo"), (320, "60 mg"))
    total = bold(116, (55, "Any"), (180, "118 (55.4)"), (320, "149 (68.7)"))
    rows = [
        table_line(132 + 16 * n, (55, label), (180, f"{n} (0.1)"), (320, f"{n} (0.3)"))
        for n, label in enumerate(("Nausea", "Fatigue"))
    ]
    rule = level(104, 50, 450)
    assert painted_head([head, total, *rows], COLUMNS, [], [rule], BOX) == 1
    units = bold(116, (180, "N = 213"), (320, "N = 218"))
    assert painted_head([head, units, *rows], COLUMNS, [], [rule], BOX) != 1


def test_a_long_cell_that_begins_above_its_label_is_of_no_bold_and_ruled_head() -> None:
    head = bold(100, (55, "No."), (180, "Finding"), (320, "Points"))
    first, other = table_line(116, (180, "The exit of the")), table_line(116, (180, "(EUR)"))
    row = table_line(126, (55, "1"), (320, "8"))
    rows = [table_line(136, (180, "hall is blocked")), table_line(150, (55, "2"), (320, "1"))]
    rules = [level(104, 50, 450)]
    assert painted_head([head, first, row, *rows], COLUMNS, [], rules, BOX) == 1
    assert painted_head([head, first, row, *rows], COLUMNS, [], [], BOX) == 0
    assert painted_head([head, other, row, *rows], COLUMNS, [], rules, BOX) != 1
    half = bold(100, (55, "No."), (180, "Finding"))
    assert painted_head([half, first, row, *rows], COLUMNS, [], rules, BOX) == 0


BAND = "#d0e0f0"
ROWS_BOX = (50.0, 90.0, 250.0, 152.0)
ROWS = [
    table_line(100 + 12 * number, (60, label))
    for number, label in enumerate(["Screw M8 with", "M8", "Nut", "Washer", "Total"])
]


def edges(*bands: tuple[float, float], colour: str = BAND) -> list[float]:
    """Of bands that are painted in two cells each."""
    fills = [Fill((x, top, x + 100, foot), colour) for top, foot in bands for x in (50.0, 150.0)]
    return [rule.box[1] for rule in painted_edges(ROWS, fills, ROWS_BOX)]


def test_rows_that_are_painted_by_turns_are_parted_at_the_edges_of_the_paint() -> None:
    assert edges((90, 115), (127, 139)) == [115, 127, 139]


def test_cells_that_are_painted_white_one_by_one_show_rows_too() -> None:
    bands = [(90.0, 115.0), (115.0, 127.0), (127.0, 139.0), (139.0, 151.0)]
    assert edges(*bands, colour="#ffffff") == [115, 127, 139]


def test_a_group_that_is_painted_as_a_whole_shows_no_rows() -> None:
    assert edges((90, 115), (115, 152)) == []
    assert edges((90, 115)) == []
