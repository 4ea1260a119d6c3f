"""Forms whose fields are drawn boxes: in each a name in small print over what was filled in.

Read as a table, every other row would name columns, and an amount would stand under another's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Field, Rule, Token
from loaders.pages.word import Box
from loaders.reading.text_layer.line_joining import lines_of

FEWEST = 4
"""Boxes of a form; fewer are chance."""
SMALLER = 0.85
"""Times the size of the value: print of a name."""
WORDS, LINES = 10, 3
"""Of a name, and of a value, at most."""
MOST = 2_000_000
"""Pairs of words and rules; a page with more is drawn, not a form."""

Segment = tuple[float, float, float]
"""Where a rule is, and from where to where it runs."""


def boxed_fields(tokens: Sequence[Token], rules: Sequence[Rule]) -> list[Field]:
    """The pairs of a form; none if few boxes of the page are fields."""
    if len({round(token.size) for token in tokens}) < 2 or len(tokens) * len(rules) > MOST:
        return []
    level = [(r.box[1], r.box[0], r.box[2]) for r in rules if r.horizontal]
    upright = [(r.box[0], r.box[1], r.box[3]) for r in rules if not r.horizontal]
    boxes: dict[Box, list[Token]] = {}
    for token in tokens:
        box = box_around(token, level, upright)
        if box is not None:
            boxes.setdefault(box, []).append(token)
    rows: dict[tuple[float, float], list[list[Token]]] = {}
    for (_, top, _, foot), held in boxes.items():
        rows.setdefault((top, foot), []).append(held)
    found = [field for row in rows.values() for field in fields_of_row(row)]
    return found if len(found) >= FEWEST else []


def fields_of_row(boxes: Sequence[Sequence[Token]]) -> list[Field]:
    """None where a box beside them holds a value alone: that is a table's row with its label."""
    found = [(held, field_in(held)) for held in boxes]
    sizes = [max(token.size for token in field.value) for _, field in found if field]
    is_table = any(
        field is None and max(token.size for token in held) > SMALLER * max(sizes)
        for held, field in found
        if sizes
    )
    return [] if is_table else [field for _, field in found if field]


def box_around(token: Token, level: Sequence[Segment], upright: Sequence[Segment]) -> Box | None:
    """The box that rules draw around a word."""
    x, y = middle(token.box)
    across = [at for at, start, end in level if start - 1 <= x <= end + 1]
    along = [at for at, start, end in upright if start - 1 <= y <= end + 1]
    (left, right), (top, foot) = neighbours(along, x), neighbours(across, y)
    if left is None or right is None or top is None or foot is None:
        return None
    return left, top, right, foot


def neighbours(values: Sequence[float], place: float) -> tuple[float | None, float | None]:
    """The nearest values before and behind a place."""
    return (
        max((round(value) for value in values if value <= place), default=None),
        min((round(value) for value in values if value > place), default=None),
    )


def field_in(tokens: Sequence[Token]) -> Field | None:
    """Small print over larger print."""
    lines = lines_of(tokens)
    sizes = [max(token.size for token in line) for line in lines]
    count = next((n for n, size in enumerate(sizes) if size > SMALLER * sizes[-1]), 0)
    label = [token for line in lines[:count] for token in line]
    value = [token for line in lines[count:] for token in line]
    is_name = any(char.isalpha() for token in label for char in token.text)
    if not is_name or len(label) > WORDS or len(lines) - count > LINES:
        return None
    return Field(label, value)
