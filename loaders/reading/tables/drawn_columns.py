"""Where drawn lines say that one column ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Rule
from loaders.pages.word import Box

TOUCH = 2.0
"""Points by which two pieces of one line miss each other or overlap, at most."""
ROWS = 3
"""Lines that are drawn in pieces, at least: the pieces of one may be those of a phrase."""


def vertical_rules(rules: Iterable[Rule], box: Box) -> list[float]:
    """Rules that run through most of the table, its frame left out."""
    heights: dict[int, float] = {}
    for rule in rules:
        x = middle(rule.box)[0]
        length = overlap(rule.box[1], rule.box[3], box[1], box[3])
        if not rule.horizontal and length > 0 and box[0] + 4 < x < box[2] - 4:
            key = next((key for key in heights if abs(key - x) <= 2), round(x))
            heights[key] = heights.get(key, 0) + length
    enough = 0.6 * (box[3] - box[1])
    return sorted(float(x) for x, height in heights.items() if height >= enough)


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
