"""Prose cut into sentences, and how well a sentence answers a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.evidence import Source
from graph.words import is_generic, is_identifier, is_stop, words

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How close in meaning each text is to a question, from 0 to 1: given by the app."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|al|vs|cf|Fig|Figs|Eq|Sec|Tab|No|Nos|Inc|Corp|Ltd|Co|St|Dr|Mr"
    r"|Mrs|Ms|Prof|Jr|Sr|approx|ca"
    r"|bzw|z\.B|d\.h|u\.a|Nr|Abb|Mio|Mrd|Tsd|U\.S|U\.K)|\b[A-Z]|\b\d{1,2})\.$"
)
_END = re.compile(r"[.!?](?=[\"”’)\]]*\s)|[。！？；]|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A literal piece of a source."""

    source: Source
    text: str
    place: int
    """Counted within its source."""
    before: str = ""
    """The sentence before it."""


def cut(text: str) -> list[str]:
    """Cut prose into sentences; each is a literal piece of the text."""
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text + "\n"):
        end = min(match.end(), len(text))
        piece = text[start:end]
        if (
            match.group() == "."
            and _ABBREVIATION.search(piece)
            and not re.search(r"\d\.$", piece[-4:])
        ):
            continue
        if (
            match.group().startswith("\n")
            and match.group().count("\n") == 1
            and _runs_on(text, match.start())
        ):
            continue
        start = end
        if piece.strip():
            pieces.append(piece.strip())
    return pieces


def _runs_on(text: str, place: int) -> bool:
    """Whether a line break stands inside a sentence."""
    before, after = text[:place].rstrip()[-1:], text[place:].lstrip()[:1]
    return bool(before) and before not in ".!?:;。！？：；" and after.islower()


def sentences_of(sources: Sequence[Source]) -> list[Sentence]:
    """All sentences of the sources' prose."""
    found = []
    for source in sources:
        pieces = cut(source.prose)
        for place, piece in enumerate(pieces):
            if len(piece) >= 12 and not piece.startswith("Summary:"):
                found.append(Sentence(source, piece, place, pieces[place - 1] if place else ""))
    return found


def word_weights(question: str, sources: Sequence[Source]) -> dict[str, float]:
    """How much each word of a question counts: rare words and identifiers most."""
    holders = Counter(key for source in sources for key in source.keys)
    count = len(sources) or 1
    weights: dict[str, float] = {}
    for word in words(question):
        if is_stop(word.key):
            continue
        rarity = math.log(1 + count / (0.5 + holders[word.key])) / math.log(1 + count / 0.5)
        size = 0.3 if is_generic(word.key) else 1.4 if is_identifier(word) else 1.0
        weights[word.key] = max(weights.get(word.key, 0.0), size * (0.35 + 0.65 * rarity))
    return weights


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers."""

    sentence: Sentence
    score: float
    covered: float
    """The share of the question's weight that it or its surroundings mention, from 0 to 1."""


_REASON = re.compile(r"^(?:why|warum|weshalb|wieso|为什么|为何)|\breasons?\b", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\b(?:because|since|due to|as a result|in order to|owing to|reason|therefore|so that"
    r"|weil|da|aufgrund"
    r"|deshalb|denn|wegen|grund)\b|因为|由于|因此|原因|以便",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|large|high|often|old)\b|\bwhat (?:percentage|proportion"
    r"|number|amount|share|maximum"
    r"|minimum)\b|\bwie (?:viel|viele|hoch|lange|gross|groß|oft)\b|多少|几",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^when\b|\bwhat (?:year|date|day)\b|\bwann\b|何时|什么时候|哪一?年", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\d月|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)


def asks_quantity(question: str) -> bool:
    """Whether the answer must hold a number."""
    return bool(_QUANTITY.search(question))


def _type_bonus(question: str, text: str) -> float:
    if _REASON.search(question):
        return 0.25 if _BECAUSE.search(text) else 0.0
    if _QUANTITY.search(question):
        return 0.15 if re.search(r"\d", text) else -0.3
    if _TIME.search(question):
        return 0.2 if _DATED.search(text) else -0.2
    return 0.0


def rank(
    question: str,
    sources: Sequence[Source],
    similarity: Similarity | None = None,
    most: int = 24,
) -> list[Scored]:
    """The sentences that answer best, best first."""
    weights = word_weights(question, sources)
    total = sum(weights.values()) or 1.0
    scored = []
    for sentence in sentences_of(sources):
        own = {word.key for word in words(sentence.text)}
        near = {word.key for word in words(f"{sentence.before} {sentence.source.section}")}
        covered = (
            sum(
                weight if key in own else 0.5 * weight
                for key, weight in weights.items()
                if key in own or key in near
            )
            / total
        )
        length = len(own)
        penalty = 0.12 if length < 5 else 0.1 if length > 60 else 0.0
        place = 0.15 / (1 + sentence.source.number / 3)
        score = covered + place + _type_bonus(question, sentence.text) - penalty
        scored.append(Scored(sentence, score, covered))
    scored.sort(key=lambda item: -item.score)
    if similarity is None or not scored:
        return scored[:most]
    texts = [item.sentence.text for item in scored[:most]]
    near_values = similarity(question, texts)
    again = [
        Scored(item.sentence, item.score + float(value), item.covered)
        for item, value in zip(scored, near_values, strict=False)
    ]
    return sorted(again, key=lambda item: -item.score)
