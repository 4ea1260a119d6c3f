from __future__ import annotations

import base64
from typing import Any

import pytest

from loaders.pages.page import Outcome
from loaders.reading.vision.outcomes import answer_of
from pagewise.models.gemini_batches import reply_of, request_of

TEXT = {"parts": [{"text": "hm", "thought": True}, {"text": "<p>Dues"}, {"text": "</p>"}]}


def test_a_request_is_a_call_about_one_page_as_it_goes_over_the_wire() -> None:
    told = request_of(b"image", "Read it.", "gemini-3.8-flash")
    image, prompt = told["contents"][0]["parts"]
    assert base64.b64decode(image["inlineData"]["data"]) == b"image"
    assert prompt == {"text": "Read it."}
    assert told["generationConfig"]["thinkingConfig"] == {"thinkingLevel": "LOW"}
    assert "thinkingConfig" not in request_of(b"", "", "gemini-2.5-flash")["generationConfig"]


def test_an_answer_off_the_wire_is_without_thoughts_and_tells_its_tokens() -> None:
    usage = {"promptTokenCount": 100, "candidatesTokenCount": 20, "thoughtsTokenCount": 5}
    candidate = {"content": TEXT, "finishReason": "STOP"}
    reply = reply_of({"candidates": [candidate], "usageMetadata": usage})
    assert reply.text == "<p>Dues</p>"
    assert reply.usage_metadata is not None
    assert dict(reply.usage_metadata) == {
        "input_tokens": 100,
        "output_tokens": 25,
        "total_tokens": 125,
    }


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        ({"candidates": [{"content": TEXT, "finishReason": "STOP"}]}, Outcome.OK),
        ({"candidates": [{"finishReason": "RECITATION"}]}, Outcome.RECITATION),
        ({"promptFeedback": {"blockReason": "SAFETY"}}, Outcome.BLOCKED),
        ({}, Outcome.FAILED),
    ],
)
def test_it_is_judged_as_any_answer_is(response: dict[str, Any], outcome: Outcome) -> None:
    assert answer_of(reply_of(response)).outcome is outcome
