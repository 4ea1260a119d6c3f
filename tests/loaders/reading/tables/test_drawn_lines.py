from __future__ import annotations

from loaders.reading.tables.drawn_lines import horizontal_rules, joints, length_of, vertical_rules
from tests.drawn_words import level, upright

BOX = (45.0, 90.0, 345.0, 170.0)


def test_the_frame_of_a_table_and_short_lines_are_no_columns() -> None:
    rules = [upright(46, 90, 170), upright(344, 90, 170), upright(120, 90, 130)]
    assert vertical_rules(rules, BOX) == []
    assert vertical_rules([upright(120, 90, 130), upright(121, 130, 170)], BOX) == [120]


def test_lines_that_are_drawn_cell_by_cell_under_the_rows_show_columns() -> None:
    pieces = [(45, 120), (120, 250), (250, 345)]
    rules = [level(y, *piece) for y in (104, 118, 132, 146) for piece in pieces]
    assert joints(rules, BOX, rows=4) == [120, 250]
    assert joints(rules, BOX, rows=12) == []
    assert joints([level(y, 45, 345) for y in (104, 118, 132, 146)], BOX, rows=4) == []


def test_the_underline_of_a_link_that_is_drawn_twice_counts_once() -> None:
    assert length_of([(10, 60), (10, 60), (50, 80)]) == 70


def test_only_rules_across_most_of_the_table_part_rows_and_its_frame_does_not() -> None:
    box = (45.0, 90.0, 245.0, 190.0)
    rules = [level(120, 45, 140), level(121, 140, 245), level(150, 45, 120), level(91, 45, 245)]
    assert horizontal_rules(rules, box) == [120]
