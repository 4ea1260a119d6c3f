from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage

from loaders.pages.page import Outcome
from loaders.reading.vision.outcomes import answer_of, has_loop


def answered(text: str, **metadata: Any) -> tuple[Outcome, str]:
    told = {"finish_reason": "STOP", "model_provider": "google_genai", **metadata}
    found = answer_of(AIMessage(text, response_metadata=told))
    return found.outcome, found.markup


def test_a_whole_text_is_ok_without_thoughts_and_fences() -> None:
    assert answered("<think>hm</think>\n```html\n<p>Dues</p>\n```") == (Outcome.OK, "<p>Dues</p>")


@pytest.mark.parametrize(
    ("finish", "outcome"),
    [
        ("MAX_TOKENS", Outcome.TRUNCATED),
        ("length", Outcome.TRUNCATED),
        ("SAFETY", Outcome.BLOCKED),
        ("content_filter", Outcome.BLOCKED),
        ("RECITATION", Outcome.RECITATION),
        ("OTHER", Outcome.FAILED),
    ],
)
def test_the_reason_for_its_end_tells_the_outcome(finish: str, outcome: Outcome) -> None:
    assert answered("Dues rose", finish_reason=finish) == (outcome, "")


def test_a_prompt_that_is_refused_is_blocked_whatever_the_reason() -> None:
    told = {"prompt_feedback": {"block_reason": "PROHIBITED_CONTENT"}}
    assert answered("", **told)[0] is Outcome.BLOCKED


def test_nothing_without_a_reason_is_worth_asking_again() -> None:
    found = answer_of(AIMessage("", response_metadata={"model_provider": "google_genai"}))
    assert (found.outcome, found.worth_asking_again) == (Outcome.FAILED, True)
    assert "no candidate" in found.detail


def test_a_provider_that_tells_no_reason_is_believed() -> None:
    assert answer_of(AIMessage("Dues", response_metadata={})).outcome is Outcome.OK


def test_a_blank_page_is_said_to_be_one_and_tags_alone_are_not() -> None:
    assert answered("**[Blank page]**")[0] is Outcome.BLANK
    assert answered("<table><tr><td></td></tr></table>")[0] is Outcome.FAILED


def test_a_text_that_goes_round_is_repeated() -> None:
    assert answered("Dues\n" + "The same long line again.\n" * 20)[0] is Outcome.REPEATED
    assert has_loop("Dues " + "round and round " * 60)


@pytest.mark.parametrize(
    "text",
    [
        "0\n" * 50,
        "---\n" * 300,
        "\n".join(f"Berth {n} is free for ships" for n in range(50)),
        "The same long line again.\n" * 5,
    ],
)
def test_columns_of_zeros_and_rules_are_no_loop(text: str) -> None:
    assert not has_loop(text)
