"""What writes an answer from evidence: a chat model, or code that quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from graph.answer import CellReference, Computed
from graph.evidence.sources import Evidence
from graph.state import Json


@dataclass(frozen=True, slots=True)
class Use:
    """What a draft took from a source: its words, and the cell if it was one."""

    marker: int
    quote: str
    cell: CellReference | None = None

    def to_json(self) -> Json:
        cell = self.cell.to_json() if self.cell else None
        return {"marker": self.marker, "quote": self.quote, "cell": cell}

    @classmethod
    def from_json(cls, data: Json) -> Use:
        cell = CellReference.from_json(data["cell"]) if data["cell"] else None
        return cls(data["marker"], data["quote"], cell)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is checked; `[n]` in its text names a source."""

    text: str
    uses: Sequence[Use] = ()
    computed: Sequence[Computed] = ()
    abstained: bool = False
    seen: Sequence[int] = ()
    """The sources whose pictures were shown beside their text."""
    unseen: Sequence[int] = ()
    """The sources whose pictures were wanted and could not be had."""

    def to_json(self) -> Json:
        return {
            "text": self.text,
            "uses": [use.to_json() for use in self.uses],
            "computed": [computed.to_json() for computed in self.computed],
            "abstained": self.abstained,
            "seen": list(self.seen),
            "unseen": list(self.unseen),
        }

    @classmethod
    def from_json(cls, data: Json) -> Draft:
        return cls(
            data["text"],
            [Use.from_json(use) for use in data["uses"]],
            [Computed.from_json(computed) for computed in data["computed"]],
            data["abstained"],
            tuple(data.get("seen", ())),
            tuple(data.get("unseen", ())),
        )


class Writer(Protocol):
    """Writes an answer from numbered sources, and from nothing else."""

    @property
    def name(self) -> str:
        """As the answer names it among its models."""

    def write(self, evidence: Evidence) -> Draft:
        """Write, or abstain."""

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        """Make a follow-up stand alone."""


@runtime_checkable
class Sampling(Protocol):
    """A writer that writes differently each time, and can be asked several times."""

    def samples(self, evidence: Evidence, count: int) -> list[Draft]:
        """Draw as many drafts; fewer if some calls fail."""
