"""The embedded default's answer: it quotes sentences and looks cells up; it never writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.asking.question import language_of, stand_alone
from graph.checking.evidence import Evidence
from graph.tables.cells import is_named
from graph.tables.figures import figures
from graph.tables.labels import terms_of
from graph.writing.phrases import listed, say
from graph.writing.sentences import (
    Scored,
    Sentence,
    Similarity,
    lacks_number,
    listing,
    passage,
    rank,
    source_roots,
    word_weights,
)
from graph.writing.writer import Draft, Use

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
        return figures(evidence) or self._quoted(evidence)

    def _quoted(self, evidence: Evidence) -> Draft:
        ranked = rank(evidence.question, evidence.sources, self.similarity)
        if (begins := listing(evidence.question, evidence.sources)) and len(begins) > 1:
            return _quotes(begins)
        telling = [
            item for item in ranked if not lacks_number(evidence.question, item.sentence.text)
        ]
        ranked = telling or ranked
        unknown = unknown_names(evidence)
        if unknown or not ranked or not _is_enough(ranked[0], evidence):
            return self._abstained(evidence, unknown, ranked)
        return _quotes(passage(ranked, evidence.question))

    def _abstained(
        self, evidence: Evidence, unknown: Sequence[str], ranked: Sequence[Scored]
    ) -> Draft:
        language = evidence.language
        if unknown:
            text = say("missing", language, what=listed(list(unknown), language))
        else:
            text = say("not_found", language)
        if not ranked or ranked[0].covered < 0.25:
            return Draft(text, abstained=True)
        nearest = ranked[0].sentence
        marker = nearest.source.number
        hint = say("nearest", language, what=shown(nearest.text)[:200], marker=marker)
        return Draft(f"{text} {hint}", [Use(marker, nearest.text)], abstained=True)


def _quotes(sentences: Sequence[Sentence]) -> Draft:
    text = " ".join(f"{shown(one.text)} [{one.source.number}]" for one in sentences)
    return Draft(text, [Use(one.source.number, one.text) for one in sentences])


def unknown_names(evidence: Evidence) -> list[str]:
    """Names, identifiers and years of the question that no source mentions."""
    known = {key for source in evidence.sources for key in source.keys}
    names = [
        term.text
        for term in terms_of(evidence.question)
        if is_named(term) and term.key not in known and not _is_part(term.key, known)
    ]
    if evidence.language == "de":  # every German noun has a capital
        names = [name for name in names if any(c.isdigit() or c.isupper() for c in name[1:])]
    return list(dict.fromkeys(names))


def _is_part(key: str, known: set[str]) -> bool:
    return len(key) >= 4 and any(key in other for other in known)


def _is_enough(best: Scored, evidence: Evidence) -> bool:
    """Whether a sentence may pass for an answer."""
    if lacks_number(evidence.question, best.sentence.text):
        return False
    is_foreign = not any(c.isascii() and c.isalpha() for c in evidence.question) or (
        evidence.language != language_of(best.sentence.text)
    )
    if is_foreign:
        return best.near > 0 and _covered_abroad(best, evidence) >= LEAST_COVERED
    return best.covered >= LEAST_COVERED


def _covered_abroad(best: Scored, evidence: Evidence) -> float:
    """The share of those words that can stand in a source of another language: names above all."""
    known = {root for source in evidence.sources for root in source_roots(source)}
    weights = word_weights(evidence.question, evidence.sources)
    shared = {key: value for key, value in weights.items() if key in known or key[0] == "="}
    return sum(shared[key] for key in best.own if key in shared) / (sum(shared.values()) or 1.0)


def shown(text: str) -> str:
    """A quote as it is shown: without list marks, on one line."""
    return " ".join(re.sub(r"^(?:[-*•]\s+|\d+\.\s+)", "", text).split())
