"""The white between columns: stretches that print leaves free, and the line that parts in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from loaders.pages.page_layout import Token
from loaders.reading.tables.cell_phrases import (
    CLOSING,
    CURRENCY,
    SEEN_GAP,
    Phrase,
    TableLine,
    apart,
)

Gutter = tuple[float, float]

SHORT = 80.0
"""Points; a longer header stands over several columns and parts none."""

FLUSH_ROWS = 3
"""Figures that end at one place, at least, where a column is set to its right."""
EDGE = 0.8
"""Points of a phrase's end that may touch a line."""


def gutters(phrases: Sequence[Phrase], count: int) -> list[Gutter]:
    """Stretches of white between phrases; one long phrase in twelve lines may run into them."""
    allowed = count // 12
    edges = sorted(
        [(phrase.box[0] + EDGE, 1) for phrase in phrases]
        + [(phrase.box[2] - EDGE, -1) for phrase in phrases]
    )
    found: list[Gutter] = []
    depth, start, last = 0, None, edges[-1][0]
    for x, step in edges:
        depth += step
        if depth <= allowed and start is None and x < last:
            start = x
        elif depth > allowed and start is not None:
            found.append((start, x))
            start = None
    left = min(phrase.box[0] for phrase in phrases)
    return [
        part
        for gutter in found
        if gutter[0] > left + EDGE
        for part in beside_islands(gutter, phrases if allowed else ())
    ]


def beside_islands(gutter: Gutter, phrases: Sequence[Phrase]) -> list[Gutter]:
    """What is left of the gutter by phrases that stand in it clear of both sides.

    One that only runs into it is overlong; one amidst it is the only figure of its column.
    """
    start, end = gutter
    parts = [gutter]
    for phrase in phrases:
        left, right = phrase.box[0], phrase.box[2]
        if left > start + phrase.size and right < end - phrase.size:
            parts = [
                part
                for first, last in parts
                for part in ((first, min(last, left)), (max(first, right), last))
                if part[0] < part[1]
            ]
    return parts


def line_in(
    gutter: Gutter,
    seen: Sequence[float],
    ruled: Sequence[float],
    body: Sequence[TableLine],
    lines: Sequence[TableLine],
) -> float | None:
    """The line in this gutter, if it parts columns and not words by chance."""
    start, end = gutter
    for line in ruled:
        if start - 2 <= line <= end + 2:
            return line
    inner = [line for line in seen if start - 3 <= line <= end + 3]
    center = (start + end) / 2
    size = sum(line.phrases[0].size for line in body) / len(body)
    parts = parted(center, body)
    is_sure = len(body) == 2 and (between_figures(center, body) or begin_alike(*body))
    needed = 2 if is_sure else 3
    is_wide = end - start >= 0.5 * size
    shown = sum(len(line.phrases) > 1 for line in body)  # a label alone shows no columns
    if (inner and parts) or (is_wide and parts >= max(needed, 0.6 * shown)):
        return clear_of_headers(gutter, lines)
    return None


def between_figures(line: float, body: Iterable[TableLine]) -> bool:
    """On both sides of the line stand nothing but figures and years."""
    return all(
        phrase.is_figure or phrase.is_year
        for row in body
        for before, after in pairwise(row.phrases)
        if before.box[2] <= line <= after.box[0]
        for phrase in (before, after)
    )


def begin_alike(above: TableLine, below: TableLine) -> bool:
    """Both lines have as many phrases, three at least, that begin below each other."""
    return len(above.phrases) == len(below.phrases) > 2 and all(
        abs(one.box[0] - other.box[0]) < 2
        for one, other in zip(above.phrases, below.phrases, strict=True)
    )


def clear_of_headers(gutter: Gutter, lines: Sequence[TableLine]) -> float:
    """The middle of the widest white left in the gutter by what stands in it.

    That is short headers, and the ends of overlong labels.
    """
    start, end = gutter
    inner = [
        (left, right)
        for left, right in pieces(lines)
        if right - left < SHORT or start < left < end or start < right < end
    ]
    cuts = [start]
    for left, right in inner:
        if left < end and right > start:
            cuts += [min(max(left, start), end), min(max(right, start), end)]
    whites = [
        (white, (left + right) / 2)
        for left, right in zip(sorted(cuts), [*sorted(cuts)[1:], end], strict=True)
        if (white := right - left) > 0
        and not any(before < (left + right) / 2 < after for before, after in inner)
    ]
    return max(whites)[1] if whites else (start + end) / 2


def pieces(lines: Iterable[TableLine]) -> list[Gutter]:
    """Left and right end of the phrases beside others, cut where two headers almost touch."""
    return [
        (group[0].box[0], group[-1].box[2])
        for line in lines
        if len(line.phrases) > 1
        for phrase in line.phrases
        for group in apart(phrase)
    ]


def parted(line: float, body: Iterable[TableLine]) -> int:
    """How many lines of print have phrases on both sides."""
    return sum(
        any(phrase.box[2] <= line + EDGE for phrase in row.phrases)
        and any(phrase.box[0] >= line - EDGE for phrase in row.phrases)
        for row in body
    )


def split_at(lines: Sequence[TableLine], columns: Sequence[float]) -> list[TableLine]:
    """Part phrases at column lines that fall into a gap wider than their other gaps.

    So does one behind words that end where the figures of their column do, at the right as all do.
    """
    ends = Counter(round(p.box[2]) for line in lines for p in line.phrases if p.is_figure)
    flush = [end for end, count in ends.items() if count >= FLUSH_ROWS]
    found: list[TableLine] = []
    for line in lines:
        parts: list[Phrase] = []
        for phrase in line.phrases:
            group: list[Token] = []
            gaps = sorted(after.box[0] - before.box[2] for before, after in pairwise(phrase.tokens))
            at_right = [end for end in flush if abs(phrase.box[2] - end) < 1]
            for token in phrase.tokens:
                if group and (
                    is_wide(group[-1], token, gaps, columns)
                    or (at_right and is_flush(group[-1], token, columns, flush))
                ):
                    parts.append(Phrase(group))
                    group = []
                group.append(token)
            parts.append(Phrase(group))
        found.append(TableLine(parts))
    return found


def is_flush(last: Token, token: Token, columns: Sequence[float], flush: Sequence[float]) -> bool:
    """The word ends where figures end, and a column line stands between it and the next."""
    start, end = last.box[2], token.box[0]
    return any(start < x < end for x in columns) and any(abs(start - x) < 1 for x in flush)


def is_wide(last: Token, token: Token, gaps: Sequence[float], columns: Sequence[float]) -> bool:
    """A column line stands in a gap that is no ordinary space between words."""
    start, end = last.box[2], token.box[0]
    if CURRENCY.match(last.text) or CLOSING.match(token.text):
        return False
    if not any(start - 1 <= x <= end + 1 for x in columns):
        return False
    least = SEEN_GAP * token.size
    return end - start > least and (len(gaps) < 2 or gaps[(len(gaps) - 1) // 2] > least)
