from __future__ import annotations

import pytest

from graph.query.fragments import Fragment, filled, is_bare, is_clear, is_complete
from graph.query.grammar import grammar
from graph.query.leads import without_lead

EN = grammar("en")
BEFORE = "What was Norvale's operating profit in Belgium in 2023?"


@pytest.mark.parametrize(
    ("turn", "rest", "led"),
    [
        ("And in 2022?", "in 2022", True),
        ("What about Belgium?", "Belgium", True),
        ("In 2022?", "In 2022", False),
        ("and", "and", False),
    ],
)
def test_what_only_ties_a_turn_to_the_one_before_is_taken_off(
    turn: str, rest: str, led: bool
) -> None:
    assert without_lead(turn, EN) == (rest, led)


def put(text: str, before: str = BEFORE, *, led: bool = True) -> str | None:
    return filled(before, Fragment(text, led), EN)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("in 2022", "What was Norvale's operating profit in Belgium in 2022?"),
        ("2022", "What was Norvale's operating profit in Belgium in 2022?"),
        ("the year before", "What was Norvale's operating profit in Belgium in 2022?"),
        ("in France", "What was Norvale's operating profit in France in 2023?"),
        ("for Larkmoor", "What was Larkmoor's operating profit in Belgium in 2023?"),
        ("revenue", "What was Norvale's revenue in Belgium in 2023?"),
        ("in France in 2021", "What was Norvale's operating profit in France in 2021?"),
    ],
)
def test_a_fragment_takes_the_place_of_its_kind(text: str, question: str) -> None:
    assert put(text) == question


@pytest.mark.parametrize("text", ["since 1990 during Q2", "above 8", "the highest"])
def test_what_has_no_place_there_is_not_guessed(text: str) -> None:
    assert put(text) is None


def test_two_places_of_a_kind_are_no_place() -> None:
    assert put("2021", "How did revenue change from 2022 to 2023?") is None


def test_a_bound_brings_its_own_preposition() -> None:
    assert put("above 8", "Which sites have under 5 employees?") == (
        "Which sites have above 8 employees?"
    )


def test_a_place_narrows_a_question_that_has_none() -> None:
    assert put("in Belgium", "How many employees were there?") == (
        "How many employees were there in Belgium?"
    )


def test_a_question_is_complete_that_asks_for_something() -> None:
    assert is_complete("What was revenue?", EN)
    assert not is_complete("in 2022", EN)
    assert not is_complete("Why?", EN)
    assert is_bare("Why?", EN)
    assert not is_bare("Why not Belgium?", EN)


def test_one_phrase_is_a_fragment_and_a_list_of_keywords_is_none() -> None:
    assert is_clear("in Belgium", EN)
    assert is_clear("operating profit", EN)
    assert not is_clear("revenue 2022", EN)
    assert not is_clear("", EN)
