"""What a document says once of all its amounts: `in € thousand, unless otherwise stated`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from loaders.chunking.block import Block
from loaders.chunking.markup import shown
from loaders.chunking.table import DataCell
from loaders.text.label_units import is_pure_number, label_kind
from loaders.text.languages import phrases_of
from loaders.text.sentence_splitter import sentences
from loaders.text.tokenizer import fold
from loaders.text.unit_words import LabelKind
from loaders.text.units import measure_in

LONGEST = 200
_PARTED = re.compile(r"\s[·•|]\s")
"""Between the pieces of a running line: `Published 18 July · All amounts in € million`."""


def declared_in(blocks: Iterable[Block]) -> str:
    """The last sentence of a page that says it; empty if none does."""
    said = [one for block in blocks if block.kind != "table" for one in _of(block)]
    return said[-1] if said else ""


def _of(block: Block) -> list[str]:
    text = shown(block.text)
    if not any(phrase in fold(text) for phrase in _phrases()):
        return []
    parts = (part.strip() for one in sentences(text) for part in _PARTED.split(one))
    return [one for one in parts if _declares(one)]


def _declares(sentence: str) -> bool:
    is_of_all = any(phrase in fold(sentence) for phrase in _phrases())
    if not is_of_all or len(sentence) > LONGEST:
        return False
    found = measure_in(sentence)
    return found is not None and found.scale != 1


def is_bare(cell: DataCell) -> bool:
    """Whether a cell holds a number, and nothing in its table says what it counts."""
    return _has_no_unit(cell) and not any(_kinds(cell))


def is_unmeasured(cell: DataCell, *around: str) -> bool:
    """Whether a number that counts nothing is bare, and no label, nor what is `around`, says why.

    What is counted has no decimals, and is not below zero; a score has no unit, a ratio may have.
    """
    found = cell.quantity
    is_whole = found is None or (found.value >= 0 and "." not in f"{found.value:f}")
    if is_whole or not _has_no_unit(cell) or not {*_kinds(cell)} <= {"", "ratio"}:
        return False
    return not any(map(is_pure_number, (*cell.row_path, *cell.column_path, *around)))


def _has_no_unit(cell: DataCell) -> bool:
    found = cell.quantity
    if found is None or found.is_year or found.scale != 1:
        return False
    return not (found.unit or found.currency or found.percent)


def _kinds(cell: DataCell) -> list[LabelKind]:
    return [label_kind(label) for label in (*cell.row_path, *cell.column_path)]


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(map(fold, phrases_of("unit_lines", "throughout")))
