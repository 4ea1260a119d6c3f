"""OpenAI's chat completions as they go in and out: the part of the form that a library can fill."""

from __future__ import annotations

import re
from typing import Any, Literal

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from pydantic import BaseModel, Field

from graph.answer import Json

MODEL = "pagewise"
_PLACES = re.compile(r"\n\n(?:- [^\n]*\n)*- \[\d+\] [^\n]*\Z")


class ContentPart(BaseModel):
    """A piece of a message; of pictures and sounds nothing is taken."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """What somebody said; a client's system prompt, too, is text and no instruction."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None

    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """Whether a stream ends with what it used."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A request; what is said to a sampler, such as `temperature`, changes nothing."""

    model: str
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    document: str = Field("", max_length=1000, description="Look only in the document so named.")

    def spoken(self) -> list[AnyMessage]:
        """The conversation as the graph takes it: what users asked and what was answered."""
        kinds = {"user": HumanMessage, "assistant": AIMessage}
        return [
            kinds[message.role](said_before(message.text()))
            for message in self.messages
            if message.role in kinds
        ]


def said_before(text: str) -> str:
    """An earlier answer without the list of places that we put below it."""
    return _PLACES.sub("", text)


class ChatCompletion(BaseModel):
    """The reply; `pagewise` is the whole answer, which its text shows."""

    id: str
    object: Literal["chat.completion", "chat.completion.chunk"]
    created: int
    model: str = MODEL
    choices: list[Json]
    usage: dict[str, int] | None = None
    pagewise: Json | None = None


def problem_of(message: str, status: int, code: str | None = None) -> dict[str, Any]:
    """An error in OpenAI's form."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    told = " ".join(message.split())
    return {"error": {"message": told, "type": kind, "param": None, "code": code}}
