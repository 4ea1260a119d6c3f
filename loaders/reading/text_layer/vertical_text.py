"""Chinese and Japanese that run down the page: its columns are the lines of a page on its side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.pages.geometry import enclosing, middle
from loaders.pages.runs import runs
from loaders.reading.text_layer.turned_parts import Turn
from loaders.reading.text_layer.word_boxes import Glyph

FEWEST = 4
"""Signs below each other; fewer may be cells."""
PITCH = 1.4
"""Times the size, at most, from one sign to the next below it."""
MOST = 0.7
"""Part of the page's signs that stand in columns if its text runs down."""
BELOW = 0.12
"""Part of the size by which a sign reaches below the line that it would stand on."""


def vertical_text(glyphs: Sequence[Glyph]) -> tuple[Turn, list[Glyph]] | None:
    """The part of the page that runs down, and its print, level; None on most pages."""
    signs = [glyph for glyph in glyphs if unicodedata.east_asian_width(glyph.char) in "WF"]
    columns = [column for column in columns_of(signs) if len(column) >= FEWEST]
    found = [glyph for column in columns for glyph in column]
    printed = sum(not glyph.char.isspace() for glyph in glyphs)
    if len(found) < MOST * printed or not found:
        return None
    lines = frozenset(glyph.line for glyph in found)
    turn = Turn(enclosing(glyph.box for glyph in glyphs if glyph.line in lines), False, lines)
    return turn, [
        levelled(glyph, number, turn)
        for number, column in enumerate(columns_of(g for g in glyphs if g.line in lines), 1)
        for glyph in column
    ]


def columns_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Signs that follow each other downwards, in the order of the text layer."""
    return runs(glyphs, lambda column, glyph: not is_below(column[-1], glyph))


def is_below(last: Glyph, glyph: Glyph) -> bool:
    """The sign stands right below the last one."""
    (x, y), (next_x, next_y) = middle(last.box), middle(glyph.box)
    return abs(next_x - x) < 0.3 * glyph.size and 0.3 * glyph.size < next_y - y < PITCH * last.size


def levelled(glyph: Glyph, line: int, turn: Turn) -> Glyph:
    """The sign as it stands in a line of the part; commas that run down have codes of their own."""
    box = turn.place(glyph.box)
    return replace(
        glyph,
        char=unicodedata.normalize("NFKC", glyph.char),
        box=box,
        baseline=box[3] - BELOW * glyph.size,
        level=True,
        line=line,
    )
