from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loaders.reading.ocr.binarization import (
    band,
    blobs,
    dash_like,
    ink,
    is_alone,
    is_dash,
    on_white,
    paper,
    white_runs,
    without_rules,
)


def page(*dark: tuple[int, int, int, int], ground: int = 240) -> NDArray[np.uint8]:
    """White paper with dark boxes: left, top, right, bottom."""
    picture = np.full((100, 200), ground, np.uint8)
    for left, top, right, bottom in dark:
        picture[top:bottom, left:right] = 20
    return picture


def test_the_paper_is_the_commonest_grey_and_white_print_is_turned_over() -> None:
    assert paper(page((0, 0, 50, 50))) == 240
    white_on_black = np.asarray(255 - page((10, 10, 20, 20), ground=250), dtype=np.uint8)
    assert paper(white_on_black) == 5
    assert paper(on_white(white_on_black)) == 250
    assert paper(on_white(page())) == 240


def test_ink_is_what_is_darker_than_the_paper() -> None:
    assert ink(page((10, 10, 20, 30))).sum() == 200
    faint = page()
    faint[50, :] = 190
    assert ink(faint, faint=40).sum() == 200
    assert ink(faint, faint=60).sum() == 0


def test_straight_lines_are_painted_over_and_their_places_told() -> None:
    clean, rules = without_rules(page((10, 50, 190, 52), (30, 20, 38, 30)), 40)
    assert rules == [(10, 50, 190, 52)]
    assert clean[51, 100] == 240
    assert clean[25, 33] == 20


def test_an_area_is_no_line() -> None:
    assert without_rules(page((10, 30, 190, 60)), 40)[1] == []


def test_words_part_where_columns_have_no_ink() -> None:
    dark = ink(page((20, 10, 60, 20), (80, 10, 120, 20)))
    assert white_runs(dark) == [(0, 20), (60, 80), (120, 200)]


def test_the_line_through_the_middle_is_found_without_its_neighbours() -> None:
    assert band(ink(page((0, 0, 50, 8), (0, 40, 50, 60), (0, 92, 50, 100)))) == (40, 60)
    assert band(np.zeros((30, 30), np.uint8)) == (0, 30)


def test_letters_and_dashes_are_told_by_their_shape() -> None:
    found = list(blobs(ink(page((10, 10, 18, 22), (40, 15, 50, 17), (70, 10, 170, 90))), 12))
    assert found == [((10, 10, 18, 22), False), ((40, 15, 50, 17), True)]
    assert is_dash(10, 2, 12)
    assert not is_dash(3, 3, 12)


def test_a_lone_flat_stroke_in_the_middle_is_a_dash() -> None:
    assert dash_like(ink(page((50, 48, 90, 52))))
    assert not dash_like(ink(page((50, 90, 90, 94))))
    assert not dash_like(np.zeros((100, 100), np.uint8))


def test_a_box_is_alone_without_ink_to_its_left_or_right() -> None:
    box = (50.0, 48.0, 60.0, 52.0)
    assert is_alone(ink(page((50, 48, 60, 52))), box, 12)
    assert not is_alone(ink(page((50, 48, 60, 52), (64, 48, 70, 52))), box, 12)
