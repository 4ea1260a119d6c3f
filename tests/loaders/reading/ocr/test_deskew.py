from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from loaders.reading.ocr.deskew import lies, quarter_turned, straightened, way_back, weighted_median


def lines(degrees: float = 0.0) -> NDArray[np.uint8]:
    """Four dark lines on white, which fall by so many degrees."""
    picture = np.full((300, 400), 255, np.uint8)
    for y in range(60, 260, 50):
        picture[y : y + 10, 60:340] = 0
    return straightened(picture, -degrees)


def mask(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(picture < 128, dtype=np.uint8)


@pytest.mark.parametrize("degrees", [-5.0, -1.0, 1.0, 5.0])
def test_a_skew_is_measured_and_straightened(degrees: float) -> None:
    is_turned, skew = lies(mask(lines(degrees)))
    assert not is_turned
    assert skew == pytest.approx(degrees, abs=0.3)
    assert lies(mask(straightened(lines(degrees), skew))) == (False, 0.0)


def test_lines_that_run_up_are_told() -> None:
    assert lies(mask(quarter_turned(lines(), 90)))[0]
    assert not lies(mask(lines()))[0]


def test_a_hair_of_skew_and_a_blank_page_are_none() -> None:
    assert lies(mask(lines(0.1))) == (False, 0.0)
    assert lies(np.zeros((50, 50), np.uint8)) == (False, 0.0)


def test_quarter_turns_go_clockwise() -> None:
    picture = np.array([[1, 2], [3, 4]], np.uint8)
    assert quarter_turned(picture, 90).tolist() == [[3, 1], [4, 2]]
    assert quarter_turned(picture, 360).tolist() == picture.tolist()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_a_point_finds_its_way_back(degrees: int, skew: float) -> None:
    picture = np.full((300, 400), 255, np.uint8)
    picture[100:104, 150:154] = 0
    upright = quarter_turned(straightened(picture, skew), degrees)
    y, x = (float(part) + 0.5 for part in np.argwhere(upright < 128).mean(axis=0))
    a, b, c, d, e, f = way_back((upright.shape[0], upright.shape[1]), skew, degrees)
    assert a * x + b * y + c == pytest.approx(152, abs=1.5)
    assert d * x + e * y + f == pytest.approx(102, abs=1.5)


def test_the_middle_is_where_half_of_the_weight_lies_below() -> None:
    assert weighted_median([(5, 1), (1, 1), (9, 5)]) == 9
    assert weighted_median([]) == 0
