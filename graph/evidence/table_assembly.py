"""Tables that were cut into chunks, put together again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.evidence.sources import Source
from loaders.chunking.table import Table

Origin = tuple[Source, int]
"""Where a row of the whole stands: its piece, and its row there."""


@dataclass(frozen=True)
class Whole:
    """A table, or as many pieces of it that follow one another as were found."""

    source: Source
    """Its first piece."""
    table: Table
    number: int
    """The smallest number of its pieces: how near it is to the question."""
    is_whole: bool = True
    origins: Mapping[int, Origin] = field(default_factory=dict)
    """By row; empty if it was never cut."""


def whole_tables(sources: Iterable[Source]) -> list[Whole]:
    """The tables of the sources; pieces of one stand where the first that was found stands."""
    kept = list(sources)
    pieces: dict[tuple[str, str], list[Source]] = {}
    for source in kept:
        if _is_piece(source):
            pieces.setdefault(_table_of(source), []).append(source)
    found: list[Whole] = []
    for source in kept:
        if not _is_piece(source):
            found += [Whole(source, table, source.number) for table in source.tables]
        elif together := pieces.pop(_table_of(source), None):
            for run in _runs(together):
                found += _joined(run)
    return found


def _is_piece(source: Source) -> bool:
    return int(source.chunk.metadata.get("pieces", 1)) > 1 and len(source.tables) == 1


def _table_of(source: Source) -> tuple[str, str]:
    return source.document, str(source.chunk.metadata.get("table_id", ""))


def _piece(source: Source) -> int:
    return int(source.chunk.metadata.get("piece", 0))


def _runs(sources: Sequence[Source]) -> list[list[Source]]:
    """Pieces in order, apart where one is missing: its groups would head the wrong rows."""
    runs: list[list[Source]] = []
    for source in sorted(sources, key=_piece):
        if runs and _piece(source) == _piece(runs[-1][-1]) + 1:
            runs[-1].append(source)
        else:
            runs.append([source])
    return runs


def _joined(run: Sequence[Source]) -> list[Whole]:
    """One table of these pieces; each by itself if they do not fit together."""
    first = run[0].tables[0]
    is_whole = len(run) == int(run[0].chunk.metadata["pieces"])
    rows = first.raw(0, first.height)
    origins = {row: (run[0], row) for row in range(first.height)}
    for source in run[1:]:
        table = source.tables[0]
        start = _first_own_row(source, first)
        if start is None:
            return [Whole(one, one.tables[0], one.number, is_whole=False) for one in run]
        origins |= {
            len(rows) + offset: (source, row)
            for offset, row in enumerate(range(start, table.height))
        }
        rows += table.raw(start, table.height)
    number = min(source.number for source in run)
    if len(run) > 1:
        joined = Table.from_raw(rows, head_rows=first.header_rows, caption=first.caption)
        first = replace(joined, is_of_commas=first.is_of_commas)
    return [Whole(run[0], first, number, is_whole, origins)]


def _first_own_row(source: Source, first: Table) -> int | None:
    """The row after the header and the group that a piece repeats; none if it has another header.

    How many rows are its own is told by their pages, one for each.
    """
    table = source.tables[0]
    head = first.rows[: first.header_rows]
    own = len(source.chunk.metadata.get("row_pages") or ())
    start = table.height - own
    fits = table.width == first.width and table.rows[: len(head)] == head
    return start if fits and own and start >= len(head) else None
