"""The agent over the checked graph: Gemini's real client, on loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from graph.answer import Answer
from pagewise.library import Library
from pagewise.serving.assistant import build_assistant, numbers_not_given
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, calling

QUESTION = "What was the revenue in 2023?"
CHECKED = "Revenue rose to 12.5 million euros in 2023. [1]"
CALL = {"name": "ask", "args": {"question": QUESTION}}


@pytest.fixture
def library(small_library: Library, gemini: GeminiEmulator, tmp_path: Path) -> Iterator[Library]:
    """The small library, with Gemini's chat beside the embedded reader."""
    home = shutil.copytree(small_library.settings.home, tmp_path / "home")
    settings = Settings(
        home=home,
        chat=f"google_genai:{CHAT}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )
    with Library(settings) as library:
        yield library


def talk(library: Library, text: str = QUESTION) -> list[Any]:
    graph = build_assistant(library)
    messages: list[Any] = graph.invoke({"messages": [HumanMessage(text)]})["messages"]
    return messages


def test_the_checked_answer_passes_through_unchanged(
    library: Library, gemini: GeminiEmulator
) -> None:
    gemini.will(calling(CALL), Reply(CHECKED), Reply(CHECKED))
    *_, tool, last = talk(library)
    answer = Answer.model_validate(tool.artifact["answer"])
    assert (answer.answer, answer.verified) == (CHECKED, True)
    said, place = tool.text.splitlines()
    assert said == CHECKED
    assert place.startswith("[1] report.pdf, p. 1: “Revenue rose to 12.5 million euros in 2023.")
    assert last.text == CHECKED
    json.dumps(tool.artifact)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Revenue was 13.5 million euros in 2023.", "13.5"),
        ("Revenue was 12.5 billion euros in 2023.", "12.5"),
        ("Revenue was 12.5 million euros in 2023, half of what it was.", "half"),
        ("Revenue was 12.5 million euros in 2023, up 7% on the year.", "7"),
    ],
)
def test_a_number_that_no_tool_gave_is_marked(
    library: Library, gemini: GeminiEmulator, said: str, number: str
) -> None:
    gemini.will(calling(CALL), Reply(CHECKED), Reply(said))
    last = talk(library)[-1]
    assert last.text.endswith(f"(?) borne out by no tool: {number}")
    assert f"{number} (?)" in last.text


def test_what_is_said_without_a_tool_has_no_number_unmarked(
    library: Library, gemini: GeminiEmulator
) -> None:
    gemini.will_say("Revenue was 12.5 million euros in 2023.")
    assert "(?) borne out by no tool: " in talk(library)[-1].text


def test_a_number_that_the_answer_itself_doubts_is_marked_again() -> None:
    answer = Answer(question="?", answer="It was 99. [1]", unverified_numbers=("99",))
    tool = ToolMessage(
        "It was 99 (?). [1]", tool_call_id="1", artifact={"answer": answer.model_dump()}
    )
    assert numbers_not_given("It was 99.", [HumanMessage("?"), tool]) == ("99",)


def test_the_model_may_look_around_and_is_told_its_mistakes(
    library: Library, gemini: GeminiEmulator
) -> None:
    gemini.will(
        calling(
            *(
                {"name": "list_documents", "args": {}},
                {"name": "search", "args": {"query": "board", "k": 1}},
                {"name": "read_page", "args": {"document": "report.pdf", "page": 2}},
                {"name": "read_page", "args": {"document": "report.pdf", "page": 3}},
                {"name": "ask", "args": {"question": QUESTION, "document": "no.pdf"}},
            ),
        ),
        Reply("The board met nine times."),
    )
    messages = talk(library)
    told = [message.text for message in messages if isinstance(message, ToolMessage)]
    assert "report.pdf: 2 pages" in told[0]
    assert "p. 2:\nThe board met nine times." in told[1]
    assert told[2] == "The board met nine times."
    assert "no page 3" in told[3]
    assert "it holds: report.pdf" in told[4]
    assert messages[-1].text == "The board met nine times."


def test_without_a_chat_model_it_says_what_is_missing(small_library: Library) -> None:
    [_, last] = talk(small_library)
    assert isinstance(last, AIMessage)
    assert "GOOGLE_API_KEY" in last.text
