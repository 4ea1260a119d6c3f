"""Which place of a source an answer is closest to, where the draft does not say what it used."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from graph.answer import CellReference
from graph.draft import Use
from graph.evidence.sources import Source
from graph.verification.statements.facts import values_of
from graph.verification.statements.statement import measuring
from loaders.chunking.table import DataCell
from loaders.text.tokenizer import keys

_LONGEST = 400


def nearest(source: Source, text: str) -> Use:
    """The cell or sentence of a source that shares the most words and numbers with the answer.

    One that holds a value of the answer, in whatever number form, goes before all that do not.
    """
    words = {key: 3.0 if key[0].isdigit() else 1.0 for key in keys(text)}  # numbers tell more
    values = _values(text)
    best: tuple[bool, float] = (False, 0.0)
    found: tuple[str, DataCell | None] = ("", None)
    for line, held, cell in _places(source):
        worth = (bool(values & _values(held)), _shared(words, line))
        if worth > best:
            best, found = worth, (line, cell)
    line, cell = found
    if cell is None:
        return Use(marker=source.number, quote=line[:_LONGEST])
    reference = CellReference(row=cell.row_path, column=cell.column_path, value=cell.text)
    return Use(marker=source.number, quote=line, cell=reference)


def _places(source: Source) -> Iterator[tuple[str, str, DataCell | None]]:
    """Each line or cell as it is quoted, and the part of it that holds values."""
    for line in source.prose.splitlines():
        yield line.strip(), line, None
    for table in source.tables:
        for cell in table.cells():
            yield cell.line, cell.text, cell


def _values(text: str) -> set[Decimal]:
    return {value for number in measuring(text) for value in values_of(number)}


def _shared(wanted: dict[str, float], line: str) -> float:
    found = set(keys(line))
    return sum(wanted.get(key, 0.0) for key in found) - 0.02 * len(found)
