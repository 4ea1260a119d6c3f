"""Prose cut into sentences, and the sentences that stand in a table's cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.evidence.sources import Source
from loaders.reading.layout.charts import MARK as CHART_MARK
from loaders.text.sentence_splitter import cut

LEAST_TOLD = 6
"""Words from which on a cell is a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A literal piece of a source."""

    source: Source
    text: str
    place: int
    """Counted within its source."""
    before: str = ""
    """The sentence before it."""
    row: tuple[int, int] | None = None
    """The table and the row of a source whose cell it is."""


def sentences_of(sources: Sequence[Source]) -> list[Sentence]:
    """All sentences of the sources' prose; lines of a chart or of contents are none."""
    found = []
    for source in sources:
        prose, _, _ = source.prose.partition(CHART_MARK)
        pieces = cut(prose)
        for place, piece in enumerate(pieces):
            if len(piece) >= 12 and not piece.startswith("Summary:") and "....." not in piece:
                found.append(Sentence(source, piece, place, pieces[place - 1] if place else ""))
        found.extend(_told_in_cells(source, len(pieces) + 1))
    return found


def _told_in_cells(source: Source, place: int) -> Iterator[Sentence]:
    """The cells that hold sentences; their labels stand before them."""
    for number, table in enumerate(source.tables):
        for cell in table.cells():
            if cell.quantity is None and len(cell.text.split()) >= LEAST_TOLD:
                labels = " ".join((*cell.row_path, *cell.column_path))
                yield Sentence(source, cell.text, place, labels, (number, cell.row))
                place += 1


def beside(sentence: Sentence) -> list[Sentence]:
    """The other cells of a cell's row that hold sentences: what is to be done about a fault."""
    if sentence.row is None:
        return []
    told = _told_in_cells(sentence.source, sentence.place)
    return [one for one in told if one.row == sentence.row and one.text != sentence.text]


def following(sentence: Sentence, most: int = 1) -> list[Sentence]:
    """The sentences after one, in its source."""
    pieces = cut(sentence.source.prose)
    after = sentence.place + 1
    return [
        Sentence(sentence.source, piece, place, pieces[place - 1])
        for place, piece in enumerate(pieces[after : after + most], start=after)
    ]
