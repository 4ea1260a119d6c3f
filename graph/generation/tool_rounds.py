"""A model that may ask for calculations before it answers: a few rounds, then it must answer.

One call with the tool at hand either answers at once, which is what most questions cost, or asks
for calculations; each result goes back to it. Providers that cannot call tools get a schema in
which the reply either answers or names calculations of the same shape.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    InvalidToolCall,
    ToolCall,
    ToolMessage,
)
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import BaseTool
from langgraph.constants import TAG_NOSTREAM
from pydantic import BaseModel, Field, ValidationError

from graph.answer import Computed
from graph.generation.calculate_tool import NAME
from graph.generation.response_parser import UnusableReply, text_of
from graph.table_qa.calculation import Calculation

MOST_ROUNDS = 3
"""Replies that may ask for calculations; the next one has no tool and must answer."""
_MOST_CALLS = 8
_CLOSING = "Answer the question now, without calculating further. Computed by code:\n"


class StructuredReply(BaseModel):
    """The answer, or the calculations that it needs first."""

    answer: str = Field(default="", description="the answer, empty while calculations are needed")
    calculations: list[Calculation] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply that answers, and what was computed for it."""

    reply: AIMessage
    computed: Sequence[Computed]


def ask_with_tool(
    chat: BaseChatModel, message: HumanMessage, tool: BaseTool, config: RunnableConfig
) -> Answered:
    """Ask until the model answers; a call that is repeated, or asks for nothing, ends the rounds.

    Raises:
        UnusableReply: A reply was cut off, withheld or malformed.
    """
    partner = _partner(chat, tool)
    messages: list[BaseMessage] = [message]
    results: list[ToolMessage] = []
    known: set[str] = set()
    for _ in range(MOST_ROUNDS):
        reply = partner.ask(messages, config)
        calls = [call for call in _calls(reply) if _asks(call) and _key(call) not in known]
        if not _calls(reply):
            return Answered(reply, _computed(results))
        if not calls:
            break
        known |= {_key(call) for call in calls}
        told = [_result(tool, call) for call in _calls(reply)]
        results += told
        messages += partner.fed(reply, told)
    return Answered(_closed(chat, messages, results, config), _computed(results))


def _closed(
    chat: BaseChatModel,
    messages: Sequence[BaseMessage],
    results: Sequence[ToolMessage],
    config: RunnableConfig,
) -> AIMessage:
    told = "\n".join(dict.fromkeys(str(result.content) for result in results)) or "nothing"
    reply = _as_ai(chat.invoke([*messages, HumanMessage(_CLOSING + told)], config))
    if reply.tool_calls and not reply.text.strip():
        raise UnusableReply("the model went on asking for calculations and gave no answer")
    return reply


class _Partner(Protocol):
    """How calculations are asked for, and how their results are handed back."""

    def ask(self, messages: Sequence[BaseMessage], config: RunnableConfig) -> AIMessage:
        """A reply that is whole, with tool calls if it asks for calculations."""

    def fed(self, reply: AIMessage, results: Sequence[ToolMessage]) -> list[BaseMessage]:
        """What the conversation goes on with."""


def _partner(chat: BaseChatModel, tool: BaseTool) -> _Partner:
    if (chat.profile or {}).get("tool_calling") is not False:
        try:
            return _Tools(chat.bind_tools([tool]))
        except NotImplementedError:
            pass
    try:
        return _Schema(chat.with_structured_output(StructuredReply, include_raw=True))
    except NotImplementedError:
        return _Tools(chat)  # it answers, and calculates nothing


@dataclass(frozen=True)
class _Tools:
    chat: Runnable[Any, Any]

    def ask(self, messages: Sequence[BaseMessage], config: RunnableConfig) -> AIMessage:
        reply = _as_ai(self.chat.invoke(list(messages), config))
        text_of(reply)  # arguments that were cut off come repaired: only the reason tells
        return reply

    def fed(self, reply: AIMessage, results: Sequence[ToolMessage]) -> list[BaseMessage]:
        calls = [
            ToolCall(name=str(call["name"]), args=_arguments(call), id=str(call["id"]))
            for call in _calls(reply)
        ]
        said = reply.model_copy(update={"tool_calls": calls, "invalid_tool_calls": []})
        return [said, *results]


@dataclass(frozen=True)
class _Schema:
    chat: Runnable[Any, Any]

    def ask(self, messages: Sequence[BaseMessage], config: RunnableConfig) -> AIMessage:
        quiet: RunnableConfig = {**config, "tags": [TAG_NOSTREAM]}  # nobody reads JSON
        reply: Any = self.chat.invoke(list(messages), quiet)
        raw = _as_ai(reply["raw"])
        text_of(raw)
        try:
            parsed = StructuredReply.model_validate(reply["parsed"], from_attributes=True)
        except ValidationError as error:
            raise UnusableReply("the model's reply was no JSON of the schema asked for") from error
        calls = [
            ToolCall(name=NAME, args=one.model_dump(), id=f"call-{number}")
            for number, one in enumerate(parsed.calculations, start=1)
        ]
        metadata = raw.response_metadata
        return AIMessage(parsed.answer, tool_calls=calls, response_metadata=metadata)

    def fed(self, reply: AIMessage, results: Sequence[ToolMessage]) -> list[BaseMessage]:
        asked = json.dumps([call["args"] for call in reply.tool_calls], ensure_ascii=False)
        told = "\n".join(str(result.content) for result in results)
        return [AIMessage(asked), HumanMessage(f"Computed by code:\n{told}")]


def _as_ai(message: Any) -> AIMessage:
    if not isinstance(message, AIMessage):
        raise UnusableReply("the model's reply was no message of a chat model")
    return message


def _calls(reply: AIMessage) -> list[ToolCall | InvalidToolCall]:
    calls: list[ToolCall | InvalidToolCall] = [*reply.tool_calls]
    return [*calls, *reply.invalid_tool_calls][:_MOST_CALLS]


def _key(call: ToolCall | InvalidToolCall) -> str:
    return json.dumps([call["name"], call["args"]], sort_keys=True, default=str)


def _asks(call: ToolCall | InvalidToolCall) -> bool:
    """Whether there is something to compute: some models call a tool to say that there is not."""
    return str(_arguments(call).get("formula", "?")).strip() != ""


def _arguments(call: ToolCall | InvalidToolCall) -> dict[str, Any]:
    return call["args"] if isinstance(call["args"], dict) else {}


def _result(tool: BaseTool, call: ToolCall | InvalidToolCall) -> ToolMessage:
    """What a call comes to; one that cannot be run is told so."""
    name, call_id = str(call["name"]), str(call["id"])
    if name != tool.name:
        return ToolMessage(f"there is no tool {name}", tool_call_id=call_id, status="error")
    asked = ToolCall(name=name, args=_arguments(call), id=call_id, type="tool_call")
    message = tool.invoke(asked)
    assert isinstance(message, ToolMessage)
    return message


def _computed(results: Sequence[ToolMessage]) -> list[Computed]:
    found = [one.artifact for one in results if isinstance(one.artifact, Computed)]
    return list(dict.fromkeys(found))
