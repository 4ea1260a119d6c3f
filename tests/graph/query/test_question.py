from __future__ import annotations

import pytest

from graph.query.question import wants_figures
from graph.query.small_talk import is_greeting
from loaders.text.language_detection import language_of


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


@pytest.mark.parametrize("said", ["Hello!", "Guten Tag", "Merci beaucoup !", "¡Hola!", "谢谢。"])
def test_where_nothing_is_asked_nothing_is_searched(said: str) -> None:
    assert is_greeting(said)


@pytest.mark.parametrize("said", ["Hello, what was revenue?", "", "Thanks for 2022?"])
def test_a_question_is_no_greeting(said: str) -> None:
    assert not is_greeting(said)
