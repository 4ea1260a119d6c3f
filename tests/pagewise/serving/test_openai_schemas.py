"""OpenAI's form as it goes in and out."""

from __future__ import annotations

from pagewise.serving.openai_schemas import ChatMessage, ChatRequest, said_before


def test_our_own_list_of_places_is_no_part_of_what_was_said() -> None:
    said = "It rose. [1]\n\n- = 2 - 1 = 1\n- [1] report.pdf, p. 1"
    assert said_before(said) == "It rose. [1]"
    for kept in ("It rose.\n\n- one\n- two", "It rose. [1]"):
        assert said_before(kept) == kept
    messages = [ChatMessage(role="assistant", content=said), ChatMessage(role="tool", content="x")]
    [spoken] = ChatRequest(model="pagewise", messages=messages).spoken()
    assert spoken.text == "It rose. [1]"
