"""The columns of a table: lines that the model saw, held against the white space in print."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Rule
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase, TableLine, apart
from loaders.reading.tables.drawn_columns import joints, vertical_rules

MOSTLY = 0.75
"""Part of a phrase in one column that makes it stand in that column alone."""

Gutter = tuple[float, float]

SHORT = 80.0
"""Points; a longer header stands over several columns and parts none."""

NAMES_APART = 1.5
"""White between two names over the same column, in sizes of print: there are two columns, unless
drawn lines tell them."""

EDGE = 0.8
"""Points of a phrase's end that may touch a line."""


def column_lines(
    lines: Sequence[TableLine], seen: Sequence[float], rules: Sequence[Rule], box: Box
) -> list[float]:
    """Where one column ends and the next begins, from left to right."""
    body = body_lines(lines)
    phrases = [phrase for line in body for phrase in line.phrases]
    if not phrases:
        is_one = lines and all(len(phrase.tokens) == 1 for line in lines for phrase in line.phrases)
        return [] if is_one else sorted(seen)
    ruled = vertical_rules(rules, box)
    drawn = ruled or joints(rules, box, len(body))
    found = [
        line
        for gutter in gutters(phrases, len(body))
        if (line := line_in(gutter, seen, drawn, body, lines))
    ]
    if not ruled and (in_turn := named_in_turn(found, body, lines)):
        return in_turn
    allowed = 0.2 * len(body)
    found += [
        line
        for line in [*seen, *ruled]
        if not any(abs(line - other) < 3 for other in found)
        and 0 < crossed(line, phrases) <= allowed
        and parted(line, body) >= 2
    ]
    kept = without_idle(sorted(found), lines)
    if ruled:
        return kept
    in_turn = named_in_turn(kept, body, lines)
    return in_turn or sorted([*kept, *named_alone(kept, body, lines)])


def named_in_turn(
    found: Sequence[float], body: Sequence[TableLine], lines: Sequence[TableLine]
) -> list[float]:
    """The lines moved to where a head of as many names as there are columns parts its names.

    Spreadsheets set names at the left of columns whose figures stand at the right: a name is
    then nearer to its neighbour's figures than to its own. Nothing if no head is like that.
    """
    phrases = [phrase for line in body for phrase in line.phrases]
    for line in lines:
        nameless = len(found) + 1 - len(line.phrases)  # the labels' column may have no name
        if line.box[3] > body[0].box[1] + EDGE or nameless not in (0, 1):
            continue
        names = line.phrases
        if all(reach(name, found) == (place, place) for place, name in enumerate(names, nameless)):
            return []
        befores = [None, *names] if nameless else names
        whites = [
            white_at(column, before, after, phrases)
            for column, before, after in zip(found, befores, names[1 - nameless :], strict=False)
        ]
        if all(left < right for left, right in whites):
            return [(left + right) / 2 for left, right in whites]
    return []


def white_at(
    column: float, before: Phrase | None, after: Phrase, phrases: Sequence[Phrase]
) -> Gutter:
    """The white around a line, between what stands beside it and these two names."""
    ends = [phrase.box[2] for phrase in phrases if middle(phrase.box)[0] < column]
    starts = [phrase.box[0] for phrase in phrases if middle(phrase.box)[0] > column]
    if before is not None:
        ends.append(before.box[2])
    return max(ends, default=0.0), min([after.box[0], *starts])


def named_alone(
    found: Sequence[float], body: Sequence[TableLine], lines: Sequence[TableLine]
) -> list[float]:
    """Lines beside columns that have a name and, in most rows that are shown, nothing else."""
    head = [line for line in lines if body and line.box[3] <= body[0].box[1] + EDGE]
    if not head or any(line is head[-1] for line in body):
        return []
    labelled = [n for n, line in enumerate(body, 1) if reach(line.phrases[0], found)[0] == 0]
    above_totals = body[: max(labelled, default=0)]
    phrases = [phrase for line in above_totals for phrase in line.phrases]
    return [
        line_before
        for before, after in pairwise(head[-1].phrases)
        if reach(before, found) == reach(after, found)
        and not crossed(line_before := middle_white(before, after, phrases), phrases)
        and (
            after.box[0] - before.box[2] > NAMES_APART * after.size
            or any(stand_below(before, after, row) for row in body)
        )
    ]


def middle_white(before: Phrase, after: Phrase, phrases: Sequence[Phrase]) -> float:
    """The middle between two names, or between what ends below them and the second one."""
    between = (before.box[2] + after.box[0]) / 2
    if not crossed(between, phrases):
        return between
    ends = [phrase.box[2] for phrase in phrases if phrase.box[0] < between]
    return (max(ends) + after.box[0]) / 2


def stand_below(before: Phrase, after: Phrase, row: TableLine) -> bool:
    """Two neighbours of the row, each below one of the two names."""
    return any(
        one.box[0] < before.box[2] < after.box[0] < other.box[2]
        and before.box[0] < one.box[2] <= after.box[0]
        and before.box[2] <= other.box[0] < after.box[2]
        for one, other in pairwise(row.phrases)
    )


def body_lines(lines: Sequence[TableLine]) -> list[TableLine]:
    """Lines that show columns: from the first one with figures on, or else all with two phrases.

    A bold line over ordinary ones names columns, and shows no more than words do where they end.
    """
    if len(lines) > 2 and lines[0].is_bold and not any(line.is_bold for line in lines[1:]):
        lines = lines[1:]
    full = [line for line in lines if len(line.phrases) > 1]
    figures = [line for line in full if any(p.is_figure for p in line.phrases[1:])]
    figures = figures[years_at_left(figures) :]
    if len(figures) == 1 and sum(p.is_figure for p in figures[0].phrases[1:]) > 1:
        return figures if figures[0] is full[-1] else full
    if len(figures) < 2:
        return full
    top, bottom = figures[0].box[1], figures[-1].box[3]
    narrow = 0.25 * (max(line.box[2] for line in lines) - min(line.box[0] for line in lines))
    labels = [
        line
        for line in lines
        if len(line.phrases) == 1
        and top < line.box[1] < bottom
        and line.box[2] - line.box[0] < narrow
    ]
    return figures + labels


def years_at_left(lines: Sequence[TableLine]) -> int:
    """How many first lines hold years alone, one at the left of figures that stand at the right.

    They name columns as words do, and show no more than these where columns end.
    """
    count = next(
        (n for n, line in enumerate(lines) if not all(p.is_year for p in names_in(line))), 0
    )
    rows = lines[count:]
    if len(rows) < 2:
        return 0
    ends = {round(phrase.box[2]) for row in rows for phrase in row.phrases[1:]}
    askew = [
        phrase.box[2] + 2 < min((end for end in ends if end > phrase.box[0]), default=0)
        for line in lines[:count]
        for phrase in names_in(line)
    ]
    return count if any(askew) else 0


def names_in(line: TableLine) -> list[Phrase]:
    """What the line says of the columns behind its first, or all if that is a year too."""
    return line.phrases if line.phrases[0].is_year else line.phrases[1:]


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


def crossed(line: float, phrases: Iterable[Phrase]) -> int:
    """How many phrases run over the line."""
    return sum(phrase.box[0] + EDGE < line < phrase.box[2] - EDGE for phrase in phrases)


def parted(line: float, body: Iterable[TableLine]) -> int:
    """How many lines of print have phrases on both sides."""
    return sum(
        any(phrase.box[2] <= line + EDGE for phrase in row.phrases)
        and any(phrase.box[0] >= line - EDGE for phrase in row.phrases)
        for row in body
    )


def without_idle(found: list[float], lines: Sequence[TableLine]) -> list[float]:
    """Drop a line beside a column that is empty, or that only fills the gaps of its neighbour."""
    kept = list(found)
    index = 0
    while index < len(kept):
        left = column_phrases(lines, kept, index)
        right = column_phrases(lines, kept, index + 1)
        if not right and index + 1 < len(kept) and more_crossed(kept, index + 1, lines):
            del kept[index + 1]
        elif is_idle(left, right, first=index == 0):
            del kept[index]
        else:
            index += 1
    return kept


def more_crossed(kept: Sequence[float], index: int, lines: Sequence[TableLine]) -> bool:
    """Of the two lines around an empty column, the right one is run over by more phrases."""
    phrases = [phrase for line in lines for phrase in line.phrases]
    return crossed(kept[index], phrases) > crossed(kept[index - 1], phrases)


def is_idle(left: dict[int, list[Phrase]], right: dict[int, list[Phrase]], *, first: bool) -> bool:
    """The two columns are one."""
    if not left or not right:
        return True
    if left.keys() & right.keys():
        return False
    if max(left) < min(right) or max(right) < min(left):
        return True
    texts = [phrase for group in (left, right) for row in group.values() for phrase in row]
    few = min(len(left), len(right)) <= (1 if first else max(1, 0.1 * len(texts)))
    return few and (first or not any(phrase.is_figure for phrase in texts))


def column_phrases(
    lines: Sequence[TableLine], found: Sequence[float], column: int
) -> dict[int, list[Phrase]]:
    """The phrases of a column by line of print; those that span stand in none."""
    inside: dict[int, list[Phrase]] = {}
    for number, line in enumerate(lines):
        for phrase in line.phrases:
            start, end = reach(phrase, found)
            if start == end == column:
                inside.setdefault(number, []).append(phrase)
    return inside


def reach(phrase: Phrase, found: Sequence[float]) -> tuple[int, int]:
    """First and last column that a phrase stands in; a hair over a line does not count."""
    left, _, right, _ = phrase.box
    if phrase.is_figure or phrase.is_year:
        left = right = (left + right) / 2
    slack = min(EDGE * 2, (right - left) / 3)
    start, end = bisect_right(found, left + slack), bisect_right(found, right - slack)
    if start >= end:
        return end, end
    edges = [left, *found[start:end], right]
    widths = [after - before for before, after in pairwise(edges)]
    most = max(widths)
    if most >= MOSTLY * (right - left):
        start = end = start + widths.index(most)
    return start, end
