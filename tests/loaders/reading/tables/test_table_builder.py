from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.pages.page_layout import Fill, Region, Rule, Token
from loaders.reading.tables.table_builder import find_tables
from loaders.reading.tables.table_grid import Grid, to_html


def words(y: float, *places: tuple[float, str]) -> list[Token]:
    """Words of 8 points, 4 points a letter, on one line."""
    tokens: list[Token] = []
    for x, text in places:
        for word in text.split():
            box = (x, y, x + 4 * len(word), y + 8)
            tokens.append(Token(word, box, y + 7, 8, line=int(y)))
            x += 4 * len(word) + 2
    return tokens


def grid(tokens: list[Token], rows: list[float], columns: list[float]) -> Grid:
    region = Region("table", (40, 90, 460, 400), rows, columns)
    (table,) = find_tables(tokens, region, [])
    return table.grid


def texts(found: Grid) -> list[list[str]]:
    rows = [[""] * found.width for _ in range(found.height)]
    for cell in found.cells:
        rows[cell.row][cell.column] = cell.text()
    return rows


def test_a_phrase_is_never_cut_by_a_line_of_the_model() -> None:
    tokens = (
        words(100, (180, "THRESHOLD FOR RELEASES"))
        + words(115, (50, "Substance"), (170, "to air"), (270, "to water"))
        + words(130, (50, "Methane"), (180, "100"), (285, "-"))
        + words(145, (50, "Ammonia"), (172, "10 000"), (285, "-"))
    )
    assert texts(grid(tokens, [111, 126, 141], [140, 240])) == [
        ["Substance", "THRESHOLD FOR RELEASES", ""],
        ["", "to air", "to water"],
        ["Methane", "100", "-"],
        ["Ammonia", "10 000", "-"],
    ]


def test_rows_that_the_model_joined_are_parted_and_wrapped_labels_joined() -> None:
    tokens = (
        words(100, (200, "2023"), (300, "2024"))
        + words(115, (50, "Purchases of property and equipment,"))
        + words(125, (50, "net of proceeds"), (200, "(4,589)"), (300, "(6,737)"))
        + words(140, (50, "Utah"), (200, "30,252"), (300, "30,253"))
        + words(152, (50, "Ohio"), (200, "61,274"), (300, "61,094"))
    )
    assert texts(grid(tokens, [111, 124, 137], [195, 280]))[1:] == [
        ["Purchases of property and equipment, net of proceeds", "(4,589)", "(6,737)"],
        ["Utah", "30,252", "30,253"],
        ["Ohio", "61,274", "61,094"],
    ]


def test_a_currency_sign_and_a_lone_bracket_belong_to_their_figure() -> None:
    tokens = (
        words(100, (200, "2023"), (300, "2024"))
        + words(115, (50, "Sales"), (180, "$"), (200, "120"), (280, "$"), (300, "130"))
        + words(130, (50, "Loss"), (200, "(12"), (222, ")"), (300, "(9"), (318, ")"))
    )
    rows = texts(grid(tokens, [111, 126], [150, 190, 260, 290]))
    assert rows[1] == ["Sales", "$ 120", "$ 130"]
    assert [re.sub(r"\s", "", cell) for cell in rows[2]] == ["Loss", "(12)", "(9)"]


def test_drawn_cells_span_as_their_walls_say() -> None:
    tokens = (
        words(104, (50, "Group"), (150, "Item"), (250, "Value"))
        + words(124, (150, "first"), (250, "10"))
        + words(134, (50, "A"))
        + words(144, (150, "second"), (250, "20"))
    )
    rules = [Rule((45, y, 300, y)) for y in (98, 118, 158)] + [Rule((145, 138, 300, 138))]
    rules += [Rule((x, 98, x, 158)) for x in (45, 145, 245, 300)]
    region = Region("table", (45, 98, 300, 158), [118, 138], [145, 245])
    (table,) = find_tables(tokens, region, rules)
    found = table.grid
    (label,) = [cell for cell in found.cells if cell.text() == "A"]
    assert (label.row, label.rows) == (1, 2)
    assert texts(found)[2] == ["", "second", "20"]


def test_figures_of_unlike_length_that_end_at_one_place_are_one_column() -> None:
    figures = ["7", "1,204", "88", "903", "12,418", "5", "640", "71", "2,066", "9", "314", "47"]
    tokens = [
        token
        for row, text in enumerate(figures)
        for token in words(100 + 15 * row, (200 - 4 * len(text), text))
    ]
    found = grid(tokens, [112.0 + 15 * row for row in range(11)], [178, 186, 194])
    assert found.width == 1
    assert [row[0] for row in texts(found)] == figures


def test_tables_beside_each_other_are_two() -> None:
    tokens = words(100, (50, "Workers"), (150, "Number"), (250, "Treaties"), (350, "Number"))
    for number, (one, other) in enumerate(
        [("Spain", "Malta"), ("Italy", "France"), ("Cyprus", "UK")]
    ):
        tokens += words(
            115 + 15 * number,
            (50, one),
            (160, str(153 - number)),
            (250, other),
            (360, str(91 - number)),
        )
    region = Region("table", (40, 90, 460, 400), [111, 126, 141], [130, 230, 330])
    left, right = find_tables(tokens, region, [])
    assert texts(left.grid)[1] == ["Spain", "153"]
    assert texts(right.grid)[1] == ["Malta", "91"]


@pytest.mark.parametrize(
    ("names", "ends", "parts"),
    [
        (("Dose", "Deaths", "Dose", "Deaths"), (200, 250), 2),
        (("Dose", "Deaths", "Dose", "Deaths"), (200, 200), 1),
        (("Dose", "Deaths", "Weeks", "Deaths"), (200, 250), 1),
    ],
    ids=["two", "one rule", "other names"],
)
def test_tables_of_figures_alone_are_two_where_names_come_again_and_rules_break_off(
    names: tuple[str, ...], ends: tuple[float, float], parts: int
) -> None:
    tokens = words(100, *zip((50, 150, 250, 350), names, strict=True))
    for number in range(4):
        figures = (str(5 * number), str(number + 1), str(5 * number), str(2 * number))
        places = (x + 10 for x in (50, 150, 250, 350))
        tokens += words(115 + 15 * number, *zip(places, figures, strict=True))
    rules = [
        Rule((side[0], y, side[1], y))
        for y in (97.0, 111.5, 172.0)
        for side in ((48.0, float(ends[0])), (float(ends[1]), 392.0))
    ]
    region = Region("table", (40, 90, 460, 180), [111, 126, 141, 156], [130, 230, 330])
    assert len(find_tables(tokens, region, rules)) == parts


def test_titles_units_and_notes_are_no_rows() -> None:
    tokens = (
        words(95, (150, "[In thousands]"))
        + words(110, (50, "Year"), (150, "Total"), (250, "Public"))
        + words(125, (50, "2001"), (150, "51,544"), (250, "45,611"))
        + words(140, (50, "2002"), (150, "52,071"), (250, "46,127"))
        + words(155, (50, "SOURCE: A long sentence that runs below all of the columns."))
    )
    region = Region("table", (40, 90, 460, 400), [106, 121, 136, 151], [120, 220])
    (table,) = find_tables(tokens, region, [])
    assert table.above == ["[In thousands]"]
    assert table.below == ["SOURCE: A long sentence that runs below all of the columns."]
    assert texts(table.grid)[0] == ["Year", "Total", "Public"]


FIGURES = st.lists(
    st.lists(st.integers(-9999, 99999), min_size=3, max_size=3), min_size=2, max_size=8
)


@given(FIGURES)
def test_no_figure_is_lost_or_invented(figures: list[list[int]]) -> None:
    tokens = words(100, (50, "Name"), (150, "One"), (250, "Two"), (350, "Three"))
    for number, row in enumerate(figures):
        places = [(150.0 + 100 * column, f"{value:,}") for column, value in enumerate(row)]
        tokens += words(115 + 15 * number, (50, f"Row {chr(65 + number)}"), *places)
    lines = [111.0 + 15 * number for number in range(len(figures))]
    shown = to_html(grid(tokens, lines, [120, 220, 320]), (0, 0, 1, 1))
    found = Counter(re.findall(r"-?\d[\d,]*", re.sub(r"<[^>]*>", " ", shown)))
    assert found == Counter(f"{value:,}" for row in figures for value in row)


def test_a_table_in_hebrew_begins_at_its_right() -> None:
    rows = [("מחיר", "כמות", "פריט"), ("340", "12", "חבל"), ("1,250", "3", "עוגן")]
    tokens = [
        token
        for number, row in enumerate(rows)
        for token in words(100 + 15 * number, *zip((50, 150, 250), row, strict=True))
    ]
    found = grid(tokens, [112.0, 127.0], [120, 220])
    assert texts(found) == [list(reversed(row)) for row in rows]


def test_years_at_the_left_of_figures_at_the_right_name_their_columns() -> None:
    """Spreadsheets set words, and years as words, at the left, and figures at the right."""
    tokens = words(100, (50, "Item"), (199, "North quay"), (320, "South quay"))
    tokens += words(114, (199, "2024"), (260, "2023"), (320, "2024"), (380, "2023"))
    for number, label in enumerate(["Pilotage", "Dues", "Cranes", "Mooring"]):
        figures = [f"{number + 1}{place}7,203" for place in range(4)]
        ends = zip((256, 316, 376, 436), figures, strict=True)
        tokens += words(
            128 + 14 * number, (50, label), *((end - 4 * len(text), text) for end, text in ends)
        )
    assert texts(grid(tokens, [112, 126, 140, 154, 168], [185, 235, 300, 350]))[:3] == [
        ["Item", "North quay", "", "South quay", ""],
        ["", "2024", "2023", "2024", "2023"],
        ["Pilotage", "107,203", "117,203", "127,203", "137,203"],
    ]


def test_a_line_between_the_cells_of_two_drawn_tables_is_the_title_of_the_second() -> None:
    tokens: list[Token] = []
    for y, first, second in (
        (100, "Load", "Share"),
        (114, "1 A", "94.1"),
        (128, "2 A", "93.0"),
        (160, "Part", "Reel"),
        (174, "AB", "2500"),
        (188, "CD", "3000"),
    ):
        tokens += words(y, (50, first), (200, second))
    tokens += words(144, (50, "Ordering information"))
    walls = [Rule((x, a, x, b)) for x in (45, 150, 250) for a, b in ((98, 138), (158, 198))]
    region = Region("table", (45, 98, 250, 198), [112, 126, 142, 158, 172, 186], [150])
    above, below = find_tables(tokens, region, walls)
    assert (above.grid.header, below.grid.header) == (1, 1)
    assert below.above == ["Ordering information"]
    assert texts(below.grid)[0] == ["Part", "Reel"]


def test_lines_of_the_head_that_stand_half_a_line_apart_are_one_row() -> None:
    tokens = (
        words(100, (200, "Profiled"))
        + words(105, (50, "Service"), (300, "Actual"))
        + words(110, (204, "budget"))
        + words(126, (50, "Parks"), (216, "1120"), (308, "1064"))
        + words(140, (50, "Waste"), (216, "3150"), (308, "3388"))
    )
    found = grid(tokens, [120, 136], [150, 260])
    assert found.header == 1
    assert texts(found)[0] == ["Service", "Profiled budget", "Actual"]


def test_a_stripe_below_the_head_does_not_end_it() -> None:
    rows = [("Item", "2023", "2024", "2025"), ("North", "12.1", "13.4", "15.0")]
    rows += [("South", "9.2", "8.8", "9.9"), ("East", "4.0", "4.4", "4.6")]
    tokens: list[Token] = []
    for number, row in enumerate(rows):
        tokens += words(100 + 18 * number, *zip((50, 200, 300, 400), row, strict=True))
    region = Region("table", (40, 95, 450, 170), [113, 131, 149], [150, 250, 350])
    stripe = Fill((40, 113, 450, 131), "#e0e0f0")
    (table,) = find_tables(tokens, region, [], [stripe])
    assert table.grid.header == 1


def test_paint_by_turns_below_a_name_does_not_make_it_one_of_the_head() -> None:
    rows = [("Item", "Dues"), ("North quay", ""), ("Pilotage", "12"), ("Mooring", "14"), ("A", "1")]
    tokens: list[Token] = []
    for number, (label, value) in enumerate(rows):
        tokens += words(100 + 16 * number, (50, label), (200, value))
    fills = [Fill((45, 128, 250, 144), "#e6eef8"), Fill((45, 160, 250, 176), "#e6eef8")]
    region = Region("table", (45, 98, 250, 176), [112, 128, 144, 160], [150])
    (table,) = find_tables(tokens, region, [], fills)
    assert table.grid.header == 1
    assert texts(table.grid) == [list(row) for row in rows]


def test_tables_whose_rules_break_off_between_them_are_two() -> None:
    names = ("Nutrient", "100 g", "Serving"), ("Vitamin", "100 g", "Share")
    rows = [
        (("Fat", "9.8 g", "2.9 g"), ("B1", "0.9 mg", "82 %")),
        (("Salt", "0.9 g", "0.2 g"), ("B6", "1.2 mg", "86 %")),
        (("Sugar", "61 g", "18 g"), ("E", "10 mg", "83 %")),
    ]
    places = (50, 110, 170), (250, 310, 370)
    tokens = [
        token
        for number, row in enumerate([names, *rows])
        for token in words(100 + 15 * number, *zip(places[0], row[0], strict=True))
        + words(100 + 15 * number, *zip(places[1], row[1], strict=True))
    ]
    region = Region("table", (40, 90, 420, 160), [111, 126, 141], [100, 160, 220, 300, 360])
    apart = [Rule((48, 110, 210, 110)), Rule((248, 110, 410, 110))]
    found = find_tables(tokens, region, apart)
    assert [texts(table.grid) for table in found] == [
        [list(row[side]) for row in [names, *rows]] for side in (0, 1)
    ]
    (whole,) = find_tables(tokens, region, [*apart, Rule((48, 98, 410, 98))])
    assert whole.grid.width == 6


def test_the_lines_of_one_name_around_that_of_all_others_are_one_cell() -> None:
    tokens = (
        words(96, (270, "Rate at year end"))
        + words(102.6, (50, "Lender"), (180, "Contract"), (370, "Interest"))
        + words(109.2, (300, "(%)"))
        + words(125, (50, "Oriel"), (180, "2011-04"), (305, "3,12"), (380, "544"))
        + words(140, (50, "Skerry"), (180, "2016-01"), (305, "1,45"), (380, "307"))
    )
    found = texts(grid(tokens, [120, 136], [150, 250, 350]))
    assert found[0] == ["Lender", "Contract", "Rate at year end (%)", "Interest"]
