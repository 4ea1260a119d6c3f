from __future__ import annotations

import pytest

from graph.verification.answer_language import language_faults


@pytest.mark.parametrize(
    ("text", "language", "is_right"),
    [
        ("The revenue of the group was 5 million euros. [1]", "en", True),
        ("Der Umsatz der Gruppe betrug im Jahr 5 Millionen Euro. [1]", "de", True),
        ("集团收入为 5 百万欧元。[1]", "zh", True),
        ("The revenue of the group was 5 million euros. [1]", "de", False),
        ("Der Umsatz der Gruppe betrug im Jahr 5 Millionen Euro. [1]", "en", False),
        ("The revenue of the group was 5 million euros. [1]", "zh", False),
        ("集团在本年度的收入为 5 百万欧元。[1]", "en", False),
        ("The company 深圳公司 reported revenue of 5 million in that year. [1]", "en", True),
        (
            "It says “Der Umsatz der Gruppe betrug im Jahr nicht viel” in the report. [1]",
            "en",
            True,
        ),
        (
            "| Hall | Term |\n| Château Morel | August 2025 [1] |\n"
            "| Éclairage Petit | June 2024 [1] |",
            "en",
            True,
        ),
        ("88.5 [1]", "zh", True),
        ("DeepSeek-R1: 97.3 (Pass@1) [1]", "zh", True),
    ],
)
def test_another_language_than_the_question_s_is_told(
    text: str, language: str, is_right: bool
) -> None:
    questions = {"zh": "新城院区什么时候启用", "de": "Was sagt der Bericht über den Umsatz?"}
    question = questions.get(language, "What does the report say of it?")
    assert (language_faults(text, language, question) == []) is is_right


def test_a_question_that_is_in_another_language_than_it_was_taken_for_tells_nothing() -> None:
    question, answer = "deuda bancaria a largo plazo fin 2023", "La deuda era de 5 millones al fin."
    assert language_faults(answer, "en", question) == []


def test_nobody_can_tell_the_language_of_a_few_words() -> None:
    assert language_faults("The revenue of the group was 5 million.", "es", "total 2023, svp") == []
