"""What a turn begins with: a question or messages, and how much of them is taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from graph.build import build_graph
from graph.limits import LONGEST_QUESTION, MOST_HISTORY, MOST_TURNS, checked_history
from graph.offline.keyless_writer import KeylessWriter
from loaders.errors import UsageError
from tests.passages import LIBRARY, WordRetriever, fetch

FIRST = "What does Lyra V3 score on QuizBench?"


@pytest.fixture
def threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteSaver]:
    monkeypatch.setenv("LANGGRAPH_STRICT_MSGPACK", "true")
    connection = sqlite3.connect(tmp_path / "threads.sqlite", check_same_thread=False)
    yield SqliteSaver(connection, serde=JsonPlusSerializer(pickle_fallback=False))
    connection.close()


def graph(**options: Any) -> Any:
    return build_graph(WordRetriever(chunks=LIBRARY), fetch, KeylessWriter(), **options)


def test_messages_are_answered_with_a_message() -> None:
    said = graph().invoke({"messages": [{"role": "user", "content": FIRST}]})
    question, reply = said["messages"]
    assert isinstance(question, HumanMessage)
    assert isinstance(reply, AIMessage)
    assert reply.text == said["answer"]["answer"]
    assert "88.5" in reply.text


def test_earlier_messages_are_the_history() -> None:
    said = graph().invoke(
        {
            "messages": [
                HumanMessage(FIRST),
                AIMessage("88.5"),
                HumanMessage([{"type": "text", "text": "And on CodeRace?"}]),
            ]
        }
    )
    assert "1820" in said["answer"]["answer"]


def test_a_thread_goes_on_in_messages_and_in_questions(threads: SqliteSaver) -> None:
    talk = graph(checkpointer=threads)
    config: Any = {"configurable": {"thread_id": "a"}}
    talk.invoke({"messages": [HumanMessage(FIRST)]}, config)
    second = talk.invoke({"messages": [HumanMessage("And on CodeRace?")]}, config)
    assert "1820" in second["messages"][-1].text
    third = talk.invoke({"question": "And on QuizBench?"}, config)
    assert "88.5" in third["answer"]["answer"]
    kinds = [type(message) for message in third["messages"]]
    assert kinds == [HumanMessage, AIMessage] * 3
    hello = talk.invoke({"messages": [HumanMessage("Hello!")]}, config)
    assert hello["messages"][-1].text == hello["answer"]["answer"]


def test_who_asks_without_messages_gets_none_kept(threads: SqliteSaver) -> None:
    talk = graph(checkpointer=threads)
    config: Any = {"configurable": {"thread_id": "b"}}
    assert talk.invoke({"question": FIRST}, config)["messages"] == []


def test_what_was_only_asked_back_is_no_turn(threads: SqliteSaver) -> None:
    talk = graph(checkpointer=threads)
    config: Any = {"configurable": {"thread_id": "c"}}
    talk.invoke({"question": FIRST}, config)
    back = talk.invoke({"question": "Why?"}, config)["answer"]
    assert back["abstained"]
    assert back["kind"] == "none"
    assert "Why?" in back["answer"]
    assert "1820" in talk.invoke({"question": "And on CodeRace?"}, config)["answer"]["answer"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"messages": []}, "send a `question`"),
        ({"messages": [AIMessage("Hello")]}, "whose last one is the user's"),
        ({"question": "x" * (LONGEST_QUESTION + 1)}, "4,001 characters; at most 4,000"),
        ({"messages": [HumanMessage("x" * 5000)]}, "5,000 characters; at most 4,000"),
        ({"question": "  "}, "the question is empty"),
        ({"question": "\u200b\xad \u202e"}, "the question is empty"),
        ({"question": "And?", "history": [["x" * MOST_HISTORY, "y"]]}, "at most 64,000"),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_line(given: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        graph().invoke(given)
    assert "\n" not in str(caught.value)


def test_of_a_long_history_the_last_turns_count() -> None:
    history = [[f"question {number}", "a"] for number in range(30)]
    assert checked_history(history) == history[-MOST_TURNS:]


def test_long_talks_in_messages_are_taken_from_their_end() -> None:
    long = [HumanMessage("q" * 3000), AIMessage("a" * 30_000)] * 20
    said = graph().invoke(
        {"messages": [*long, HumanMessage(FIRST), AIMessage("88.5"), HumanMessage("on CodeRace?")]}
    )
    assert "1820" in said["answer"]["answer"]
