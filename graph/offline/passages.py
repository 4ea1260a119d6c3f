"""What comes nearest, shown as what it is: no claim, but the places to look at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.draft import Draft, Use
from graph.evidence.sources import Source
from graph.generation.messages import listed, say
from graph.offline.evidence_view import EvidenceView
from graph.offline.sentences import Sentence, sentences_of
from graph.offline.similarity import Similarity
from graph.offline.table_view import FoundCell, TableView
from graph.query.subject_terms import holds, keys_in

MOST_PASSAGES, MOST_COMPARED = 3, 40
ROWS_TOGETHER, ROWS_TRIED, MOST_SENTENCES = 5, 6, 8
LONGEST_PASSAGE, LONGEST_COMPARED = 900, 300
RANK_WEIGHT, MEANING_WEIGHT = 1.2, 1.0
"""How much the order of the search, and closeness in meaning, count beside the words."""
ALIKE = 0.85
"""Rows of one table that are nearly as near as its nearest are shown together."""


@dataclass(frozen=True)
class Piece:
    """A sentence with its neighbours, or a row of a table, and how near it comes."""

    source: Source
    text: str
    score: float
    table: TableView | None = None
    row: int = 0


def passages(view: EvidenceView, similarity: Similarity | None = None, *, lead: str = "") -> Draft:
    """Up to three passages, each from another chunk, the nearest first."""
    language = view.evidence.language
    chosen = _chosen(view, _compared(view, _by_words(view), similarity))
    if not chosen:
        return Draft(text=say("nothing", language), abstained=True, kind="none")
    heads = [lead] if lead else []
    if view.unknown and not lead:
        heads = [say("unknown", language, what=listed(view.unknown, language))]
    heads.append(say("passages", language))
    markers = " ".join(
        f"[{number}]" for number in dict.fromkeys(one.source.number for one in chosen)
    )
    uses = [Use(marker=one.source.number, quote=one.text) for one in chosen]
    text = " ".join([*heads, markers])
    return Draft(text=text, uses=uses, abstained=True, kind="passages")


def _by_words(view: EvidenceView) -> list[Piece]:
    """The pieces that share most with the question, those of every source among them."""
    weights = _weights(view)
    found = [*_rows(view, weights), *_sentences(view, weights)]
    found.sort(key=lambda piece: -piece.score)
    return found[:MOST_COMPARED]


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
    """The rows of each table that hold most of the question."""
    for table in view.views:
        around = frozenset().union(*table.levels, *(c.leaf_keys for c in table.columns))
        own = []
        for row in table.rows:
            text = row_text(table, row.index)
            score = _score(keys_in(text), around, weights, table.number)
            cells = [cell for c in table.columns if (cell := table.at(row.index, c.index))]
            source = cells[0].source if cells else table.source
            own.append(Piece(source, text, score, table, row.index))
        yield from sorted(own, key=lambda piece: -piece.score)[:ROWS_TRIED]


def row_text(table: TableView, row: int) -> str:
    """A row as one line: its label, and each value under its head."""
    cells = [cell for c in table.columns if (cell := table.at(row, c.index))]
    values = ", ".join(
        " = ".join(part for part in (" › ".join(cell.column.path), _value(cell)) if part)
        for cell in cells
    )
    label = " › ".join(cells[0].row.path) if cells else ""
    return f"{label}: {values}" if label else values


def _value(cell: FoundCell) -> str:
    """A cell as it stands, with the unit that a Unit column says of it."""
    text, unit = cell.cell.text.strip(), cell.cell.unit
    return text if text.endswith(unit) else f"{text} {unit}"


def _sentences(view: EvidenceView, weights: Mapping[str, float]) -> Iterator[Piece]:
    """Each sentence with those around it; a heading is shown with what stands below it."""
    every = sentences_of(view.sources)
    for place, one in enumerate(every):
        if one.is_heading:
            continue
        own = _score(one.keys, one.around, weights, one.source.number)
        yield Piece(one.source, _window(every, place), own)


def _window(every: Sequence[Sentence], place: int) -> str:
    """A sentence, the one before, and as many after as fit: what follows explains."""
    source = every[place].source
    texts = {place: every[place].shown()[:LONGEST_PASSAGE]}
    for other in (place - 1, *range(place + 1, place + MOST_SENTENCES)):
        if not 0 <= other < len(every) or every[other].source is not source:
            continue
        longer = {**texts, other: every[other].shown()}
        if sum(len(text) + 1 for text in longer.values()) > LONGEST_PASSAGE:
            break
        texts = longer
    return " ".join(texts[at] for at in sorted(texts))


def _compared(
    view: EvidenceView, pieces: Sequence[Piece], similarity: Similarity | None
) -> list[Piece]:
    """The pieces with their closeness in meaning added."""
    if similarity is None or len(pieces) < 2:
        return list(pieces)
    texts = [f"{one.source.caption} {one.text}"[:LONGEST_COMPARED] for one in pieces]
    values = similarity(view.analysis.question, texts)
    near = [
        replace(one, score=one.score + MEANING_WEIGHT * value)
        for one, value in zip(pieces, values, strict=True)
    ]
    return sorted(near, key=lambda piece: -piece.score)


def _chosen(view: EvidenceView, pieces: Sequence[Piece]) -> list[Piece]:
    """The nearest piece of each of three chunks; the rows of one table together."""
    beside = {table.source.chunk_id: table for table in reversed(view.views)}
    chosen: list[Piece] = []
    for one in pieces:
        if all(one.source.chunk_id != other.source.chunk_id for other in chosen):
            chosen.append(_with_rows(one, one.table or beside.get(one.source.chunk_id), pieces))
        if len(chosen) == MOST_PASSAGES:
            break
    return chosen


def _with_rows(piece: Piece, table: TableView | None, pieces: Sequence[Piece]) -> Piece:
    """A row with those of its table that are nearly as near, then the others, as far as they fit.

    A small table is shown whole: what leads, or adds up, is seen in all of its rows. What stands
    beside a table mostly leads to it, and is shown with it.
    """
    if table is None:
        return piece
    least = ALIKE * piece.score if piece.table else 0
    near = [one.row for one in pieces if one.table is table and one.score >= least][:ROWS_TOGETHER]
    head = piece.source.caption if piece.table else piece.text
    room = LONGEST_PASSAGE - len(head)
    texts: dict[int, str] = {}
    for row in (*near, *(row.index for row in table.rows)):
        text = row_text(table, row)
        if row not in texts and ((piece.table and not texts) or len(text) + 2 <= room):
            texts[row] = text
            room -= len(text) + 2
    rows = "; ".join(texts[row] for row in sorted(texts))
    return replace(piece, text=" — ".join(filter(None, (head, rows)))[:LONGEST_PASSAGE])
