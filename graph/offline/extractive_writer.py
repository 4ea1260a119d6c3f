"""The embedded default's answer: it quotes sentences and looks cells up; it never writes."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from graph.draft import Draft, Use
from graph.evidence.sources import Evidence
from graph.generation.messages import listed, say
from graph.offline.answer_from_tables import figures
from graph.offline.answer_type import answers_kind, is_fragment, tells_name
from graph.offline.cell_linking import is_name_in, is_named
from graph.offline.header_matching import terms_of
from graph.offline.sentence_ranking import (
    Scored,
    Similarity,
    lacks_number,
    listing,
    passage,
    rank,
    source_roots,
    word_weights,
)
from graph.offline.sentences import Sentence, following
from graph.query.decomposition import is_elliptical, parts_of
from graph.query.follow_up import stand_alone
from graph.query.formulas import formula_of
from graph.query.intent import operation_of, wants_prose
from graph.query.query_cleaning import subject_of, without_instructions
from graph.query.question import language_of
from loaders.text.quantities import numbers_in
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import is_year

LEAST_COVERED = 0.5
"""A sentence that mentions less of the question than this answers something else."""
ALL_SAID = 0.95
LEAST_COMPUTED = 0.7
"""The same where a figure is asked for that would have to be computed."""


class QuoteWriter:
    """Answers with what the sources say, word for word, or abstains."""

    name = "local"

    def __init__(self, similarity: Similarity | None = None) -> None:
        self.similarity = similarity

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        return stand_alone(question, history)

    def write(self, evidence: Evidence) -> Draft:
        return self._in_parts(evidence) or figures(evidence) or self._quoted(evidence)

    def _in_parts(self, evidence: Evidence) -> Draft | None:
        """A figure for one part of a question and words for another: `What was …, and why …?`."""
        parts = parts_of(evidence.question)
        if len(parts) < 2 or any(is_elliptical(part) for part in parts) or unknown_names(evidence):
            return None
        asked = [replace(evidence, question=f"{part.rstrip(' ?？')}?") for part in parts]
        found = [None if wants_prose(one.question) else figures(one) for one in asked]
        if not any(found):
            return None
        drafts = [draft or self._quoted(one) for draft, one in zip(found, asked, strict=True)]
        if any(draft.abstained for draft in drafts):
            return None
        return Draft(
            text=" ".join(draft.text for draft in drafts),
            uses=[use for draft in drafts for use in draft.uses],
            computed=[result for draft in drafts for result in draft.computed],
        )

    def _quoted(self, evidence: Evidence) -> Draft:
        ranked = rank(evidence.question, evidence.sources, self.similarity)
        if (begins := listing(evidence.question, evidence.sources)) and len(begins) > 1:
            return quotes(begins, evidence)
        telling = [item for item in ranked if _may_answer(item, evidence.question)]
        unknown = unknown_names(evidence)
        if not unknown and (found := self._by_parts(evidence)):
            return quotes(found, evidence)
        if unknown or not telling or not _is_enough(telling[0], evidence):
            return self._abstained(evidence, unknown, telling or ranked)
        return quotes(passage(telling, evidence.question), evidence)

    def _by_parts(self, evidence: Evidence) -> list[Sentence]:
        """A sentence for each part of a question that asks two things; none if one has none."""
        parts = parts_of(evidence.question)
        found: list[Sentence] = []
        for part in parts if len(parts) > 1 else []:
            sentence = self._for_part(replace(evidence, question=part), found)
            if sentence is None:
                return []
            found += [sentence] if sentence not in found else []
        return found

    def _for_part(self, evidence: Evidence, before: Sequence[Sentence]) -> Sentence | None:
        part = evidence.question
        if before and is_elliptical(part):
            near = [before[-1], *following(before[-1], 3)]
            return next((one for one in near if answers_kind(part, one.text)), None)
        ranked = [
            item
            for item in rank(part, evidence.sources, self.similarity)
            if _may_answer(item, part)
        ]
        sources = {one.source.number for one in before}
        ranked.sort(key=lambda item: -item.score - 0.3 * (item.sentence.source.number in sources))
        best = next(iter(ranked), None)
        return best.sentence if best and _is_enough(best, evidence) else None

    def _abstained(
        self, evidence: Evidence, unknown: Sequence[str], ranked: Sequence[Scored]
    ) -> Draft:
        language = evidence.language
        if unknown:
            text = say("missing", language, what=listed(list(unknown), language))
        else:
            text = say("not_found", language)
        if not ranked or ranked[0].covered < 0.25:
            return Draft(text=text, abstained=True)
        nearest = ranked[0].sentence
        marker = nearest.source.number
        hint = say("nearest", language, what=shown(nearest.text)[:200], marker=marker)
        return Draft(
            text=f"{text} {hint}", uses=[Use(marker=marker, quote=nearest.text)], abstained=True
        )


def quotes(sentences: Sequence[Sentence], evidence: Evidence) -> Draft:
    """The sentences with their markers; one that a column's end cut in two is put together."""
    texts: list[str] = []
    uses: list[Use] = []
    for one in sentences:
        head = _head(one, evidence)
        if head:
            texts.append(f"{shown(head.text)} [{head.source.number}]")
            uses.append(Use(marker=head.source.number, quote=head.text))
        begins_inside = not head and one.text[:1].islower()
        texts.append(f"{'… ' if begins_inside else ''}{shown(one.text)} [{one.source.number}]")
        uses.append(Use(marker=one.source.number, quote=one.text))
    return Draft(text=" ".join(texts), uses=uses)


def _head(sentence: Sentence, evidence: Evidence) -> Sentence | None:
    """How a sentence begins that goes on in its chunk: the unended last one of the chunk before."""
    if sentence.place or not sentence.text[:1].islower():
        return None
    ordinal = sentence.source.chunk.metadata.get("ordinal")
    for source in evidence.sources:
        is_before = source.chunk.metadata.get("ordinal") == (ordinal or 0) - 1
        if source.document == sentence.source.document and is_before:
            pieces = cut(source.prose)
            if pieces and pieces[-1][-1:].isalnum():
                return Sentence(source, pieces[-1], len(pieces) - 1)
    return None


def _may_answer(item: Scored, question: str) -> bool:
    text = item.sentence.text
    is_told = not is_fragment(text) or (item.covered >= ALL_SAID and tells_name(question, text))
    return is_told and not lacks_number(question, text)


def unknown_names(evidence: Evidence) -> list[str]:
    """Names, identifiers and years of the question that no source mentions."""
    known = {key for source in evidence.sources for key in source.keys}
    names = [
        term.text
        for term in terms_of(without_instructions(evidence.question))
        if is_name_in(evidence.question, term)
        and term.key not in known
        and not _is_part(term.key, known)
    ]
    if evidence.language == "de":  # every German noun has a capital
        names = [name for name in names if any(c.isdigit() or c.isupper() for c in name[1:])]
    return list(dict.fromkeys(names))


def _is_about(item: Scored, evidence: Evidence) -> bool:
    """Whether the names and years that the question gives stand near the sentence."""
    own = item.sentence.source
    near = (
        source
        for source in evidence.sources
        if source.document == own.document and abs(source.page - own.page) <= 1
    )
    held = {key for source in near for key in source.keys}
    common = len(evidence.sources) / 4
    for term in terms_of(subject_of(evidence.question)):
        if is_year(term.key):
            holders = sum(term.key in source.keys for source in evidence.sources)
            if term.key not in own.keys and holders < common:
                return False
        elif (
            evidence.language == "en"
            and is_named(term)
            and not (term.text.isupper() or term.key in held or _is_part(term.key, held))
        ):
            return False
    return True


def _is_part(key: str, known: Set[str]) -> bool:
    return len(key) >= 4 and any(key in other for other in known)


def _is_enough(best: Scored, evidence: Evidence) -> bool:
    """Whether a sentence may pass for an answer."""
    is_foreign = not any(c.isascii() and c.isalpha() for c in evidence.question) or (
        evidence.language != language_of(best.sentence.text)
    )
    if not _is_about(best, evidence):
        return False
    is_result = _is_computed(evidence.question) and not _gives_percent(best, evidence.question)
    least = LEAST_COMPUTED if is_result else LEAST_COVERED
    if is_foreign:
        return best.near > 0 and _covered_abroad(best, evidence) >= least
    return best.covered >= least


def _is_computed(question: str) -> bool:
    """Whether a result is asked for that a sentence seldom gives."""
    operation = operation_of(question)
    return operation not in {None, "sum", "average"} or formula_of(question) is not None


def _gives_percent(best: Scored, question: str) -> bool:
    """Whether a sentence gives the percentage that is asked for, so that none is to be computed."""
    is_share = operation_of(question) == "share"
    return is_share and any(one.percent for one in numbers_in(best.sentence.text))


def _covered_abroad(best: Scored, evidence: Evidence) -> float:
    """The share of those words that can stand in a source of another language: names above all."""
    known = {root for source in evidence.sources for root in source_roots(source)}
    weights = word_weights(evidence.question, evidence.sources)
    shared = {key: value for key, value in weights.items() if key in known or key[0] == "="}
    return sum(shared[key] for key in best.own if key in shared) / (sum(shared.values()) or 1.0)


def shown(text: str) -> str:
    """A quote as it is shown: without list marks, on one line."""
    return " ".join(re.sub(r"^(?:[-*•]\s+|\d+\.\s+)", "", text).split())
