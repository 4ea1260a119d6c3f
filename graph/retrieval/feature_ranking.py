"""Rank chunks by what they hold of a question, beside what the two searches thought of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from graph.query.query_expansion import headings, related, statements
from graph.query.question import wants_figures
from graph.retrieval.term_matrix import Flags, Floats, TermMatrix
from loaders.storing.search.forward_index import Profiles
from loaders.text.analyzer import content_pieces, is_run, stem, terms, terms_of
from loaders.text.function_words import FUNCTION_WORDS

YEAR = re.compile(r"(?:19|20)\d\d")
PART_OF_A_WISH = 0.6


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word, number or identifier of the question: the whole, its parts, and how rare it is."""

    whole: str
    parts: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class QueryFeatures:
    """What a question asks for, as far as words tell."""

    wishes: tuple[QueryTerm, ...]
    years: frozenset[str]
    figures: bool
    related: tuple[frozenset[str], ...] = ()
    """What documents call it: phrases of which every word stands in one line."""
    statements: tuple[frozenset[str], ...] = ()
    """Titles of the statements in which it stands."""
    apart: tuple[frozenset[str], ...] = ()
    """Headings of what is not meant: the statements of the parent, unless a question names it."""

    @property
    def known(self) -> float:
        """The share of the wishes that any chunk holds: little of a Chinese question on English."""
        return sum(wish.weight > 0 for wish in self.wishes) / max(len(self.wishes), 1)

    def columns(self) -> dict[str, int]:
        """Every term that matters, with the column that tells whether it is held."""
        wished = (term for wish in self.wishes for term in (wish.whole, *wish.parts))
        phrases = map(sorted, (*self.related, *self.statements, *self.apart, NOTES))
        terms = dict.fromkeys(chain(wished, sorted(self.years), *phrases))
        return {term: column for column, term in enumerate(terms)}


NOTES = frozenset(map(stem, headings("notes")))
"""Under them stand no statements, whatever the headings name besides."""
NAME_WEIGHT = 0.3
"""A document says its own name rarely, and its name says little about where to look in it."""


def wanted(
    question: str,
    rarity: Callable[[Iterable[str]], Mapping[str, float]],
    names: frozenset[str] = frozenset(),
    told: str | None = None,
) -> QueryFeatures:
    """Read a question; `rarity` weighs each term, `names` are words of documents' names.

    `told` is the question with what it says of where to look.
    """
    found = [wish for piece in content_pieces(question) for wish in _wish_terms(piece)]
    rare = rarity({term for wish in found for term in wish})
    wishes = []
    for whole, *parts in found:
        weights = [rare[term] for term in (whole, *parts)]
        factor = NAME_WEIGHT if whole in names else 1.0
        wishes.append(QueryTerm(whole, tuple(parts), factor * max(weights)))
    years = frozenset(YEAR.findall(question))
    phrases = tuple(map(_phrase_terms, related(question)))
    asked = frozenset(terms(question))
    apart = tuple(
        phrase for phrase in map(_phrase_terms, headings("parent")) if not phrase <= asked
    )
    titles = tuple(map(_phrase_terms, statements(question if told is None else told)))
    return QueryFeatures(tuple(wishes), years, wants_figures(question), phrases, titles, apart)


def _phrase_terms(phrase: str) -> frozenset[str]:
    """Of words their stems, of a run its pairs of characters."""
    words = [terms_of(piece)[0] for piece in content_pieces(phrase) if not is_run(piece)]
    return frozenset(words or [term for term in terms(phrase) if len(term) == 2])


def _wish_terms(piece: str) -> list[tuple[str, ...]]:
    """A run of characters wishes for each pair of them; a word for itself or its parts."""
    found = terms_of(piece)
    if not is_run(piece):
        return [found] if found else []
    pairs = [term for term in found if len(term) == 2 and term not in FUNCTION_WORDS]
    return [(pair,) for pair in pairs] or [(term,) for term in found]


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
    "statement": 3.0,
    "contents": -2.0,
    "apart": -4.0,
}
"""Fitted on questions to annual reports and papers, then rounded: none of them is delicate."""


WEIGHT_OF_COMPANY = 0.3
"""What the rest of its page adds to a chunk that holds all that is asked for.

Found on the even questions and held up on the odd ones, like everything between 0.2 and 0.4.
"""


def rank(
    question: QueryFeatures,
    chunks: Profiles,
    dense: Mapping[str, float],
    lexical: Mapping[str, float],
) -> list[tuple[int, float]]:
    """The places of the chunks, best first, with their scores.

    `dense` and `lexical` are what the two searches gave, by chunk id; a chunk that a search did
    not find counts as its last.
    """
    if not len(chunks):
        return []
    found = features(question, chunks)
    found |= {"dense": _standard(chunks.ids, dense), "lexical": _standard(chunks.ids, lexical)}
    found["related"] /= found["related"].max() or 1.0
    alone: Floats = np.sum([WEIGHTS[name] * values for name, values in found.items()], axis=0)
    company = found["coverage"] * _company(alone, chunks.pages())
    scores = alone + WEIGHT_OF_COMPANY * question.known * company
    return [(int(place), float(scores[place])) for place in np.argsort(-scores, kind="stable")]


def _company(scores: Floats, pages: Sequence[tuple[str, int]]) -> Floats:
    """For each chunk how well the best two others of its page fit: a page is about one thing."""
    groups: dict[tuple[str, int], list[int]] = {}
    for place in np.argsort(-scores).tolist():
        groups.setdefault(pages[place], []).append(place)
    company = np.zeros(len(scores))
    for places in groups.values():
        for place in places:
            others = [other for other in places[:3] if other != place][:2]
            if others:
                company[place] = max(0.0, scores[others].mean())
    return company


def _standard(ids: Sequence[str], found: Mapping[str, float]) -> Floats:
    """Each score by how many deviations it lies above the mean."""
    lowest = min(found.values(), default=0.0)
    values = np.array([found.get(chunk_id, lowest) for chunk_id in ids])
    above: Floats = values - values.mean()
    return above / (values.std() or 1.0)


def features(question: QueryFeatures, chunks: Profiles) -> dict[str, Floats]:
    """How well each chunk fits, between 0 and 1, but for the number of related phrases."""
    columns = question.columns()
    held = TermMatrix.by(chunks, list(columns))
    wishes = _Wishes(question, columns)
    lines = held.lines | held.head[held.line_chunks]
    telling = held.lines[:, wishes.terms].any(axis=1)
    best_line = np.zeros(len(chunks))
    np.maximum.at(best_line, held.line_chunks[telling], wishes.coverage(lines[telling]))
    years = [columns[year] for year in question.years]
    held_years: Floats = held.all[:, years].sum(axis=1) / max(len(years), 1)
    pairs = [(columns[a.whole], columns[b.whole]) for a, b in pairwise(question.wishes)]
    return {
        "coverage": wishes.coverage(held.all),
        "line": best_line,
        "head": wishes.coverage(held.head),
        "phrase": held.neighbours(pairs),
        "years": held_years,
        "figures": held.is_table * float(question.figures),
        "related": _related(held, [[columns[term] for term in p] for p in question.related]),
        "statement": _of_a_statement(held, question, columns),
        "contents": held.is_contents.astype(float),
        "apart": _headed(held, question.apart, columns),
    }


def _related(held: TermMatrix, phrases: Sequence[Sequence[int]]) -> Floats:
    """For each phrase 1 if one line holds the whole; 3 if it is what a table is headed by."""
    found = np.zeros(len(held.all))
    for phrase in phrases:
        in_head = held.head[:, phrase].all(axis=1)
        in_line = np.zeros(len(found), bool)
        in_line[held.line_chunks[held.lines[:, phrase].all(axis=1)]] = True
        found += np.where(in_head, np.where(held.is_table, 3.0, 1.0), in_line)
    return found


def _of_a_statement(
    held: TermMatrix, question: QueryFeatures, columns: Mapping[str, int]
) -> Floats:
    """1 for tables that are headed by a statement's title, and by no note's."""
    notes = _headed(held, [frozenset((term,)) for term in NOTES], columns)
    return _headed(held, question.statements, columns) * held.is_table * (1 - notes)


def _headed(
    held: TermMatrix, phrases: Iterable[frozenset[str]], columns: Mapping[str, int]
) -> Floats:
    """1 where the headings hold one of the phrases."""
    found = np.zeros(len(held.head))
    for phrase in phrases:
        found[held.head[:, [columns[term] for term in phrase]].all(axis=1)] = 1.0
    return found


class _Wishes:
    """The wishes of a question, as columns of what is held."""

    def __init__(self, question: QueryFeatures, columns: Mapping[str, int]) -> None:
        wishes = question.wishes
        self.terms = [columns[term] for wish in wishes for term in (wish.whole, *wish.parts)]
        self._wholes = [columns[wish.whole] for wish in wishes]
        self._parts = np.zeros((len(columns), len(wishes)))
        for place, wish in enumerate(wishes):
            for part in wish.parts:
                self._parts[columns[part], place] += PART_OF_A_WISH / len(wish.parts)
        self._weights = np.array([wish.weight for wish in wishes])

    def coverage(self, held: Flags) -> Floats:
        """For each row the share of the wishes that it holds, each counted by its rarity.

        A wish that is held in parts counts less.
        """
        total = self._weights.sum()
        if not total:
            return np.zeros(len(held))
        strength = np.where(held[:, self._wholes], 1.0, held @ self._parts)
        found: Floats = strength @ self._weights / total
        return found
