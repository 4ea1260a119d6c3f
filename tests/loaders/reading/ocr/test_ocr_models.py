from __future__ import annotations

import cv2
import numpy as np
import pytest

from loaders.reading.ocr.ocr_models import (
    BATCH_WIDTH,
    LINE_HEIGHT,
    LONGEST,
    Models,
    Pixels,
    as_pixels,
    batches,
    line_width,
)


def printed(text: str, width: int = 400) -> Pixels:
    picture = np.full((48, width), 255, np.uint8)
    cv2.putText(picture, text, (8, 34), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    return picture


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def test_a_line_says_what_is_printed_and_where_each_sign_stands(models: Models) -> None:
    [signs] = models.texts([printed("4711 ships")])
    assert "".join(sign.char for sign in signs).replace(" ", "") == "4711ships"
    places = [sign.x for sign in signs]
    assert places == sorted(places)
    assert 0 < places[0] < 40
    assert min(sign.confidence for sign in signs if sign.char.isdigit()) > 0.5


def test_lines_come_back_in_their_order_whatever_their_width(models: Models) -> None:
    found = models.texts([printed("1234567 1234567", 420), printed("88", 90), printed("4711", 130)])
    assert ["".join(sign.char for sign in signs)[:2] for signs in found] == ["12", "88", "47"]


def test_no_lines_say_nothing(models: Models) -> None:
    assert models.texts([]) == []


def test_a_map_of_text_is_as_large_as_the_picture_at_its_part(models: Models) -> None:
    picture = np.full((200, 400), 255, np.uint8)
    picture[80:128, :] = printed("4711 ships")
    found = models.text_map(picture, 0.5)
    assert found.shape == (100, 200)
    assert found[40:64, 10:90].max() > 0.5 > found[:20].max()


def test_narrow_lines_are_read_together_first() -> None:
    ratios = [60.0, 2.0, 3.0, 60.0]
    found = list(batches(ratios))
    assert found == [[1, 2], [0], [3]]
    assert all(max(ratios[n] for n in one) * LINE_HEIGHT * len(one) <= BATCH_WIDTH for one in found)
    assert list(batches([])) == []


def test_a_line_is_as_wide_as_the_model_takes_it() -> None:
    assert line_width(np.zeros((24, 100), np.uint8)) == 200
    assert line_width(np.zeros((10, 9000), np.uint8)) == LONGEST
    assert line_width(np.zeros((100, 2), np.uint8)) == 8


def test_samples_with_padding_at_the_end_of_rows_are_a_picture() -> None:
    assert as_pixels(bytes([1, 2, 0, 3, 4, 0]), 2, 2, 3).tolist() == [[1, 2], [3, 4]]
