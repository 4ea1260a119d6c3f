"""Whether what an answer says of a table's rows in words stands in those rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.answer import Check
from graph.verification.statements.naming import Label, naming, spoken
from graph.verification.statements.statement import Statement
from loaders.chunking.table import DataCell, Table
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import is_stop, keys

_MOST_WORDS = 6


def text_cell_faults(statement: Statement) -> Iterator[Check]:
    """`M3 was carried`, where its row says lost, and only others were carried.

    A row that is named may go without its text; it must not go with another row's instead. Of a
    negation nobody can tell what is said of which row.
    """
    if statement.vocabulary.negation.search(fold_in_place(statement.text)):
        return
    said = spoken(statement.text)
    for source in statement.sources:
        for table in source.tables:
            for text in _foreign_texts(table, said, spoken(statement.evidence.question)):
                yield Check(what="cell", text=text, why="is said of another row in the source")


def _foreign_texts(
    table: Table, said: Mapping[str, int], asked: Mapping[str, int]
) -> Iterator[str]:
    cells = [cell for cell in table.cells() if _tells(cell)]
    paths = [cell.row_path for cell in cells]
    named = naming(paths, said, are_rows=True).named or naming(paths, asked, are_rows=True).named
    for path in (label.path for label in named if _is_alone(label, named)):
        own = [cell for cell in cells if cell.row_path == path]
        known = frozenset(key for label in path for key in keys(label)).union(*map(_words, own))
        for cell in own:
            column = [one for one in cells if one.column == cell.column and _is_said(one, said)]
            if not _is_said(cell, said):
                yield from (one.text for one in column[:1] if not _words(one) <= known)


def _is_alone(label: Label, named: Sequence[Label]) -> bool:
    """Whether a word names this row and no other."""
    others = (other.named for other in named if other is not label)
    return bool(label.named.difference(*others))


def _tells(cell: DataCell) -> bool:
    has_words = any(not word.isdigit() for word in _words(cell))
    return cell.quantity is None and has_words and len(_words(cell)) <= _MOST_WORDS


def _is_said(cell: DataCell, said: Mapping[str, int]) -> bool:
    return _words(cell) <= said.keys()


def _words(cell: DataCell) -> frozenset[str]:
    return frozenset(key for key in keys(cell.text) if not is_stop(key))
