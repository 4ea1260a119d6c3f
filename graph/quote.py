"""The embedded default's answer: it quotes sentences and looks cells up; it never writes."""

from __future__ import annotations

from collections.abc import Sequence

from graph.evidence import Evidence
from graph.figures import Figures
from graph.phrases import say
from graph.question import stand_alone
from graph.sentences import Similarity, rank
from graph.writer import Draft, Use

LEAST_COVERED = 0.5
"""A sentence that mentions less of the question than this answers something else."""


class QuoteWriter:
    """Answers with what the sources say, word for word, or abstains."""

    name = "local"

    def __init__(self, similarity: Similarity | None = None) -> None:
        self.similarity = similarity

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        return stand_alone(question, history)

    def write(self, evidence: Evidence) -> Draft:
        return Figures(evidence).draft() or self._quoted(evidence)

    def _quoted(self, evidence: Evidence) -> Draft:
        ranked = rank(evidence.question, evidence.sources, self.similarity)
        if not ranked or ranked[0].covered < LEAST_COVERED:
            return Draft(say("not_found", evidence.language), abstained=True)
        best = ranked[0].sentence
        text = f"{best.text} [{best.source.number}]"
        return Draft(text, [Use(best.source.number, best.text)])
