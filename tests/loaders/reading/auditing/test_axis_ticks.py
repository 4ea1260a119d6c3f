from __future__ import annotations

import pytest

from loaders.pages.word import Word
from loaders.reading.auditing.audit import audit
from loaders.reading.auditing.axis_ticks import axis_ticks


def upwards(*texts: str, left: float = 60.0, gap: float = 20.0) -> list[Word]:
    """Words under each other, the first one lowest, with one right edge as axes have it."""
    return [
        Word(text, (left - 6 * len(text), 300 - gap * row, left, 310 - gap * row))
        for row, text in enumerate(texts)
    ]


def across(*texts: str, gap: float = 40.0) -> list[Word]:
    return [
        Word(text, (80 + gap * column - 3 * len(text), 320, 80 + gap * column + 3 * len(text), 330))
        for column, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("words", "are_ticks"),
    [
        pytest.param(upwards("0", "20", "40", "60", "80", "100"), True, id="even steps"),
        pytest.param(upwards("0%", "20%", "40%", "60%"), True, id="with signs"),
        pytest.param(upwards("1", "10", "100", "1,000"), True, id="one factor"),
        pytest.param(across("-2", "-1", "0", "1", "2"), True, id="across"),
        pytest.param(upwards("0", "20", "40"), False, id="too few"),
        pytest.param(upwards("12.4", "13.9", "11.0", "17.2"), False, id="a column of values"),
        pytest.param(across("2020", "2021", "2022", "2023"), False, id="years over a table"),
        pytest.param(upwards("7", "7", "7", "7"), False, id="one value"),
        pytest.param(
            [*upwards("0", "20"), *upwards("40", "60", gap=33)], False, id="at uneven distances"
        ),
    ],
)
def test_numbers_of_axes_are_told_by_place_and_step(words: list[Word], are_ticks: bool) -> None:
    assert bool(axis_ticks(words)) == are_ticks


CHART = [*upwards("0", "25", "50", "75", "100"), *across("R1-32B", "o1-1217", "R1-32B")]


def test_what_an_axis_and_a_legend_bear_is_not_lost() -> None:
    told = audit(
        "Figure 1: R1-32B reaches 91.5, o1-1217 less.", [*CHART, Word("91.5", (9, 9, 30, 19))]
    )
    assert told.missing_numbers == []
    assert told.novel_numbers == []


def test_an_axis_that_is_written_down_is_checked_like_everything() -> None:
    told = audit("0 | 25 | 50 | 70; R1-32B and o1-1217", CHART)
    assert told.novel_numbers == ["70"]
    assert told.missing_numbers == ["75", "100"]


def test_a_name_that_is_not_said_at_all_is_lost() -> None:
    assert audit("Figure 1: R1-32B leads.", CHART).missing_numbers == ["1217"]
