from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables.utils import AddableDict

from graph.build import build_graph
from graph.generation.chat_writer import ModelWriter
from graph.live_markup import is_live
from loaders.errors import LibraryError
from pagewise.answer_stream import pieces, stream_answer
from pagewise.library import Library
from pagewise.models.gemini import gemini_chat
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, calling

ANSWER = {
    "question": "Why?",
    "answer": "  Because\nof 5 % [1]  ",
    "abstained": False,
    "citations": [{"marker": 1}, {"marker": 2}],
    "computed": [],
}


@pytest.mark.parametrize(
    "answer",
    [ANSWER, {**ANSWER, "answer": ""}, {**ANSWER, "answer": " "}, {**ANSWER, "citations": []}],
    ids=["an answer", "no text", "a blank", "no citations"],
)
def test_the_pieces_add_up_to_the_answer(answer: dict[str, Any]) -> None:
    assert reduce(add, map(AddableDict, pieces(answer))) == answer


def stream(library: Library, *replies: str) -> list[dict[str, Any]]:
    chat = GenericFakeChatModel(messages=iter([AIMessage(reply) for reply in replies]))
    graph = build_graph(library.retriever, library.store.chunks, ModelWriter(chat, "scripted"))
    asked: Any = {"question": "What do they say about Hamburg?"}
    return list(stream_answer(graph, asked, {}, None))


def joined(parts: list[dict[str, Any]], key: str) -> str:
    return "".join(part.get(key, "") for part in parts)


def test_what_a_model_writes_comes_as_a_draft_before_the_checked_answer(
    small_library: Library,
) -> None:
    reply = "The company employs 340 people in Hamburg. [1]"
    parts = stream(small_library, reply)
    drafts = [part for part in parts if "draft" in part]
    assert parts[: len(drafts)] == drafts
    assert len(drafts) > 3
    assert joined(parts, "draft") == reply
    assert joined(parts, "answer").startswith("The company employs 340 people in Hamburg.")


def test_a_draft_is_inert_at_every_moment(small_library: Library) -> None:
    reply = (
        "It employs <img src=//evil.test> 340 people, [see](//evil.test) ht\u200btps://evil.test "
        "\x1b[2J a < b [1]"
    )
    shown = ""
    for part in stream(small_library, reply, reply):
        shown += part.get("draft", "")
        assert not is_live(shown)
        assert not {"\x1b", "\u200b"} & set(shown)
    assert shown.startswith("It employs  340 people, see …  a < b [1]")


def test_a_second_draft_stands_apart_from_the_one_that_failed_its_check(
    small_library: Library,
) -> None:
    wrong, right = "It employs 999 people. [1]", "It employs 340 people. [1]"
    parts = stream(small_library, wrong, right)
    assert joined(parts, "draft") == f"{wrong}\n\n{right}"
    assert "999" not in joined(parts, "answer")


def test_what_a_model_is_asked_for_a_calculation_is_no_draft(
    small_library: Library, gemini: GeminiEmulator
) -> None:
    settings = Settings(chat=f"google_genai:{CHAT}", google_api_key=KEY, google_base_url=gemini.url)
    reply = "They employ 340 people. [1]"
    gemini.will(calling({"formula": "1 + 1", "operands": []}), Reply(reply))
    writer = ModelWriter(gemini_chat(settings))
    graph = build_graph(small_library.retriever, small_library.store.chunks, writer)
    asked: Any = {"question": "What is the sum of the people in Hamburg?"}
    parts = list(stream_answer(graph, asked, {}, None))
    assert all(request.is_streamed for request in gemini.generations)
    assert joined(parts, "draft") == reply


def test_a_draft_does_not_run_on_into_the_next_one(
    small_library: Library, gemini: GeminiEmulator
) -> None:
    settings = Settings(chat=f"google_genai:{CHAT}", google_api_key=KEY, google_base_url=gemini.url)
    reply = "They employ 340 people. [1]"
    cut = Reply("They empl", finish="MAX_TOKENS")
    gemini.will(
        cut, calling({"formula": "1 + 1", "operands": []}, text="Let me see."), Reply(reply)
    )
    writer = ModelWriter(gemini_chat(settings))
    graph = build_graph(small_library.retriever, small_library.store.chunks, writer)
    asked: Any = {"question": "How many people in Hamburg?"}
    parts = list(stream_answer(graph, asked, {}, None))
    assert joined(parts, "draft") == f"They empl\n\nLet me see.\n\n{reply}"
    assert joined(parts, "answer") == reply


def test_a_question_that_cannot_be_asked_is_refused_before_the_first_piece(
    small_library: Library,
) -> None:
    with pytest.raises(LibraryError, match="no document"):
        small_library.stream("Why?", document="no.pdf")


@pytest.mark.parametrize(
    "thought", ["<think>they may be 99 or so</think>", "\n<think>99</think>\n\n"]
)
def test_what_a_model_thinks_aloud_is_not_streamed(small_library: Library, thought: str) -> None:
    reply = "The company employs 340 people in Hamburg. [1]"
    shown = joined(stream(small_library, f"{thought}{reply}"), "draft")
    assert shown.strip() == reply
