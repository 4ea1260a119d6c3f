"""The rows of a table that are one of a kind: those that are counted, ranked and averaged."""

from __future__ import annotations

from collections.abc import Sequence, Set

from graph.offline.spare_words import spoken
from graph.offline.table_headings import Heading

MEANS = frozenset({"@average", "@median"})


def members(rows: Sequence[Heading], totals: Set[int]) -> list[Heading]:
    """The rows that sum up no others: no totals, no means, and no year among things of a kind."""
    kept = [row for row in rows if row.index not in totals and not is_mean(row)]
    years = [row for row in kept if _is_year(row)]
    return [row for row in kept if row not in years] if 2 * len(years) < len(kept) else kept


def is_mean(row: Heading) -> bool:
    """Whether a row is headed as the mean of others, whichever of them."""
    return not MEANS.isdisjoint(row.leaf_keys)


def _is_year(row: Heading) -> bool:
    """Whether a label says a year and nothing else: `Year 2024`."""
    names = spoken("year") | {"@full_year"}
    return bool(row.years) and all(one.is_year or one.key in names for one in row.leaf)
