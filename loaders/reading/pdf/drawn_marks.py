"""Boxes to tick that are drawn, and ticks: nothing in the text layer says what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist
from typing import Any

from loaders.pages.geometry import grown, inside, middle, overlap
from loaders.pages.page_layout import Rule, Token
from loaders.pages.word import Box

EMPTY, CROSSED, TICK = "☐", "☒", "☑"
SQUARE, RING = "square", "ring"
LEAST_CURVES = 4
"""A circle has as many."""
SMALLEST, LARGEST = 5.0, 16.0
"""Points: the side of a box that somebody ticks."""
MOST = 120
"""More squares on one page are a drawing."""
CLOSE = 24.0
"""Points between a box and the word that it stands before."""
BESIDE = 60.0
"""Points between a box and the words that it belongs to."""
AS_TICK = 1.4
"""The second stroke of a tick is so many times as long as the first."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One path: where it stands, the outline that it is (a square or a ring), and its tick."""

    box: Box
    outline: str
    sign: str
    solid: str = ""
    """A disc or a block, painted."""


def shapes(page: Any) -> list[Shape]:
    """The small paths of a page."""
    found: list[Shape] = []
    for path in page.get_cdrawings():
        x0, y0, x1, y1 = path["rect"]
        wide, high = x1 - x0, y1 - y0
        is_bare = path["type"] == "f" and min(path.get("fill") or (0,)) > 0.9  # white on white
        if max(wide, high) <= LARGEST and min(wide, high) > 1 and not is_bare:
            outline = outline_of(path, wide, high)
            solid = "" if outline else solid_of(path, wide, high)
            found.append(Shape((x0, y0, x1, y1), outline, sign_of(path), solid))
    return found


def outline_of(path: Any, wide: float, high: float) -> str:
    """A square, its corners round or not, or a ring, the inside left white; else nothing."""
    kinds = [item[0] for item in path["items"]]
    if not (is_hollow(path) and min(wide, high) >= SMALLEST and 0.75 < wide / high < 1.33):
        return ""
    if set(kinds) <= {"re", "qu"}:
        return SQUARE if len(kinds) == 1 + ("s" not in path["type"]) else ""
    sides = [item for item in path["items"] if item[0] == "l" and dist(item[1], item[2]) > 0.3]
    if len(sides) in (3, 4) and not any(is_slanted(side[1], side[2], 0.3) for side in sides):
        return SQUARE if set(kinds) <= {"l", "c"} else ""
    return RING if not sides and kinds.count("c") >= LEAST_CURVES else ""


def solid_of(path: Any, wide: float, high: float) -> str:
    """What is painted is as wide as high, round or square; else nothing."""
    kinds = {item[0] for item in path["items"]}
    is_painted = "f" in path["type"] and max(path.get("fill") or (1,)) < 0.9
    if not is_painted or min(wide, high) < SMALLEST or not 0.75 < wide / high < 1.33:
        return ""
    return "disc" if kinds == {"c"} else "block" if kinds == {"re"} else ""


def is_hollow(path: Any) -> bool:
    """An outline is drawn around white, or painted as a frame."""
    is_white = path.get("fill") is None or min(path["fill"]) > 0.9
    return ("s" in path["type"] and is_white) or (path["type"] == "f" and bool(path["even_odd"]))


def sign_of(path: Any) -> str:
    """A tick is a short stroke down and a longer one up; two strokes that cross are a cross."""
    lines = [item for item in path["items"] if item[0] == "l"]
    if len(lines) != 2 or len(path["items"]) != 2:
        return ""
    (_, start, turn), (_, again, end) = lines
    if turn != again:
        return CROSSED if is_slanted(start, turn) and is_slanted(again, end) else ""
    if start[0] > end[0]:
        start, end = end, start
    down, up = dist(start, turn), dist(turn, end)
    falls, rises = turn[1] > start[1] and turn[0] > start[0], end[1] < turn[1] and end[0] > turn[0]
    return TICK if falls and rises and up > AS_TICK * down else ""


def is_slanted(start: Sequence[float], end: Sequence[float], least: float = 2) -> bool:
    """The stroke is neither level nor upright."""
    return min(abs(start[0] - end[0]), abs(start[1] - end[1])) > least


def with_drawn_marks(
    tokens: Sequence[Token], rules: Sequence[Rule], small: Sequence[Shape]
) -> tuple[list[Token], list[Rule], bool]:
    """The words and the signs of drawn boxes and ticks, the rules that are left, and a change."""
    outlines = [shape.box for shape in outlines_of(small)]
    if len(outlines) > MOST:
        return list(tokens), list(rules), False
    boxes = [box for box in outlines if has_words(box, tokens)]
    signs = [box_sign(box, small, tokens) for box in boxes]
    free = [
        shape
        for shape in small
        if shape.sign and not any(inside(shape.box, grown(box, 3)) for box in boxes)
    ]
    signs += [sign_token(shape.sign, shape.box) for shape in free if has_words(shape.box, tokens)]
    if not signs:
        return list(tokens), list(rules), False
    places = [*boxes, *(shape.box for shape in free)]
    left = [rule for rule in rules if not any(inside(rule.box, grown(box, 1)) for box in places)]
    words = [token for token in tokens if not any(is_in(token, box) for box in boxes)]
    return placed(signs, words), left, True


def with_tick_boxes(
    tokens: Sequence[Token], boxes: Sequence[tuple[Box, bool]]
) -> tuple[list[Token], bool]:
    """The words, and a sign for each box of a form that can be ticked; and whether any has one."""
    words = [token for token in tokens if not any(is_in(token, box) for box, _ in boxes)]
    signs = [sign_token(CROSSED if is_ticked else EMPTY, box) for box, is_ticked in boxes]
    return placed(signs, words), bool(signs)


def outlines_of(small: Sequence[Shape]) -> list[Shape]:
    """The squares, and the rings where one of them is marked: else they are a drawing's."""
    rings = [shape for shape in small if shape.outline == RING]
    if not any(is_marked(ring.box, small) for ring in rings):
        rings = []
    return [shape for shape in small if shape.outline == SQUARE] + rings


def is_marked(box: Box, small: Sequence[Shape]) -> bool:
    """Something other than an outline is drawn in the box."""
    side = box[2] - box[0]
    return any(
        inside((*middle(shape.box), *middle(shape.box)), box)
        and 0.35 * side < max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1])
        and shape.box != box
        and not shape.outline
        for shape in small
    )


def placed(signs: Sequence[Token], words: Sequence[Token]) -> list[Token]:
    """The words with each sign before the one that it stands beside, on a line of its own if none.

    Words that follow each other closely on one line stay together, whatever the layout sees.
    """
    last = max((token.line for token in words), default=0)
    found = list(words)
    for number, sign in enumerate(signs, last + 1):
        near = [
            (token.box[0] - sign.box[2], index)
            for index, token in enumerate(found)
            if 0 <= token.box[0] - sign.box[2] < CLOSE
            and overlap(token.box[1], token.box[3], sign.box[1], sign.box[3]) > 2
        ]
        sign.line = found[min(near)[1]].line if near else number
        found.insert(min(near)[1] if near else len(found), sign)
        if near:
            found[min(near)[1] + 1].spaced = True
    return found


def has_words(box: Box, tokens: Sequence[Token]) -> bool:
    """Words stand on the box's height, near it or in the rows of its table."""
    return any(
        overlap(token.box[1], token.box[3], box[1], box[3]) > 0.3 * (box[3] - box[1])
        and not is_in(token, box)
        and (token.box[0] - box[2] < BESIDE or box[0] - token.box[2] < 6 * BESIDE)
        for token in tokens
    )


def is_in(token: Token, box: Box) -> bool:
    """A sign that somebody set into the box."""
    return len(token.text) <= 2 and inside(token.box, grown(box, 1.5), 0.6)


def box_sign(box: Box, small: Sequence[Shape], tokens: Sequence[Token]) -> Token:
    """The box with or without what is in it."""
    is_ticked = is_marked(box, small) or any(is_in(token, box) for token in tokens)
    return sign_token(CROSSED if is_ticked else EMPTY, box)


def sign_token(sign: str, box: Box) -> Token:
    """A word of one sign; its baseline is that of print as high as the box."""
    high = box[3] - box[1]
    return Token(sign, box, box[3] - 0.1 * high, max(8.0, high))
