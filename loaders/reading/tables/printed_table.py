"""A table of words that the layout took for a paragraph, because nothing is drawn around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.pages.page_layout import Token
from loaders.reading.tables.cell_phrases import table_lines

FEWEST_ROWS = 2
ALIGNED = 2.0
"""Points by which a cell begins beside its name."""


def printed_rows(tokens: Sequence[Token]) -> list[float]:
    """Where its rows part: bold names over ordinary lines that begin where they do; else nothing.

    A row begins with a label that has cells beside it.
    """
    head, *rows = table_lines(tokens)
    starts = [phrase.box[0] for phrase in head.phrases]
    full = [row for row in rows if len(row.phrases) > 1]
    are_cells = all(
        min(abs(phrase.box[0] - x) for x in starts) < ALIGNED
        for row in rows
        for phrase in row.phrases
    )
    is_told = head.is_bold and are_cells and not any(row.is_bold for row in rows)
    if len(starts) < 2 or len(full) < FEWEST_ROWS or 2 * len(full) < len(rows) or not is_told:
        return []
    return [
        (above.box[3] + below.box[1]) / 2
        for above, below in pairwise([head, *rows])
        if len(below.phrases) > 1 and abs(below.phrases[0].box[0] - starts[0]) < ALIGNED
    ]
