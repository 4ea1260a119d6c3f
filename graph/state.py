"""The graph's state: ids and plain dicts, so that a checkpoint stays small, without pickle."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

Json = dict[str, Any]
Turn = list[str]
"""A question that stands alone, and its answer."""


class RagInput(TypedDict):
    """What a question brings along."""

    question: str
    document: NotRequired[str]
    """Look only in this document."""
    history: NotRequired[list[Turn]]
    """Earlier turns; a checkpointer keeps them when a thread goes on."""
    kinds: NotRequired[list[str]]
    samples: NotRequired[int]
    """Drafts to draw from a writer that does not write the same twice."""


class RagOutput(TypedDict):
    """What the graph hands back: an `Answer` as plain JSON."""

    answer: Json


class RagState(TypedDict, total=False):
    """Everything between question and answer; all but `history` is new with each turn."""

    question: str
    document: str
    history: list[Turn]

    standalone: str
    language: str
    retrieved: list[Json]
    tables: list[str]
    """Ids of the chunks that the table re-query added."""
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
