"""Whether a table's number is the one of the row and column that a sentence names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.evidence.sources import Source
from loaders.chunking.table import DataCell, Table
from loaders.text.quantities import Mention
from loaders.text.tokenizer import is_stop, keys

Path = tuple[str, ...]
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


@dataclass(frozen=True)
class Label:
    """A path of labels, and what a sentence says of it."""

    path: Path
    said: frozenset[str]
    """Its words that the sentence has."""
    named: frozenset[str]
    """The words of those of its labels that the sentence names in full."""
    is_repeated: bool
    """Whether the sentence has these words twice: `V3 leads V3-mini` names both."""


@dataclass(frozen=True)
class Naming:
    """The rows or the columns of one table that a sentence names."""

    labels: Sequence[Label]

    @cached_property
    def named(self) -> list[Label]:
        """Named in full, and not only a part of what another label says in full."""
        found = [label for label in self.labels if label.named]
        return [label for label in found if not self._is_part(label)]

    def fits(self, path: Path) -> bool:
        """Whether nothing is named, or this."""
        if not self.named:
            return True
        mine = next((label for label in self.labels if label.path == path), None)
        return mine is not None and bool(mine.said) and not self._is_part(mine)

    def _is_part(self, label: Label) -> bool:
        return not label.is_repeated and any(
            label.said <= other.named and label.named < other.named for other in self.labels
        )


def naming(paths: Iterable[Path], words: Mapping[str, int]) -> Naming:
    """What of these paths a sentence names that has each of these words so often."""
    labels = []
    for path in dict.fromkeys(paths):
        said = frozenset(key for label in path for key in _words(label) if key in words)
        parts = [_words(_ASIDE.sub(" ", label)) for label in path]
        named = frozenset(key for part in parts if part and part <= words.keys() for key in part)
        is_repeated = bool(named) and all(words[key] > 1 for key in named)
        labels.append(Label(path, said, named, is_repeated))
    return Naming(labels)


def wrong_cell_numbers(
    sentence: str, mentions: Sequence[Mention], sources: Sequence[Source], question: str
) -> list[Mention]:
    """The numbers that stand in the tables, and in no row and column that the sentence names.

    `mentions` are those that nothing but cells bears out. Where there are more of them than places
    named ("42 in 2024, after 38"), it is enough that one of them is in its place. What a sentence
    with one number leaves unsaid, the question says.
    """
    tables = [table for source in sources for table in source.tables]
    if not mentions or not tables:
        return []
    said = Counter(keys(sentence))
    asked = said | Counter(keys(question)) if len(mentions) == 1 else said
    grids = [_Named(table, said, asked) for table in tables]
    wrong = [one for one in mentions if not any(grid.holds(one) for grid in grids)]
    places = max(grid.places for grid in grids)
    if len(mentions) > places and len(wrong) < len(mentions):
        return []
    return wrong


class _Named:
    """A table with the rows and columns that are named."""

    def __init__(self, table: Table, said: Mapping[str, int], asked: Mapping[str, int]) -> None:
        self.cells = list(table.cells())
        self.rows = _naming_of([cell.row_path for cell in self.cells], said, asked)
        self.columns = _naming_of([cell.column_path for cell in self.cells], said, asked)

    @property
    def places(self) -> int:
        return max(1, len(self.rows.named)) * max(1, len(self.columns.named))

    def holds(self, mention: Mention) -> bool:
        return any(
            is_value(mention, cell)
            and self.rows.fits(cell.row_path)
            and self.columns.fits(cell.column_path)
            for cell in self.cells
        )


def is_value(mention: Mention, cell: DataCell) -> bool:
    """Whether a cell holds the number, as it is written or with its scale."""
    if cell.quantity is None:
        return False
    values = {abs(value) for value in mention.readings}
    values |= {abs(value * mention.scale) for value in mention.readings}
    quantity = cell.quantity
    known = {abs(quantity.value), abs(quantity.amount)}
    known |= {abs(value) for value in (quantity.high, quantity.margin) if value is not None}
    return bool(values & known)


def _naming_of(paths: Sequence[Path], said: Mapping[str, int], asked: Mapping[str, int]) -> Naming:
    found = naming(paths, said)
    return found if any(label.said for label in found.labels) else naming(paths, asked)


def _words(label: str) -> frozenset[str]:
    found = frozenset(key for key in keys(label) if not is_stop(key))
    # `2019年` is named by its number: in a Chinese sentence the sign after it joins the next word.
    return frozenset(key for key in found if len(key) > 1 or key.isdigit()) or found
