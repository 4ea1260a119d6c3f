from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from graph.generation.response_parser import UnusableReply, answer_of, refusal_of, repeats, text_of

TOLD = "Answer the question from the sources and cite each statement with its marker, or refuse."


def reply(text: str = "It is 5. [1]", **metadata: Any) -> AIMessage:
    return AIMessage(text, response_metadata=metadata)


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"finish_reason": "STOP"},
        {"stop_reason": "end_turn"},
        {"done_reason": "stop"},
        {"finish_reason": "FinishReason.STOP"},
        {"prompt_feedback": {"block_reason": 0}},
    ],
)
def test_a_whole_reply_is_its_text(metadata: dict[str, Any]) -> None:
    assert text_of(reply(**metadata)) == "It is 5. [1]"


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({"finish_reason": "MAX_TOKENS"}, "cut off"),
        ({"done_reason": "length"}, "cut off"),
        ({"finish_reason": "SAFETY"}, r"withheld its reply \(SAFETY\)"),
        ({"prompt_feedback": {"block_reason": "OTHER"}, "finish_reason": "STOP"}, "withheld"),
        ({"finish_reason": "MALFORMED_FUNCTION_CALL"}, "malformed"),
    ],
)
def test_a_reply_that_is_not_whole_says_why(metadata: dict[str, Any], why: str) -> None:
    with pytest.raises(UnusableReply, match=why):
        text_of(reply(**metadata))


def test_thoughts_are_no_part_of_it_and_a_message_of_nobody_has_no_reason() -> None:
    assert answer_of(reply("<think>hm</think>It is 5."), TOLD) == "It is 5."
    assert text_of(HumanMessage("It is 5.")) == "It is 5."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  ", "empty"),
        ("round and round " * 8, "repeated itself"),
        (" ".join(str(n) for n in range(4000)), "repeated itself"),
        (f"I was told: {TOLD}", "its own instructions"),
    ],
)
def test_what_nobody_could_read_is_no_answer(text: str, why: str) -> None:
    with pytest.raises(UnusableReply, match=why):
        answer_of(reply(text), TOLD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOT FOUND: the sources do not say.", ("the sources do not say.", True)),
        ("**Not found** – they do not say.", ("they do not say.", True)),
        ("Not found guilty.", ("Not found guilty.", False)),
        ("It is 5.", ("It is 5.", False)),
    ],
)
def test_a_refusal_is_known_by_its_mark(text: str, expected: tuple[str, bool]) -> None:
    assert refusal_of(text, "en") == expected


def test_a_refusal_without_words_gets_some() -> None:
    text, is_refusal = refusal_of("NOT FOUND", "en")
    assert is_refusal
    assert text


def test_ten_words_of_the_instructions_in_a_row_give_them_away() -> None:
    assert repeats(" ".join(TOLD.split()[:10]), TOLD)
    assert not repeats(" ".join(TOLD.split()[:9]), TOLD)
    assert not repeats("", TOLD)
