from __future__ import annotations

import pytest

from graph.verification.statements.naming import naming, spoken
from graph.verification.statements.reading_order import can_be_read
from tests.passages import STATEMENT, stated

PATHS = ("2023",), ("2024",)
VALUES = {"14.2": ("2023",), "15.1": ("2024",)}


def reads(text: str) -> bool:
    [one] = stated(text, "?", STATEMENT)
    numbers = [number for number in one.values if number.text in VALUES]
    paths = [[VALUES[number.text]] for number in numbers]
    return can_be_read(one, numbers, paths, naming(PATHS, spoken(text)).named)


@pytest.mark.parametrize(
    "text",
    [
        "It was 14.2 in 2023 and 15.1 in 2024.",
        "In 2023 and 2024 it was 14.2 and 15.1.",
        "In 2024 it was 15.1, after 14.2 in 2023.",
        "In 2024 it was 15.1 (2023: 14.2).",
        "It was 14.2 in 2023.",
    ],
)
def test_names_and_numbers_in_one_order_can_be_read(text: str) -> None:
    assert reads(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was 15.1 in 2023 and 14.2 in 2024.",
        "In 2023 and 2024 it was 15.1 and 14.2.",
        "In 2024 it was 14.2 (2023: 15.1).",
    ],
)
def test_swapped_numbers_cross(text: str) -> None:
    assert not reads(text)
