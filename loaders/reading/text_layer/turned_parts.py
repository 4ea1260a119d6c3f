"""Print that runs up or down an upright page: a table on its side, or heads of narrow columns.

A part of several rows is read as a page of its own and put back in its place; a single line stays
where it is, as one word that holds its words in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loaders.pages.geometry import enclosing, inside, middle, overlap
from loaders.pages.page_layout import Rule, Token
from loaders.pages.page_transform import Frame
from loaders.pages.word import Box
from loaders.reading.text_layer.watermarks import Stretch
from loaders.reading.text_layer.word_boxes import Glyph

ROWS = 3
"""Rows of several cells make a table on its side."""
PAPER = 60.0
"""Points of paper around a part that is read as a page."""
A4 = 595.0, 842.0
"""The size of that page, or larger: the layout model knows no small ones."""
AROUND = 10.0
"""Points around the print in which its rules are."""
ALIKE = 2.0
"""Points by which the baselines of one row may differ."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A part of the page and the way that its print runs."""

    box: Box
    is_upward: bool
    lines: frozenset[int]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the part as it reads."""
        x0, y0, x1, y1 = self.box
        return max(A4[0], y1 - y0 + 2 * PAPER), max(A4[1], x1 - x0 + 2 * PAPER)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is in the part as it reads."""
        x0, y0, x1, y1 = self.box
        if self.is_upward:
            return y1 - y + PAPER, x - x0 + PAPER
        return y - y0 + PAPER, x1 - x + PAPER

    def place(self, box: Box) -> Box:
        """Where a box of the page is in the part as it reads."""
        return enclosing((*self.point(x, y), *self.point(x, y)) for x, y in (box[:2], box[2:]))

    def frame(self, width: float, height: float) -> Frame:
        """The way back, on a page of that size."""
        x0, y0, x1, y1 = self.box
        if self.is_upward:
            return Frame((0, 1, x0 - PAPER, -1, 0, y1 + PAPER), width, height)
        return Frame((0, -1, x1 + PAPER, 1, 0, y0 - PAPER), width, height)


def turned_parts(lines: Sequence[Stretch], glyphs: Sequence[Glyph]) -> list[Turn]:
    """The parts of the page whose rows run up or down."""
    found: list[Turn] = []
    for is_upward in (True, False):
        own = {line.number: line for line in lines if runs(line, is_upward=is_upward)}
        boxes: dict[int, Box] = {}
        for glyph in glyphs:
            if glyph.line in own and not glyph.char.isspace():
                boxes[glyph.line] = enclosing((boxes.get(glyph.line, glyph.box), glyph.box))
        rows: dict[int, int] = {}
        for number in boxes:
            row = round(own[number].start[0] / ALIKE)
            row = next((near for near in (row, row - 1, row + 1) if near in rows), row)
            rows[row] = rows.get(row, 0) + 1
        if sum(count > 1 for count in rows.values()) >= ROWS:
            found.append(Turn(enclosing(boxes.values()), is_upward, frozenset(boxes)))
    return found


def runs(line: Stretch, *, is_upward: bool) -> bool:
    """The line runs straight up, or straight down."""
    dx, dy = line.direction
    return abs(dx) < 0.1 and (dy < 0) is is_upward and bool(line.text)


def turned_glyphs(glyphs: Iterable[Glyph], lines: Sequence[Stretch], turn: Turn) -> list[Glyph]:
    """The print of the part, level."""
    starts = {line.number: line.start for line in lines}
    return [
        replace(
            glyph,
            box=turn.place(glyph.box),
            baseline=turn.point(*starts[glyph.line])[1],
            level=True,
        )
        for glyph in glyphs
        if glyph.line in turn.lines
    ]


def turned_rules(rules: Sequence[Rule], turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """The rules of the part, level, and all others."""
    x0, y0, x1, y1 = turn.box
    around = (x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND)
    own = [rule for rule in rules if inside(rule.box, around, 0.8)]
    taken = {id(rule) for rule in own}
    return (
        [Rule(turn.place(rule.box)) for rule in own],
        [rule for rule in rules if id(rule) not in taken],
    )


def with_upright_lines(tokens: Sequence[Token], lines: Sequence[Stretch]) -> list[Token]:
    """The words, those of a line that runs up or down as one, and its next lines with it."""
    ways = {
        line.number: line.direction[1] < 0
        for line in lines
        if runs(line, is_upward=True) or runs(line, is_upward=False)
    }
    found: list[Token] = []
    last: Token | None = None
    for token in tokens:
        is_same = last is not None and token.line in ways and goes_on(last, token, ways)
        if last is not None and is_same:
            last.text += (" " if token.spaced else "") + token.text
            last.box = enclosing((last.box, token.box))
            last.baseline = last.box[3]
            continue
        token.upright = token.line in ways and len(token.text) > 1
        found.append(token)
        last = token if token.upright else None
    return found


def goes_on(last: Token, token: Token, ways: dict[int, bool]) -> bool:
    """The word is of the same line, or of the one right after it in the same head."""
    if token.line == last.line:
        return True
    if ways.get(last.line) is not ways[token.line] or len(token.text) < 2:
        return False
    is_beside = overlap(last.box[1], last.box[3], token.box[1], token.box[3]) > 0
    step = middle(token.box)[0] - last.box[2]
    gap = token.box[0] - last.box[2] if ways[token.line] else last.box[0] - token.box[2]
    is_after = step > 0 if ways[token.line] else middle(token.box)[0] < last.box[0]
    return is_beside and is_after and gap < 0.5 * token.size
