"""The graph's state: ids and plain dicts, so that a checkpoint stays small, without pickle."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from langchain_core.messages import AnyMessage
from langgraph.channels import EphemeralValue
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict

Json = dict[str, Any]
Turn = list[str]
"""A question that stands alone, and its answer."""


class RagInput(TypedDict):
    """What a question brings along: itself, or the messages of a chat whose last one it is."""

    question: NotRequired[str]
    messages: NotRequired[Annotated[list[AnyMessage], add_messages]]
    document: NotRequired[str]
    """Look only in this document."""
    history: NotRequired[list[Turn]]
    """Earlier turns; a checkpointer keeps them when a thread goes on."""
    samples: NotRequired[int]
    """Drafts to draw from a writer that does not write the same twice."""


class RagOutput(TypedDict):
    """What the graph hands back."""

    answer: Json
    """An `Answer` as plain JSON."""
    messages: NotRequired[Annotated[list[AnyMessage], add_messages]]
    """With the reply, if the question came in messages."""


class RagState(TypedDict, total=False):
    """Everything between question and answer.

    All is new with each turn but `history`, `messages`, and `cited`.
    """

    question: Annotated[str, EphemeralValue]
    """Gone after the first step, so that the next turn of the thread may come in messages."""
    messages: Annotated[list[AnyMessage], add_messages]
    document: str
    history: list[Turn]

    asked: str
    """The question as it was asked."""
    standalone: str
    language: str
    whole: Json
    """What is asked about documents as a whole: kind, language, documents, about."""
    cited: list[str]
    """The documents that the last answer cites: what `it` may mean."""
    retrieved: list[Json]
    draft: Json
    failed: list[str]
    """What verification found wrong, told to the writer once."""
    attempts: int
    samples: int
    agreement: Json
    started: float
    seconds: dict[str, float]
    answer: Json


class RagUpdate(RagState, total=False):
    """What a node changes."""
