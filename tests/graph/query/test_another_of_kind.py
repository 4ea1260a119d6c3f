"""Of a fragment that names another of its kind, and of what it must not touch."""

from __future__ import annotations

import pytest

from graph.query.another_of_kind import another_of_its_kind, without_stand_in
from graph.query.grammar import grammar

EN = grammar("en")


@pytest.mark.parametrize(
    ("before", "fragment", "becomes"),
    [
        ("What was revenue in 2023?", "the year before", "What was revenue in 2022?"),
        ("Which firm won lot 3?", "lot 4", "Which firm won lot 4?"),
        ("What is the rate in zone A?", "zone C", "What is the rate in zone C?"),
        ("What does the 40mm valve cost?", "the 25mm", "What does the 25mm valve cost?"),
        ("Who runs the soil sampling?", "the water one", "Who runs the water sampling?"),
        ("What does the Oslo site earn?", "the Bergen one", "What does the Bergen site earn?"),
        ("What is the rate in zone A?", "lot 4", ""),
        ("What is the rate in zone A?", "Belgium", ""),
        ("How many were sold in 12 shops?", "in 2023", ""),
        ("How many people live in a flat?", "in 2023", ""),
        ("What is the price for a valve A?", "for B", ""),
        ("What do size 4 and size 5 cost?", "size 6", None),
        ("Do the big boat and the old car float?", "the small one", None),
    ],
)
def test_it_takes_the_one_place_of_its_kind(
    before: str, fragment: str, becomes: str | None
) -> None:
    assert another_of_its_kind(before, fragment, EN) == becomes


def test_a_stand_in_is_no_word_of_the_fragment() -> None:
    assert without_stand_in("the Oslo one", EN) == "the Oslo"
    assert without_stand_in("one", EN) == "one"
