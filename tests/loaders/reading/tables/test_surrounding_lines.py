from __future__ import annotations

from loaders.pages.page_layout import Rule
from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.surrounding_lines import are_framed, trimmed
from tests.drawn_words import level, table_line, upright

ROWS = [
    table_line(100, (60, "Item"), (200, "2024"), (300, "2023")),
    table_line(114, (60, "Harbour dues"), (200, "11"), (300, "12")),
    table_line(128, (60, "Pilotage"), (200, "17"), (300, "19")),
]


def under(*lines: TableLine) -> list[str]:
    return [line.text for line in trimmed([*ROWS, *lines], [150, 250], [])[2]]


def test_a_sentence_that_runs_over_the_columns_stands_under_the_table() -> None:
    first = table_line(146, (60, "The council met four times and heard"))
    last = table_line(158, (60, "both officers."))
    assert under(first, last) == ["The council met four times and heard", "both officers."]


def test_a_label_and_a_row_are_no_sentences() -> None:
    assert under(table_line(146, (60, "Cranes."))) == []
    assert under(table_line(146, (60, "All that the harbour has earned in the year"))) == []
    row = table_line(146, (60, "Fees of ships that stay long"), (300, "see p."))
    assert under(row) == []


def test_a_lone_line_above_all_drawn_cells_stands_over_the_table() -> None:
    lines = [table_line(86, (290, "Posts")), *ROWS]
    frame = [upright(x, 90, 132) for x in (55, 180, 280, 330)]
    assert [line.text for line in trimmed(lines, [150, 250], frame)[0]] == ["Posts"]
    assert trimmed(lines, [150, 250], [])[0] == []
    outer = [upright(x, 76, 132) for x in (55, 330)]
    assert trimmed(lines, [150, 250], [*frame, *outer])[0] == []


def test_the_first_line_of_a_name_above_an_undrawn_head_is_no_title() -> None:
    lines = [table_line(93, (290, "Rate at")), *ROWS, table_line(142, (60, "Cranes"), (200, "7"))]
    below = [upright(x, 104, 146) for x in (55, 180, 280, 330)]
    assert trimmed(lines, [150, 250], below)[0] == []


def test_a_name_of_rows_between_the_sides_of_the_frame_stands_in_it() -> None:
    lines = [*ROWS, table_line(142, (190, "Cranes")), table_line(156, (60, "Old"), (300, "7"))]
    inner = [upright(x, 90, 132) for x in (120, 280)]
    frame = [upright(x, 90, 160) for x in (55, 340)]
    assert all(are_framed(lines, [*frame, *inner]))
    assert are_framed(lines, [frame[0], *inner]) == [True, True, True, False, True]


def test_what_stands_alone_below_the_closing_rule_is_no_row() -> None:
    rows = [*ROWS, table_line(142, (60, "Cranes"), (200, "4"), (300, "2"))]
    notes = [table_line(160, (60, "a Of both")), table_line(172, (60, "quays."), (200, "Also old"))]
    head, foot = level(105, 55, 330), level(147, 55, 330)

    def lines_under(rules: list[Rule], *below: TableLine) -> int:
        return len(trimmed([*rows, *below], [150, 250], rules)[2])

    assert lines_under([head, foot], *notes) == 2
    assert lines_under([head], *notes) == lines_under([foot], *notes) == 0
    assert lines_under([head, foot], *notes, table_line(184, (60, "Tugs"), (200, "3"))) == 0
    assert lines_under([head, foot], table_line(160, (60, "Port"), (200, "open"))) == 0
    assert lines_under([head, foot], table_line(160, (200, "open"))) == 0
    between = [level(119, 55, 330), level(133, 55, 330)]
    assert lines_under([head, *between, foot], *notes) == 0
