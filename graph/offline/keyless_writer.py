"""The writer that needs no model: it looks cells up, computes and quotes, or shows passages.

It claims only what a cell or one sentence bears out for every term of the question; else it makes
no claim and shows the nearest passages as passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.draft import Draft
from graph.evidence.sources import Evidence
from graph.offline.aggregation import computed
from graph.offline.comparison import compared
from graph.offline.counting import counted, listed_rows
from graph.offline.evidence_view import EvidenceView
from graph.offline.formula_claims import derived
from graph.offline.lookup import looked_up
from graph.offline.passages import passages
from graph.offline.quotes import quoted
from graph.offline.ranking import ranked
from graph.offline.similarity import Similarity
from graph.query.follow_up import stand_alone

CLAIMS: tuple[Callable[[EvidenceView], Draft | None], ...] = (
    looked_up,
    computed,
    derived,
    compared,
    ranked,
    counted,
    listed_rows,
    quoted,
)
"""In this order: what is printed comes before what has to be worked out, cells before sentences."""


class KeylessWriter:
    """Answers with what the sources say, or shows the passages that come nearest."""

    name = "local"

    def __init__(self, similarity: Similarity | None = None) -> None:
        """With `similarity` passages are also found where they share no word with the question."""
        self.similarity = similarity

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        return stand_alone(question, history)

    def write(self, evidence: Evidence) -> Draft:
        view = EvidenceView(evidence)
        for claim in CLAIMS:
            draft = claim(view)
            if draft is not None:
                return self._with_passages(view, draft) if draft.abstained else draft
        return passages(view, self.similarity)

    def _with_passages(self, view: EvidenceView, draft: Draft) -> Draft:
        """What is told without a claim, with the passages below it."""
        shown = passages(view, self.similarity, lead=draft.text)
        return shown.model_copy(update={"uses": (*draft.uses, *shown.uses)})
