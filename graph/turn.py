"""What a turn begins with: the question and the turns before it, however a client sends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from graph.limits import LONGEST_QUESTION, MOST_HISTORY, checked_history, checked_question
from graph.state import RagState, RagUpdate, Turn
from loaders.errors import UsageError


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it was asked, and the turns before it."""

    question: str
    history: list[Turn]


def asked(state: RagState) -> Asked:
    """Take the `question`, or else the last of the `messages`.

    Raises:
        UsageError: Nothing is asked, or more was sent than is taken.
    """
    messages = state.get("messages") or []
    if question := state.get("question"):
        return Asked(checked_question(question), checked_history(state.get("history") or []))
    if not messages or not isinstance(messages[-1], HumanMessage):
        raise UsageError("send a `question`, or `messages` whose last one is the user's")
    history = state.get("history") or _turns(messages[:-1])
    return Asked(checked_question(messages[-1].text), checked_history(history))


def replied(state: RagState, text: str) -> RagUpdate:
    """The reply among the messages, where a client talks in them."""
    if not state.get("messages"):
        return {}
    last = state["messages"][-1]
    before: list[AnyMessage] = (
        [] if isinstance(last, HumanMessage) else [HumanMessage(state["asked"])]
    )
    return {"messages": [*before, AIMessage(text)]}


def _turns(messages: Sequence[AnyMessage]) -> list[Turn]:
    """Each question with the answer that came after it, the last ones, as long as they fit."""
    turns: list[Turn] = []
    room = MOST_HISTORY
    answer = ""
    for message in reversed(messages):
        text = message.text[:LONGEST_QUESTION]
        if isinstance(message, AIMessage):
            answer = answer or text
        elif isinstance(message, HumanMessage) and text.strip():
            room -= len(text) + len(answer)
            if room < 0:
                break
            turns.append([text, answer])
            answer = ""
    return turns[::-1]
