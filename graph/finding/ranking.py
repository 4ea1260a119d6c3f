"""Rank chunks by what they hold of a question, beside what the two searches thought of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from statistics import fmean, pstdev

from langchain_core.documents import Document

from graph.asking.question import wants_figures
from graph.tables.concepts import related
from loaders.chunking.chunks import searched_text
from loaders.storing.analysis import content_pieces, is_run, pieces, terms, terms_of
from loaders.storing.function_words import FUNCTION_WORDS

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n")
YEAR = re.compile(r"(?:19|20)\d\d")
LEADERS = re.compile(r"(?:\. ?){5,}|\u2026{2,}|_{5,}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A word, number or identifier of the question: the whole, its parts, and how rare it is."""

    whole: str
    parts: tuple[str, ...]
    weight: float

    def strength(self, held: frozenset[str]) -> float:
        """1 if the whole is held; less for parts of it."""
        if self.whole in held:
            return 1.0
        if not self.parts:
            return 0.0
        return 0.6 * sum(part in held for part in self.parts) / len(self.parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, as far as words tell."""

    wishes: tuple[Wish, ...]
    years: frozenset[str]
    figures: bool
    related: tuple[frozenset[str], ...] = ()
    """What documents call it: phrases of which every word stands in one line."""

    @property
    def terms(self) -> frozenset[str]:
        """Every term of a wish, whole or part."""
        return frozenset(term for wish in self.wishes for term in (wish.whole, *wish.parts))

    def coverage(self, held: frozenset[str]) -> float:
        """The share of the wishes that is held, each counted by its rarity."""
        total = sum(wish.weight for wish in self.wishes)
        if not total:
            return 0.0
        return sum(wish.weight * wish.strength(held) for wish in self.wishes) / total


NAME_WEIGHT = 0.3
"""A document says its own name rarely, and its name says little about where to look in it."""


def wanted(
    question: str,
    rarity: Callable[[Iterable[str]], Mapping[str, float]],
    names: frozenset[str] = frozenset(),
) -> Wanted:
    """Read a question; `rarity` weighs each term, `names` are words of documents' names."""
    found = [wish for piece in content_pieces(question) for wish in _wish_terms(piece)]
    rare = rarity({term for wish in found for term in wish})
    wishes = []
    for whole, *parts in found:
        weights = [rare[term] for term in (whole, *parts)]
        factor = NAME_WEIGHT if whole in names else 1.0
        wishes.append(Wish(whole, tuple(parts), factor * max(weights)))
    years = frozenset(YEAR.findall(question))
    phrases = tuple(
        frozenset(terms_of(piece)[0] for piece in content_pieces(phrase) if not is_run(piece))
        or frozenset(term for term in terms(phrase) if len(term) == 2)
        for phrase in related(question)
    )
    return Wanted(tuple(wishes), years, wants_figures(question), phrases)


def _wish_terms(piece: str) -> list[tuple[str, ...]]:
    """A run of characters wishes for each pair of them; a word for itself or its parts."""
    found = terms_of(piece)
    if not is_run(piece):
        return [found] if found else []
    pairs = [term for term in found if len(term) == 2 and term not in FUNCTION_WORDS]
    return [(pair,) for pair in pairs] or [(term,) for term in found]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a chunk holds: altogether, in its headings, and in each of its lines."""

    all: frozenset[str]
    head: frozenset[str]
    lines: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]
    """Terms that are neighbours in a line."""
    is_table: bool
    is_contents: bool


def profile(chunk: Document) -> Profile:
    """Analyse a chunk; the last ones are remembered."""
    metadata = chunk.metadata
    return _profile(
        searched_text(chunk),
        f"{metadata.get('section', '')} {metadata.get('caption', '')}",
        metadata.get("kind") == "table",
    )


@lru_cache(maxsize=4096)
def _profile(text: str, head: str, is_table: bool) -> Profile:
    lines = text.split("\n") if is_table else SENTENCE_END.split(text)
    spelt = [found for line in lines if (found := [t for p in pieces(line) if (t := terms_of(p))])]
    held = tuple(frozenset(chain.from_iterable(line)) for line in spelt)
    return Profile(
        all=frozenset(chain.from_iterable(held)),
        head=frozenset(terms(head)),
        lines=held,
        pairs=frozenset(pair for line in spelt for pair in pairwise(found[0] for found in line)),
        is_table=is_table,
        is_contents=len(LEADERS.findall(text)) > 2,
    )


WEIGHTS = {
    "dense": 0.7,
    "lexical": 0.8,
    "coverage": 2.5,
    "line": 1.0,
    "head": 2.0,
    "phrase": 1.3,
    "years": 1.0,
    "figures": 2.3,
    "related": 3.5,
    "contents": -2.0,
}
"""Fitted on questions to annual reports and papers, then rounded: none of them is delicate."""


def rank(
    question: Wanted,
    chunks: Sequence[Document],
    dense: Mapping[str, float],
    lexical: Mapping[str, float],
) -> list[tuple[Document, float]]:
    """Order the chunks, best first, with their scores.

    `dense` and `lexical` are what the two searches gave, by chunk id; a chunk that a search did
    not find counts as its last.
    """
    if not chunks:
        return []
    ids = [str(chunk.metadata["chunk_id"]) for chunk in chunks]
    found = [features(question, profile(chunk)) for chunk in chunks]
    most = max(held["related"] for held in found) or 1.0
    by_meaning, by_words = _standard(ids, dense), _standard(ids, lexical)
    scores = []
    for place, held in enumerate(found):
        held |= {"dense": by_meaning[place], "lexical": by_words[place]}
        held["related"] /= most
        scores.append(sum(WEIGHTS[name] * value for name, value in held.items()))
    order = sorted(range(len(chunks)), key=lambda place: -scores[place])
    return [(chunks[place], scores[place]) for place in order]


def _standard(ids: Sequence[str], found: Mapping[str, float]) -> list[float]:
    """Each score by how many deviations it lies above the mean."""
    lowest = min(found.values(), default=0.0)
    values = [found.get(chunk_id, lowest) for chunk_id in ids]
    mean, spread = fmean(values), pstdev(values) or 1.0
    return [(value - mean) / spread for value in values]


def features(question: Wanted, chunk: Profile) -> dict[str, float]:
    """How well the chunk fits, each between 0 and 1, but for the number of related phrases."""
    return {
        "coverage": question.coverage(chunk.all),
        "line": _best_line(question, chunk),
        "head": question.coverage(chunk.head),
        "phrase": _phrases(question, chunk.pairs),
        "years": len(question.years & chunk.all) / len(question.years) if question.years else 0.0,
        "figures": float(question.figures and chunk.is_table),
        "related": sum(_held_together(phrase, chunk) for phrase in question.related),
        "contents": float(chunk.is_contents),
    }


def _best_line(question: Wanted, chunk: Profile) -> float:
    """What one line holds together with the headings that it stands under."""
    wished = question.terms & chunk.all
    telling = [line for line in chunk.lines if not wished.isdisjoint(line)]
    return max((question.coverage(line | chunk.head) for line in telling), default=0.0)


def _held_together(phrase: frozenset[str], chunk: Profile) -> float:
    """1 if one line holds the whole phrase; 3 if it is what a table is headed by."""
    if phrase <= chunk.head:
        return 3.0 if chunk.is_table else 1.0
    if not phrase <= chunk.all:
        return 0.0
    return float(any(phrase <= line for line in chunk.lines))


def _phrases(question: Wanted, held: frozenset[tuple[str, str]]) -> float:
    """The share of neighbouring wishes that are neighbours in the chunk too."""
    pairs = [(one.whole, other.whole) for one, other in pairwise(question.wishes)]
    return sum(pair in held for pair in pairs) / len(pairs) if pairs else 0.0
