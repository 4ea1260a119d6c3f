"""A sentence's number answers if it is of what is asked for, and of that alone."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.offline.keyless_writer import KeylessWriter
from tests.passages import evidence

CLINIC = """# Clinic report

The clinic has 310 beds in three houses: Norland, Westby and Harbour Row.
A storm closed the ferry in March. Because of it, the night ward moved to Westby.
Daily walks raised the mobility score by 2.1 points over the other group (p = 0.03).
The kitchen prepared 412 meals a day.
Part-time nurses receive leave in proportion.
The budget of the clinic rose by 3 % to 48.2 million euros."""


def drafted(question: str) -> Draft:
    return KeylessWriter().write(evidence(question, CLINIC))


@pytest.mark.parametrize(
    "question",
    [
        "How many beds does the Westby house have?",
        "What was the mobility score with daily walks?",
        "How many meals did the kitchen prepare per patient?",
    ],
    ids=["a figure of several together", "a change", "per something else"],
)
def test_another_figure_is_not_claimed(question: str) -> None:
    assert drafted(question).kind == "passages"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many beds does the clinic have?", "310"),
        ("How many meals did the kitchen prepare?", "412"),
        ("How high was the budget of the clinic?", "48.2"),
    ],
)
def test_its_own_figure_is_quoted(question: str, value: str) -> None:
    draft = drafted(question)
    assert draft.kind == "quote"
    assert value in draft.text


def test_what_a_pronoun_stands_for_is_quoted_with_it() -> None:
    text = drafted("Why was the night ward moved to Westby?").text
    assert text.startswith("A storm closed the ferry in March.")
    assert "Because of it, the night ward moved to Westby." in text


def test_a_yes_or_no_is_of_every_word() -> None:
    assert drafted("Is study leave paid?").kind == "passages"


def test_a_heading_is_no_answer() -> None:
    text = "# Adopted budget 2025\n\nThe town wrote it down."
    draft = KeylessWriter().write(evidence("When was the budget adopted?", text))
    assert draft.kind == "passages"
