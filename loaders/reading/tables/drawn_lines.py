"""Where drawn lines say that one column or row ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Rule
from loaders.pages.word import Box

TOUCH = 2.0
"""Points by which two pieces of one line miss each other or overlap, at most."""
ROWS = 3
"""Lines that are drawn in pieces, at least: the pieces of one may be those of a phrase."""


def vertical_rules(rules: Iterable[Rule], box: Box) -> list[float]:
    """Places of the rules that run through most of the table, its frame left out."""
    return lines_through((rule.box for rule in rules if not rule.horizontal), box, 0, 4, 0.6)


def horizontal_rules(rules: Iterable[Rule], box: Box) -> list[float]:
    """Heights of the rules that run across most of the table, its frame left out."""
    return lines_through((rule.box for rule in rules if rule.horizontal), box, 1, 2, 0.8)


def lines_through(
    rules: Iterable[Box], box: Box, axis: int, inset: float, share: float
) -> list[float]:
    """Where rules that cross the axis (0: x, 1: y) run through so large a part of the box."""
    first, last = 1 - axis, 3 - axis
    parts: dict[int, list[tuple[float, float]]] = {}
    for rule in rules:
        at = middle(rule)[axis]
        start, end = max(rule[first], box[first]), min(rule[last], box[last])
        if start < end and box[axis] + inset < at < box[axis + 2] - inset:
            key = next((key for key in parts if abs(key - at) <= TOUCH), round(at))
            parts.setdefault(key, []).append((start, end))
    enough = share * (box[last] - box[first])
    return sorted(float(at) for at, found in parts.items() if length_of(found) >= enough)


def length_of(parts: Iterable[tuple[float, float]]) -> float:
    """What the parts of a line cover; the underline of a link is often drawn twice."""
    length, reached = 0.0, float("-inf")
    for start, end in sorted(parts):
        length += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return length


def joints(rules: Iterable[Rule], box: Box, rows: int) -> list[float]:
    """Where pieces of level lines meet, if such are drawn cell by cell under most rows."""
    pieces: dict[int, list[tuple[float, float]]] = {}
    for rule in rules:
        left, top, right, bottom = rule.box
        if rule.horizontal and box[1] - 4 < top and bottom < box[3] + 4:
            pieces.setdefault(round(middle(rule.box)[1]), []).append((left, right))
    meeting = [places for parts in pieces.values() if (places := meetings(sorted(set(parts))))]
    if len(meeting) < max(ROWS, rows / 2):
        return []
    found: dict[int, int] = {}
    for places in meeting:
        for x in places:
            key = next((key for key in found if abs(key - x) <= TOUCH), round(x))
            found[key] = found.get(key, 0) + 1
    return sorted(
        float(x)
        for x, count in found.items()
        if 2 * count > len(meeting) and box[0] + 4 < x < box[2] - 4
    )


def meetings(parts: Sequence[tuple[float, float]]) -> list[float]:
    """Where one of the pieces ends and the next begins."""
    return [
        (before[1] + after[0]) / 2
        for before, after in pairwise(parts)
        if abs(after[0] - before[1]) <= TOUCH
    ]
