"""Which of a question's terms the chunks hold, and where: all chunks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from loaders.storing.search.forward_index import (
    FIRST,
    FOLLOWS,
    IS_CONTENTS,
    IS_TABLE,
    KEY,
    LINE_END,
    Profiles,
    key,
)

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
SIEVE = 0xFFFF


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """A row for each chunk, or for each line that holds anything; a column for each term."""

    all: Flags
    head: Flags
    """What stands in the headings."""
    lines: Flags
    line_chunks: Places
    """The chunk that each line belongs to."""
    is_table: Flags
    is_contents: Flags
    neighbouring: npt.NDArray[np.int64]
    """Chunk, column, column: terms that follow one another, one row for each time."""

    @classmethod
    def by(cls, chunks: Profiles, terms: Sequence[str]) -> Self:
        numbers, starts, shape = chunks.numbers, chunks.starts, (len(chunks), len(terms))
        hits, columns = _hits(numbers, terms)
        owners = np.searchsorted(starts, hits, side="right") - 1
        everything, head = np.zeros(shape, bool), np.zeros(shape, bool)
        everything[owners, columns] = True
        line = _line_numbers(numbers, starts)
        in_head = line[hits] == line[starts][owners]
        head[owners[in_head], columns[in_head]] = True
        below = ~in_head
        distinct, first, rows = np.unique(line[hits[below]], return_index=True, return_inverse=True)
        lines = np.zeros((len(distinct), len(terms)), bool)
        lines[rows, columns[below]] = True
        flags = numbers[starts]
        return cls(
            all=everything,
            head=head,
            lines=lines,
            line_chunks=owners[below][first],
            is_table=(flags & IS_TABLE) > 0,
            is_contents=(flags & IS_CONTENTS) > 0,
            neighbouring=_neighbouring(numbers, hits, owners, columns),
        )

    def neighbours(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """For each chunk the share of these pairs of columns that follow one another in it."""
        found = np.zeros((len(self.all), len(pairs)), bool)
        chunk, one, other = self.neighbouring.T
        for place, (left, right) in enumerate(pairs):
            found[chunk[(one == left) & (other == right)], place] = True
        shares: Floats = found.sum(axis=1) / max(len(pairs), 1)
        return shares


def _hits(numbers: npt.NDArray[np.uint32], terms: Sequence[str]) -> tuple[Places, Places]:
    """Where a term stands, and which it is; first a sieve, as hardly any number is one."""
    if not terms:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys = np.array([key(term) for term in terms], np.uint32)
    sieve = np.zeros(SIEVE + 1, bool)
    sieve[keys >> 2 & SIEVE] = True
    likely = np.flatnonzero(sieve[numbers >> 2 & SIEVE])
    order = np.argsort(keys)
    found = numbers[likely] & KEY
    columns = order[np.minimum(np.searchsorted(keys[order], found), len(keys) - 1)]
    same = keys[columns] == found
    return likely[same], columns[same]


def _line_numbers(numbers: npt.NDArray[np.uint32], starts: Places) -> Places:
    """Counts through all chunks; a chunk's flags stand in the line of its headings."""
    ends = numbers == LINE_END
    ends[starts] = False
    return np.cumsum(ends)


def _neighbouring(
    numbers: npt.NDArray[np.uint32], hits: Places, owners: Places, columns: Places
) -> Places:
    """A piece that directly follows another is told by its mark; both must be terms."""
    is_first = (numbers[hits] & FIRST) > 0
    hits, owners, columns = hits[is_first], owners[is_first], columns[is_first]
    piece = np.cumsum(numbers & FIRST)[hits]
    follows = (np.diff(piece) == 1) & ((numbers[hits[1:]] & FOLLOWS) > 0)
    return np.stack([owners[1:][follows], columns[:-1][follows], columns[1:][follows]], axis=1)
