"""What comes nearest, shown as what it is: no claim, but the places to look at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.draft import Draft, Use
from graph.evidence.sources import Source
from graph.generation.messages import listed, say
from graph.limits import LONGEST_PASSAGE
from graph.offline.evidence_view import EvidenceView
from graph.offline.passage_rows import TablePassage, cut, row_text
from graph.offline.sentences import Sentence, sentences_of
from graph.offline.similarity import Similarity
from graph.offline.table_view import TableView
from graph.query.subject_terms import holds, keys_in

MOST_PASSAGES, MOST_COMPARED = 3, 40
OF_A_CHUNK = 2
"""Pieces of a chunk that are compared before any third of another."""
LONGEST_COMPARED = 300
RANK_WEIGHT, MEANING_WEIGHT = 1.2, 1.0
"""How much the order of the search, and closeness in meaning, count beside the words."""


@dataclass(frozen=True)
class Piece:
    """A sentence or a row of a table, and how near it comes."""

    source: Source
    text: str
    """What its meaning is told by."""
    score: float
    table: TableView | None = None
    place: int = 0
    """The number of the row, or of the sentence among all."""


def passages(view: EvidenceView, similarity: Similarity | None = None, *, lead: str = "") -> Draft:
    """Up to three passages, each from another chunk, the nearest first."""
    language = view.evidence.language
    sentences = sentences_of(view.sources)
    pieces = _compared(view, _by_words(view, sentences), similarity)
    nearest: dict[str, Piece] = {}
    for one in pieces:
        nearest.setdefault(one.source.chunk_id, one)
    chosen = list(nearest.values())[:MOST_PASSAGES]
    if not chosen:
        return Draft(text=say("nothing", language), abstained=True, kind="none")
    heads = [lead] if lead else []
    if view.unknown and not lead:
        heads = [say("unknown", language, what=listed(view.unknown, language))]
    heads.append(say("passages", language))
    numbers = dict.fromkeys(one.source.number for one in chosen)
    uses = [Use(marker=one.source.number, quote=_shown(view, one, sentences)) for one in chosen]
    text = " ".join([*heads, *(f"[{number}]" for number in numbers)])
    return Draft(text=text, uses=uses, abstained=True, kind="passages")


def _by_words(view: EvidenceView, sentences: Sequence[Sentence]) -> list[Piece]:
    """The pieces that share most with the question; of every chunk the best come first."""
    weights = _weights(view)
    found = [*_rows(view, weights), *_sentences(view, sentences, weights)]
    found.sort(key=lambda piece: -piece.score)
    counts: Counter[str] = Counter()
    best: list[Piece] = []
    others: list[Piece] = []
    for one in found:
        counts[one.source.chunk_id] += 1
        (best if counts[one.source.chunk_id] <= OF_A_CHUNK else others).append(one)
    return [*best, *others][:MOST_COMPARED]


def _weights(view: EvidenceView) -> dict[str, float]:
    """How much each term counts: rare ones most."""
    keys = [keys_in(source.everything) for source in view.sources]
    holders = Counter(
        term.key for own in keys for term in view.analysis.every_term if holds(own, term.key)
    )
    count = len(view.sources) or 1
    return {
        term.key: math.log(1 + count / (0.5 + holders[term.key]))
        for term in view.analysis.every_term
    }


def _score(
    own: frozenset[str], around: frozenset[str], weights: Mapping[str, float], number: int
) -> float:
    total = sum(weights.values()) or 1.0
    said = {key for key in weights if holds(own, key)}
    near = {key for key in weights if key not in said and holds(around, key)}
    weight = sum(weights[key] for key in said) + 0.5 * sum(weights[key] for key in near)
    return weight / total + RANK_WEIGHT / (1 + number / 2)


def _rows(view: EvidenceView, weights: Mapping[str, float]) -> Iterator[Piece]:
    for table in view.views:
        around = frozenset().union(*table.levels, *(c.leaf_keys for c in table.columns))
        for row in table.rows:
            text = row_text(table, row.index)
            own = keys_in(text)
            score = _score(own, around, weights, table.number)
            cells = [cell for c in table.columns if (cell := table.at(row.index, c.index))]
            source = cells[0].source if cells else table.source
            yield Piece(source, f"{source.caption} {text}", score, table, row.index)


def _sentences(
    view: EvidenceView, every: Sequence[Sentence], weights: Mapping[str, float]
) -> Iterator[Piece]:
    """Each sentence; its meaning is told together with its neighbours."""
    for place, one in enumerate(every):
        if one.is_heading:
            continue
        near = every[max(place - 1, 0) : place + 2]
        texts = [other.shown() for other in near if other.source is one.source]
        score = _score(one.keys, one.around, weights, one.source.number)
        yield Piece(one.source, " ".join([one.source.caption, *texts]), score, place=place)


def _compared(
    view: EvidenceView, pieces: Sequence[Piece], similarity: Similarity | None
) -> list[Piece]:
    """The pieces with their closeness in meaning added."""
    if similarity is None or len(pieces) < 2:
        return sorted(pieces, key=lambda piece: -piece.score)
    values = similarity(view.analysis.question, [one.text[:LONGEST_COMPARED] for one in pieces])
    near = [
        replace(one, score=one.score + MEANING_WEIGHT * value)
        for one, value in zip(pieces, values, strict=True)
    ]
    return sorted(near, key=lambda piece: -piece.score)


def _shown(view: EvidenceView, piece: Piece, sentences: Sequence[Sentence]) -> str:
    """A row with what its table says, or a sentence with those around it.

    What stands beside a table mostly leads to it, and is shown with it.
    """
    if piece.table:
        return TablePassage(view, piece.table).text(LONGEST_PASSAGE, piece.place)
    text = _window(sentences, piece.place)
    beside = [one for one in view.views if one.source.chunk_id == piece.source.chunk_id]
    room = LONGEST_PASSAGE - len(text)
    rows = [TablePassage(view, one).rows(room) for one in beside[:1]]
    return " — ".join(filter(None, [text, *rows]))


def _window(every: Sequence[Sentence], place: int) -> str:
    """A sentence with those around it in its chunk, the next first, as far as they fit."""
    texts = {place: cut(every[place].shown(), LONGEST_PASSAGE)}
    room = LONGEST_PASSAGE - len(texts[place])
    ways = {1: place, -1: place}
    while ways:
        for way in list(ways):
            ways[way] += way
            at = ways[way]
            is_of_it = 0 <= at < len(every) and every[at].source is every[place].source
            shown = every[at].shown() if is_of_it else ""
            if not is_of_it or len(shown) >= room:
                del ways[way]
                continue
            texts[at] = shown
            room -= len(shown) + 1
    return " ".join(texts[at] for at in sorted(texts))
