from __future__ import annotations

import pytest

from graph.query.question import (
    is_about_library,
    is_follow_up,
    is_greeting,
    language_of,
    stand_alone,
    wants_figures,
)

SCORE = "What does Orion-7B score on QuizBench?"


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        pytest.param(
            "And on CodeRace?", SCORE, "What does Orion-7B score on CodeRace?", id="another measure"
        ),
        pytest.param(
            "What about the 14B one?",
            "What is the pass@1 of Orion-Chat-7B?",
            "What is the pass@1 of Orion-Chat-14B?",
            id="another size inside a name",
        ),
        pytest.param(
            "What about Lyra-V3?", SCORE, "What does Lyra-V3 score on QuizBench?", id="another name"
        ),
        pytest.param(
            "And in 2021?",
            "What were Acme's net sales in FY2017?",
            "What were Acme's net sales in 2021?",
            id="another year",
        ),
        pytest.param(
            "And net income?",
            "What was Acme's net sales in FY2017?",
            "What was Acme's net income in FY2017?",
            id="another line of the statement",
        ),
        pytest.param(
            "What is its score on DROP?", SCORE, "What is Orion-7B's score on DROP?", id="pronoun"
        ),
        pytest.param(
            "Und bei GPQA?",
            "Welche Punktzahl erreicht Orion-7B bei MMLU?",
            "Welche Punktzahl erreicht Orion-7B bei GPQA?",
            id="German",
        ),
        pytest.param(
            "那2018年呢？", "2019年公司营业收入是多少？", "2018年公司营业收入是多少？", id="Chinese"
        ),
        pytest.param(
            "What is the capital of France?",
            SCORE,
            "What is the capital of France?",
            id="a question of its own",
        ),
    ],
)
def test_a_follow_up_becomes_a_question_that_stands_alone(
    question: str, before: str, expected: str
) -> None:
    assert stand_alone(question, [[before, "…"]]) == expected


def test_without_history_nothing_is_a_follow_up() -> None:
    assert not is_follow_up("And on CodeRace?", [])


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the score?", "en"),
        ("Wie hoch war der Umsatz?", "de"),
        ("Warum wurde für Orion kein Modell verwendet?", "de"),
        ("2019年营业收入是多少？", "zh"),
        ("Orion-7B 在 QuizBench 上的得分", "zh"),
    ],
)
def test_languages_are_told_apart(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many stores were opened?", True),
        ("Welche Punktzahl erreicht Orion?", True),
        ("营业收入是多少？", True),
        ("Which company has the highest margin?", True),
        ("Why is there no critic?", False),
    ],
)
def test_questions_that_want_figures_are_recognised(question: str, expected: bool) -> None:
    assert wants_figures(question) is expected


def test_greetings_and_questions_about_the_library_need_no_search() -> None:
    assert is_greeting("Hello!")
    assert is_about_library("Which documents do you have?")
    assert not is_greeting("Hello, what was revenue?")
    assert not is_about_library("Which documents did the board sign?")
