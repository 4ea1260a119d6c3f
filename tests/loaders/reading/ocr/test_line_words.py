"""A line of characters is cut into words by the spaces that were read and by the white between."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.reading.ocr.line_words import SeenWord, words_in
from loaders.reading.ocr.ocr_models import Sign
from loaders.reading.ocr.recognizer import DOUBTFUL, Scan

HIGH, WIDE, SPACE = 20, 8, 9
"""Pixels of a letter and of a space."""
LINE = "we shall send it to you by post"


def line_of(text: str, forgotten: int = -1) -> list[SeenWord]:
    """The words of a line whose letters are blocks; the model forgets one of its spaces."""
    dark = np.zeros((HIGH, 20 * len(text)), np.uint8)
    signs: list[Sign] = []
    x = 0
    for place, char in enumerate(text):
        if char == " ":
            x += SPACE
            if place != forgotten:
                signs.append(Sign(" ", x - SPACE / 2, 1.0))
            continue
        dark[:, x : x + WIDE] = 1
        signs.append(Sign(char, x + WIDE / 2, 1.0))
        x += WIDE + 1
    return list(words_in(signs, dark[:, :x], (0, 0, x, HIGH), 1))


@pytest.mark.parametrize("forgotten", [place for place, char in enumerate(LINE) if char == " "])
def test_a_space_that_the_model_forgot_is_there_if_the_white_is_as_wide_as_others(
    forgotten: int,
) -> None:
    assert [word.text for word in line_of(LINE, forgotten)] == LINE.split()


def test_white_in_a_number_makes_no_two_of_it_and_is_a_doubt() -> None:
    line = "we shall pay 51 36 pounds to you"
    words = line_of(line, line.index(" 36"))
    assert words[3].text == "5136"
    assert words[3].confidence < DOUBTFUL
    scan = Scan(words)
    assert scan.doubtful == ["5136"]
    assert scan.confidence < 1


def test_an_ordinary_line_is_read_for_sure() -> None:
    assert Scan(line_of(LINE)).confidence == 1


def test_a_full_stop_stays_with_its_word_although_a_space_was_read_before_it() -> None:
    assert [word.text for word in line_of("we shall send it . Then you pay")][3] == "it."


def test_letters_that_all_touch_are_read_as_their_spaces_say() -> None:
    signs = [Sign(char, 4.0 + 8 * place, 1.0) for place, char in enumerate(LINE)]
    dark = np.ones((HIGH, 8 * len(LINE)), np.uint8)
    words = words_in(signs, dark, (0, 0, 8 * len(LINE), HIGH), 1)
    assert [word.text for word in words] == LINE.split()


@pytest.mark.parametrize("early", [1, -1])
def test_a_space_that_was_read_beside_its_white_stands_in_the_white(early: int) -> None:
    """Without this, two amounts became one: `1,2341,100`."""
    dark = np.zeros((HIGH, 400), np.uint8)
    signs: list[Sign] = []
    for number, char in enumerate("1,2341,100"):
        x = 20 + number * (WIDE + 1) + (24 if number > 4 else 0)
        dark[:, x : x + WIDE] = 1
        signs.append(Sign(char, x + WIDE / 2, 1.0))
        if number == 4 - early:
            signs.append(Sign(" ", x + WIDE + 0.5, 1.0))
    words = words_in(signs, dark, (0, 0, 400, HIGH), 1)
    assert [word.text for word in words] == ["1,234", "1,100"]


def test_ink_of_a_neighbour_at_the_edge_is_no_part_of_a_word() -> None:
    """Without this, a word began where the one before it ended, and both became one."""
    dark = np.zeros((HIGH, 120), np.uint8)
    dark[:, :2] = dark[:, 40:48] = dark[:, 49:57] = dark[:, 118:] = 1
    (word,) = words_in([Sign("4", 44, 1.0), Sign("8", 53, 1.0)], dark, (100, 0, 220, HIGH), 1)
    assert (word.box[0], word.box[2]) == (140, 157)
