"""Whether the first row of a table names its columns, by how much it says."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

SENTENCE = 60
"""Letters: what is longer tells something; names of columns can be long too, above short cells."""


def tells_like_rows(rows: Sequence[Sequence[str]]) -> bool:
    """A cell of the first row is a sentence like those that stand below it."""
    for column, text in enumerate(rows[0] if rows else ()):
        below = [len(row[column]) for row in rows[1:] if row[column]]
        if len(text) > SENTENCE and below and median(below) > SENTENCE:
            return True
    return False
