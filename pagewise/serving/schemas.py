"""What goes in and out over the wire, typed and described for OpenAPI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.limits import LONGEST_QUESTION
from pagewise.library import MOST_SAMPLES

FIRST_QUESTION = "What are these documents about?"
"""What a form is filled with: an empty one is an error before anybody has typed."""


class Question(BaseModel):
    """What is asked; a conversation is kept for those who name one with `thread_id`."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        min_length=1,
        max_length=LONGEST_QUESTION,
        description="In any language.",
        json_schema_extra={"default": FIRST_QUESTION},
    )
    document: str = Field("", max_length=1000, description="Look only in the document so named.")
    history: list[tuple[str, str]] = Field(
        default_factory=list,
        description="Earlier questions and answers, if you keep them yourself: the last ones.",
    )
    samples: int = Field(
        1, ge=1, le=MOST_SAMPLES, description="Answers to draw; the majority wins."
    )


def faults_in(causes: Sequence[Any], within: int = 0) -> str:
    """What is wrong with what was sent, and where; `within` so many names are not told."""
    return "; ".join(
        f"{'.'.join(map(str, cause['loc'][within:]))}: {cause['msg']}"
        if isinstance(cause, dict)
        else str(cause)
        for cause in causes
    )
