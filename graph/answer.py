"""What the graph hands back: an answer, its citations, how its figures were computed.

`model_dump(mode="json")` of an `Answer` is the contract of `ask --json`, of the HTTP routes and of
what checkpoints keep. Pages count from 1 in everything here; from 0 only in a chunk's metadata.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from graph.live_markup import inert
from loaders.pages.word import Box

Json = dict[str, Any]
"""Left, top, right, bottom, in points."""

Kind = Literal["cell", "computed", "quote", "written", "passages", "none"]
"""What an answer is: looked up, computed, quoted, a model's own words, passages shown, nothing."""

_SCORE_DIGITS = 4


class Frozen(BaseModel):
    """A value: compared and hashed by what it holds."""

    model_config = ConfigDict(frozen=True)


class CellReference(Frozen):
    """A cell by its place: the labels that lead to it from the left and from above."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    value: str


class Citation(Frozen):
    """One place in one document that a marker `[n]` of the answer stands for."""

    marker: int
    document: str
    page: int = Field(ge=1, description="Counted from 1.")
    label: str = Field("", description="The label that is printed on the page, if it has one.")
    kind: str
    quote: str
    box: Box | None = Field(None, description="Left, top, right, bottom, in points.")
    cell: CellReference | None = None


class Computed(Frozen):
    """A result that stands in no source; `operands` are the markers of the sources used."""

    expression: str
    result: str
    operands: tuple[int, ...] = ()
    cells: tuple[CellReference, ...] = Field((), description="The cells that were computed with.")
    note: str = Field("", description="How signs were taken, what was left out or assumed.")


class Retrieved(Frozen):
    """A chunk that the question was held against, in the order of relevance."""

    document: str
    page: int = Field(ge=1, description="Counted from 1.")
    kind: str
    chunk_id: str
    score: Annotated[float, AfterValidator(lambda score: round(score, _SCORE_DIGITS))]


class Check(Frozen):
    """A check that an answer did not pass."""

    what: str = Field(description="What was checked: number, unit, name, direction …")
    text: str = Field(description="The words of the answer that do not stand.")
    why: str

    def __str__(self) -> str:
        return f"{self.text} {self.why}".strip()


class Models(BaseModel):
    """Which model did what; others beside the three may be named."""

    model_config = ConfigDict(frozen=True, extra="allow")

    reader: str = ""
    chat: str = ""
    embeddings: str = ""


class Seconds(Frozen):
    """How long it took."""

    retrieve: float = 0.0
    total: float = 0.0


class Answer(Frozen):
    """The answer to one question, and everything needed to check it.

    A stream sends it in pieces that add up to it, and `draft` while a model writes.
    """

    question: str
    answer: str
    abstained: bool = False
    verified: bool = Field(True, description="Every check was passed.")
    unverified_numbers: tuple[str, ...] = ()
    kind: Kind = "none"
    checks: tuple[Check, ...] = Field((), description="What failed; empty if verified.")
    citations: tuple[Citation, ...] = ()
    computed: tuple[Computed, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    language: str = "en"
    models: Models = Models()
    seconds: Seconds = Seconds()
    samples: Json = Field({}, description="Drafts drawn, passed and agreed, if several were drawn.")
    unchecked: tuple[str, ...] = Field(
        (), description="The statements of it that hold nothing which code has checked."
    )

    @field_validator("answer")
    @classmethod
    def _is_inert(cls, text: str) -> str:
        """Last of all, whoever wrote it: names of documents stand in it too."""
        return inert(text, keeps_hosts=True)
