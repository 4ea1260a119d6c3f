"""What writes an answer from evidence: a chat model, or code that quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from graph.answer import CellReference, Computed, Frozen, Kind
from graph.evidence.sources import Evidence


class Use(Frozen):
    """What a draft took from a source: its words, and the cell if it was one."""

    marker: int
    quote: str
    cell: CellReference | None = None


class Draft(Frozen):
    """An answer before it is checked; `[n]` in its text names a source."""

    text: str
    uses: tuple[Use, ...] = ()
    computed: tuple[Computed, ...] = ()
    abstained: bool = False
    seen: tuple[int, ...] = ()
    """The sources whose pictures were shown beside their text."""
    unseen: tuple[int, ...] = ()
    """The sources whose pictures were wanted and could not be had."""
    left_out: tuple[int, ...] = ()
    """The sources that the model's window had no room for."""
    kind: Kind = "written"


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
