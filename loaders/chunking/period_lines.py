"""The short line above a table that dates it: `Year ended 30 September 2022`."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.chunking.block import Block
from loaders.chunking.table import Table
from loaders.text.dates import dates_in

_LONGEST = 80
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?(?![\d.,]\d|\d)")
_SENTENCE_END = (".", "!", "?", "。", ":", "：")


def take_period_line(joined: list[Block], table: Table | None) -> str:
    """The line that the blocks so far end with, if it dates a table that names no year itself.

    It is taken away from there; empty if there is none.
    """
    if not joined or joined[-1].kind != "text" or table is None or _names_year(table):
        return ""
    return take_line(joined) if is_period_line(joined[-1].text.split("\n")[-1]) else ""


def take_line(joined: list[Block]) -> str:
    """The last line of the blocks, taken away from there; without its emphasis."""
    last = joined.pop()
    *rest, line = last.text.split("\n")
    if any(map(str.strip, rest)):
        joined.append(replace(last, text="\n".join(rest)))
    return line.strip().strip("*_").strip()


def is_period_line(line: str) -> bool:
    """Whether a line only dates something: short, no sentence, no number but those of dates."""
    bare = line.strip().strip("*_").strip()
    if not bare or len(bare) > _LONGEST or bare.endswith(_SENTENCE_END):
        return False
    if not _YEAR.search(bare):
        return False
    for date in dates_in(bare):
        bare = bare.replace(date.text, " ")
    return not any(char.isdecimal() for char in _YEAR.sub(" ", bare))


def _names_year(table: Table) -> bool:
    grid = table.grid
    heads = (cell for row in range(table.header_rows) for cell in grid.row(row))
    labels = (
        grid.at(row, column) for row in range(grid.height) for column in range(table.header_columns)
    )
    return any(cell and _YEAR.search(cell.text) for cell in (*heads, *labels))
