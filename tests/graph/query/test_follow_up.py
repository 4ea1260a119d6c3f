"""The dialogues of `dialogues.toml`, and what no rule may do."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from graph.query.follow_up import StandAlone, resolve, stand_alone

TURNS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("dialogues.toml").read_text(encoding="utf-8")
)["turn"]
REVENUE = "What was group revenue in 2025?"


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: f"{turn['before']} {turn['asked']}")
def test_a_turn_stands_alone_or_is_asked_back(turn: dict[str, Any]) -> None:
    found = resolve(turn["asked"], [[turn["before"], turn.get("answer", "…")]])
    if turn["becomes"]:
        assert (found.question, found.ask_back) == (turn["becomes"], "")
    else:
        assert found.question == turn["asked"]
        assert found.ask_back


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        pytest.param("What was Norvale's revenue in 2023?", "And in Belgium?", id="a place"),
        pytest.param("What was revenue in 2023?", "what about dairy?", id="no measure"),
        pytest.param("What is the period for tenants?", "And landlords?", id="two places for it"),
        pytest.param("What was net income in 2023?", "and Q3?", id="a quarter is no year"),
        pytest.param("What was revenue in H1 2025?", "and in FY 2024?", id="a half is no year"),
        pytest.param("Wie viele Vorfälle gab es in Leeds?", "Und Unfälle?", id="noun or name"),
        pytest.param("Wo sitzt Norvale?", "Wie hoch war ihr Umsatz?", id="words would bend"),
        pytest.param("Où est basée Norvale ?", "Quand a-t-elle été fondée ?", id="inversion"),
        pytest.param("2023年营业收入是多少？", "比利时呢？", id="Chinese: no measure"),
        pytest.param("谁是董事长？", "他什么时候上任？", id="Chinese: a pronoun"),
    ],
)
def test_what_has_no_clear_place_is_asked_back(before: str, asked: str) -> None:
    found = resolve(asked, [[before, "…"]])
    assert found.ask_back
    assert asked.rstrip("?？ ") in found.ask_back


@pytest.mark.parametrize(
    "asked",
    [
        "Does the landlord have to give his reasons?",
        "Can you show me the table?",
        "Which tenant has to pay its share?",
        "Is it possible to return goods?",
        "There are how many sites?",
        "balance sheet",
        "Wer haftet für seine Schäden?",
        "Wie lange dauert es?",
        "Faut-il une autorisation ?",
    ],
)
def test_a_question_of_its_own_is_left_alone(asked: str) -> None:
    found = resolve(asked, [[REVENUE, "…"]])
    assert (found.question, found.ask_back) == (asked, "")


def test_a_bound_brings_its_own_preposition() -> None:
    before = "Is breakfast reimbursed for trips under 8 hours?"
    assert stand_alone("And above 8 hours?", [[before, "No."]]) == (
        "Is breakfast reimbursed for trips above 8 hours?"
    )


def test_fragments_add_up_over_turns_and_small_talk_is_no_turn() -> None:
    history = [
        ["What was Norvale's revenue in 2021?", "1"],
        ["And in 2022?", "2"],
        ["Thanks!", "…"],
    ]
    assert stand_alone("And 2023?", history) == "What was Norvale's revenue in 2023?"


def test_what_was_asked_back_is_nothing_to_go_on_from() -> None:
    before = ["What was revenue in 2021?", "1"]
    history = [before, ["Why?", resolve("Why?", [before]).ask_back]]
    assert stand_alone("And in 2022?", history) == "What was revenue in 2022?"


def test_what_somebody_else_understood_is_nothing_to_go_on_from() -> None:
    history = [["What was revenue in 2021?", "1"], ["What about the other thing?", "It fell."]]
    assert resolve("And in 2022?", history).ask_back
    assert resolve("How many sites are there?", history).question == "How many sites are there?"


@pytest.mark.parametrize(
    ("before", "asked", "becomes"),
    [
        pytest.param(
            "What was the revenue of the Pastry division in 2023?",
            "What about Drinks?",
            "What was the revenue of the Drinks division in 2023?",
            id="a name that is said of a noun",
        ),
        pytest.param(
            "What is the deposit before delivery?",
            "And after delivery?",
            "What is the deposit after delivery?",
            id="the same words after another preposition",
        ),
        pytest.param(
            "what was revenue in Spain in 2023",
            "what about portugal",
            "what was revenue in portugal in 2023",
            id="small letters say nothing",
        ),
    ],
)
def test_a_fragment_takes_the_place_of_its_kind(before: str, asked: str, becomes: str) -> None:
    assert resolve(asked, [[before, "…"]]) == StandAlone(becomes)


def test_a_title_of_the_question_is_no_person_of_the_answer() -> None:
    history = [["Who is the Chief Engineer?", "Tom Hale is the Chief Engineer. [1]"]]
    assert stand_alone("When did he join?", history) == "When did Tom Hale join?"


def test_without_history_nothing_is_a_follow_up() -> None:
    assert resolve("And on CodeRace?", []).question == "And on CodeRace?"


def test_several_candidates_are_named() -> None:
    history = [["Who signed the lease?", "Anna Berg and Tom Hale signed it. [1]"]]
    assert "Anna Berg or Tom Hale" in resolve("When was she born?", history).ask_back


def test_time_grows_with_the_length_and_no_faster() -> None:
    def seconds(length: int) -> float:
        text = ("What was the revenue of Norvale in 2023 and its share of it, " * length)[:length]
        started = time.process_time()
        for _ in range(3):
            resolve("And in 2022?", [[text, text]] * 8)
        return time.process_time() - started

    seconds(500)
    assert seconds(4000) < 40 * max(seconds(500), 0.005)


@pytest.mark.parametrize(
    ("before", "asked", "becomes"),
    [
        ("Who is the CEO of Norvale?", "And the CFO?", "Who is the CFO of Norvale?"),
        ("What is the voltage of the LX-200?", "LX-300?", "What is the voltage of LX-300?"),
        (
            "What was Norvale's revenue in Bakery?",
            "And Dairy?",
            "What was Norvale's revenue in Dairy?",
        ),
        ("Who is the CEO in 2024?", "And Halden?", ""),
    ],
)
def test_a_name_takes_the_place_of_one_that_is_written_like_it(
    before: str, asked: str, becomes: str
) -> None:
    found = resolve(asked, [[before, "…"]])
    assert (found.question if not found.ask_back else "") == becomes
