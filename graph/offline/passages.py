"""What comes nearest, shown as what it is: no claim, but the places to look at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.draft import Draft, Use
from graph.evidence.sources import Source
from graph.generation.messages import listed, say
from graph.offline.evidence_view import EvidenceView
from graph.offline.sentences import sentences_of
from graph.offline.table_view import TableView
from graph.query.subject_terms import Token, holds, keys_in

MOST_PASSAGES, MOST_SENTENCES, MOST_ROWS = 3, 3, 5
LONGEST_PASSAGE = 700
RANK_WEIGHT = 0.6
"""How much the order of the search counts beside the words."""


@dataclass(frozen=True)
class Passage:
    """A piece of one source, and how much of the question it holds."""

    source: Source
    text: str
    score: float


def passages(view: EvidenceView, *, lead: str = "") -> Draft:
    """Up to three passages, each from another place, the nearest first."""
    language = view.evidence.language
    chosen = _nearest(view)
    if not chosen:
        return Draft(text=say("nothing", language), abstained=True, kind="none")
    heads = [lead] if lead else []
    if view.unknown and not lead:
        heads = [say("unknown", language, what=listed(view.unknown, language))]
    heads.append(say("passages", language))
    markers = " ".join(f"[{one.source.number}]" for one in chosen)
    uses = [Use(marker=one.source.number, quote=one.text) for one in chosen]
    text = " ".join([*heads, markers])
    return Draft(text=text, uses=uses, abstained=True, kind="passages")


def _nearest(view: EvidenceView) -> list[Passage]:
    terms = view.analysis.every_term
    weights = _weights(view, terms)
    found = [*_of_tables(view, weights), *_of_prose(view, weights)]
    found.sort(key=lambda one: -one.score)
    chosen: list[Passage] = []
    for one in found:
        if all(one.source.chunk_id != other.source.chunk_id for other in chosen):
            chosen.append(one)
        if len(chosen) == MOST_PASSAGES:
            break
    return chosen


def _weights(view: EvidenceView, terms: Sequence[Token]) -> dict[str, float]:
    """How much each term counts: rare ones most."""
    holders = Counter(
        term.key
        for source in view.sources
        for term in terms
        if holds(keys_in(source.everything), term.key)
    )
    count = len(view.sources) or 1
    return {term.key: math.log(1 + count / (0.5 + holders[term.key])) for term in terms}


def _score(
    own: frozenset[str], around: frozenset[str], weights: dict[str, float], number: int
) -> float:
    total = sum(weights.values()) or 1.0
    said = sum(weight for key, weight in weights.items() if holds(own, key))
    near = sum(w for key, w in weights.items() if not holds(own, key) and holds(around, key))
    return (said + 0.5 * near) / total + RANK_WEIGHT / (1 + number / 2)


def _of_tables(view: EvidenceView, weights: dict[str, float]) -> list[Passage]:
    return [_rows_of(table, weights) for table in view.views if table.rows]


def _rows_of(table: TableView, weights: dict[str, float]) -> Passage:
    """The rows of a table that hold most of the question, under their headings."""
    around = frozenset().union(*table.levels, *(c.leaf_keys for c in table.columns))
    scored = []
    for row in table.rows:
        cells = [cell for c in table.columns if (cell := table.at(row.index, c.index))]
        own = keys_in(" ".join((*row.path, *(cell.cell.text for cell in cells))))
        scored.append((_score(own, around, weights, table.number), row.index, cells))
    scored.sort(key=lambda item: -item[0])
    kept = sorted(item for item in scored[:MOST_ROWS] if item[0] >= 0.8 * scored[0][0])
    lines = [_row_line(table, index) for _, index, _ in sorted(kept, key=lambda item: item[1])]
    source = kept[-1][2][0].source if kept and kept[-1][2] else table.source
    caption = table.source.caption
    text = " ".join([f"{caption} —" if caption else "", "; ".join(lines)]).strip()
    return Passage(source, text[:LONGEST_PASSAGE], scored[0][0])


def _row_line(table: TableView, row: int) -> str:
    cells = [cell for c in table.columns if (cell := table.at(row, c.index))]
    values = ", ".join(
        " = ".join(part for part in (" › ".join(cell.column.path), cell.cell.text.strip()) if part)
        for cell in cells
    )
    label = " › ".join(cells[0].row.path) if cells else ""
    return f"{label}: {values}" if label else values


def _of_prose(view: EvidenceView, weights: dict[str, float]) -> list[Passage]:
    """For each source its best sentence with those that follow."""
    found = []
    every = sentences_of(view.sources)
    for source in view.sources:
        own = [one for one in every if one.source is source]
        if not own:
            continue
        around = own[0].around
        scored = [_score(one.keys, around, weights, source.number) for one in own]
        best = max(range(len(own)), key=lambda place: scored[place])
        window = own[max(0, best - (1 if len(own) > best + 1 else 2)) : best + MOST_SENTENCES - 1]
        text = " ".join(one.shown() for one in window)
        keys = frozenset().union(*(one.keys for one in window))
        found.append(
            Passage(source, text[:LONGEST_PASSAGE], _score(keys, around, weights, source.number))
        )
    return found
