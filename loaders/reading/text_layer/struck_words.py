"""Words that are struck out: a line runs through their middle, drawn or noted by a reviewer.

They are written as Markdown does, `~~not~~`: still there, and asserted by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.pages.geometry import overlap
from loaders.pages.page_layout import Rule
from loaders.pages.word import Box
from loaders.reading.text_layer.word_boxes import Glyph

THICK = 0.18
"""Part of the size: a thicker rule hides what it runs over."""
ROW = 8.0
"""Points: the height of the strips by which glyphs are found."""
LOW, HIGH = 0.12, 0.5
"""Parts of the size above the baseline between which a line strikes out."""


def strike(glyphs: Sequence[Glyph], rules: Sequence[Rule], noted: Sequence[Box]) -> list[Rule]:
    """Mark the glyphs that a line or a reviewer runs through; return the rules that are left."""
    rows: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.level and not glyph.char.isspace():
            rows.setdefault(int(glyph.baseline // ROW), []).append(glyph)
    left: list[Rule] = []
    for rule in rules:
        struck = struck_by(rule.box, rows) if rule.horizontal else []
        for glyph in struck:
            glyph.struck = True
        if not struck:
            left.append(rule)
    for glyph in glyphs if noted else ():
        glyph.struck = glyph.struck or any(lies_on(box, glyph) for box in noted)
    return left


def struck_by(rule: Box, rows: Mapping[int, Sequence[Glyph]]) -> list[Glyph]:
    """What the rule runs through, if it is as long as that; a longer one is a table's."""
    row = int(rule[3] // ROW)
    near = [glyph for n in range(row, row + 4) for glyph in rows.get(n, ())]
    found = [glyph for glyph in near if runs_through(rule, glyph)]
    if not any(glyph.char.isalnum() for glyph in found):
        return []
    size = max(glyph.size for glyph in found)
    ink = sum(glyph.box[2] - glyph.box[0] for glyph in found)
    return found if rule[2] - rule[0] < 1.6 * ink + size else []


def runs_through(rule: Box, glyph: Glyph) -> bool:
    """The rule is thin, at the height of a small letter's middle, and as long as the glyph."""
    if rule[3] - rule[1] > THICK * glyph.size:
        return False
    height = (glyph.baseline - (rule[1] + rule[3]) / 2) / glyph.size
    return LOW < height < HIGH and covers(rule, glyph)


def lies_on(box: Box, glyph: Glyph) -> bool:
    """The marked area holds the glyph."""
    middle = glyph.baseline - 0.3 * glyph.size
    return box[1] < middle < box[3] and covers(box, glyph)


def covers(box: Box, glyph: Glyph) -> bool:
    """The box is there along most of the glyph."""
    left, right = glyph.box[0], glyph.box[2]
    return overlap(left, right, box[0], box[2]) >= 0.6 * max(0.1, right - left)
