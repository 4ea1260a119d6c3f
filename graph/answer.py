"""What the graph hands back: an answer, its citations, and how its figures were computed.

`to_json` is the contract of `ask --json`; pages are counted from 0 here and from 1 there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CellReference:
    """A cell by its place: the labels that lead to it from the left and from above."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    value: str

    def to_json(self) -> Json:
        return {"row": list(self.row), "column": list(self.column), "value": self.value}

    @classmethod
    def from_json(cls, data: Json) -> CellReference:
        return cls(tuple(data["row"]), tuple(data["column"]), data["value"])


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one document that a marker `[n]` of the answer stands for."""

    marker: int
    document: str
    page: int
    kind: str
    quote: str
    box: Box | None = None
    cell: CellReference | None = None

    def to_json(self) -> Json:
        return {
            "marker": self.marker,
            "document": self.document,
            "page": self.page + 1,
            "kind": self.kind,
            "quote": self.quote,
            "box": list(self.box) if self.box else None,
            "cell": self.cell.to_json() if self.cell else None,
        }

    @classmethod
    def from_json(cls, data: Json) -> Citation:
        cell = CellReference.from_json(data["cell"]) if data["cell"] else None
        box = tuple(data["box"]) if data["box"] else None
        return cls(**{**data, "page": data["page"] - 1, "box": box, "cell": cell})


@dataclass(frozen=True, slots=True)
class Computed:
    """A result that stands in no source; `operands` are the markers of the sources used."""

    expression: str
    result: str
    operands: tuple[int, ...] = ()

    def to_json(self) -> Json:
        return {
            "expression": self.expression,
            "result": self.result,
            "operands": list(self.operands),
        }

    @classmethod
    def from_json(cls, data: Json) -> Computed:
        return cls(data["expression"], data["result"], tuple(data["operands"]))


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A chunk that the question was held against, in the order of relevance."""

    document: str
    page: int
    kind: str
    chunk_id: str
    score: float

    def to_json(self) -> Json:
        return {
            "document": self.document,
            "page": self.page + 1,
            "kind": self.kind,
            "chunk_id": self.chunk_id,
            "score": round(self.score, 4),
        }

    @classmethod
    def from_json(cls, data: Json) -> Retrieved:
        return cls(**{**data, "page": data["page"] - 1})


@dataclass(slots=True)
class Answer:
    """The answer to one question, and everything needed to check it."""

    question: str
    answer: str
    abstained: bool = False
    verified: bool = True
    unverified_numbers: Sequence[str] = ()
    citations: Sequence[Citation] = ()
    computed: Sequence[Computed] = ()
    retrieved: Sequence[Retrieved] = ()
    language: str = "en"
    models: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    samples: Json = field(default_factory=dict)
    """Drafts drawn, passed and agreed, if more than one was drawn."""

    def to_json(self) -> Json:
        return {
            "question": self.question,
            "answer": self.answer,
            "abstained": self.abstained,
            "verified": self.verified,
            "unverified_numbers": list(self.unverified_numbers),
            "citations": [citation.to_json() for citation in self.citations],
            "computed": [computed.to_json() for computed in self.computed],
            "retrieved": [chunk.to_json() for chunk in self.retrieved],
            "language": self.language,
            "models": {"reader": "", "chat": "", "embeddings": "", **self.models},
            "seconds": {"retrieve": 0.0, "total": 0.0, **self.seconds},
            **({"samples": dict(self.samples)} if self.samples else {}),
        }

    @classmethod
    def from_json(cls, data: Json) -> Answer:
        """Read what `to_json` wrote, as the graph hands it back."""
        return cls(
            **{
                **data,
                "citations": [Citation.from_json(item) for item in data["citations"]],
                "computed": [Computed.from_json(item) for item in data["computed"]],
                "retrieved": [Retrieved.from_json(item) for item in data["retrieved"]],
            }
        )
