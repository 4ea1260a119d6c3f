"""What goes in and out over the wire, typed and described for OpenAPI."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pagewise.library import MOST_SAMPLES

LONGEST_QUESTION = 4000
MOST_TURNS = 50


class Question(BaseModel):
    """What is asked; a conversation is kept for those who name one with `thread_id`."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION, description="In any language.")
    document: str = Field("", max_length=1000, description="Look only in the document so named.")
    history: list[tuple[str, str]] = Field(
        default_factory=list,
        max_length=MOST_TURNS,
        description="Earlier questions and answers, if you keep them yourself.",
    )
    samples: int = Field(
        1, ge=1, le=MOST_SAMPLES, description="Answers to draw; the majority wins."
    )


class CitedCell(BaseModel):
    """A table's cell, by the labels that lead to it."""

    row: list[str]
    column: list[str]
    value: str


class CitedPlace(BaseModel):
    """What a marker `[n]` in the answer stands for; `page` counts from 1, `box` is in points."""

    marker: int
    document: str
    page: int
    kind: str
    quote: str
    box: tuple[float, float, float, float] | None = None
    cell: CitedCell | None = None


class Calculation(BaseModel):
    """A figure that code has computed; `operands` are the markers of its sources."""

    expression: str
    result: str
    operands: list[int]


class Passage(BaseModel):
    """A chunk that the question was held against."""

    document: str
    page: int
    kind: str
    chunk_id: str
    score: float


class CheckedAnswer(BaseModel):
    """An answer whose every number was looked up in the places that it cites.

    A stream sends it in pieces that add up to it, and `draft` while a model writes.
    """

    model_config = ConfigDict(extra="allow")

    question: str
    answer: str
    abstained: bool
    verified: bool
    unverified_numbers: list[str]
    citations: list[CitedPlace]
    computed: list[Calculation]
    retrieved: list[Passage]
    language: str
    models: dict[str, str]
    seconds: dict[str, float]
