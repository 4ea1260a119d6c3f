"""The columns of a table: lines that the model saw, held against the white space in print."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Rule
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase, TableLine, counts_up, reaches_into
from loaders.reading.tables.column_gutters import EDGE, Gutter, gutters, line_in, parted
from loaders.reading.tables.drawn_lines import joints, vertical_rules

MOSTLY = 0.75
"""Part of a phrase in one column that makes it stand in that column alone."""

NAMES_APART = 1.5
"""White between two names over the same column, in sizes of print: there are two columns, unless
drawn lines tell them."""

FULL = 3
"""Cells of a line that show where columns end."""

ASTRIDE = 2.5
"""Points between a line and the middle of a value of both columns, which is wider by far."""


def column_lines(
    lines: Sequence[TableLine], seen: Sequence[float], rules: Sequence[Rule], box: Box
) -> list[float]:
    """Where one column ends and the next begins, from left to right."""
    body = without_spanning(body_lines(lines))
    phrases = [phrase for line in body for phrase in line.phrases]
    if not phrases:
        is_one = lines and all(len(phrase.tokens) == 1 for line in lines for phrase in line.phrases)
        return [] if is_one else sorted(seen)
    head = len([line for line in lines if is_above(line, body)])
    lines = [*name_lines(lines[:head]), *lines[head:]]
    ruled = vertical_rules(rules, box)
    drawn = ruled or joints(rules, box, len(body))
    whites = gutters(phrases, len(body))
    found = [line for gutter in whites if (line := line_in(gutter, seen, drawn, body, lines))]
    between = [found]
    if max(len(line.phrases) for line in lines) == len(whites) + 1:
        # A column that hardly any row fills is one if the head has a name for it and each other.
        between.append([sum(gutter) / 2 for gutter in whites])
    for places in [] if ruled else between:
        if in_turn := named_in_turn(places, body, lines):
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
    kept = without_shared(kept, body, lines)
    return sorted([*kept, *named_alone(kept, body, lines)])


def is_above(line: TableLine, body: Sequence[TableLine]) -> bool:
    """The line stands over the first that shows columns."""
    return line.box[3] <= body[0].box[1] + EDGE


def name_lines(head: Sequence[TableLine]) -> list[TableLine]:
    """The lines of a head; names of several lines are one beside those in their middle."""
    groups = runs(head, lambda group, line: not reaches_into(group[-1], line))
    return [group[0] if len(group) == 1 else in_one_line(group) for group in groups]


def in_one_line(group: Sequence[TableLine]) -> TableLine:
    """What stands below each other as one phrase."""
    names: list[Phrase] = []
    phrases = (phrase for line in group for phrase in line.phrases)
    for phrase in sorted(phrases, key=lambda phrase: phrase.box[0]):
        if names and phrase.box[0] < names[-1].box[2]:
            names[-1] = Phrase([*names[-1].tokens, *phrase.tokens])
        else:
            names.append(phrase)
    return TableLine(names)


def without_spanning(body: Sequence[TableLine]) -> list[TableLine]:
    """The lines without words that begin or end in a column of the fullest, amid white of these."""
    most = max((len(line.phrases) for line in body), default=0)
    full = [phrase for line in body if len(line.phrases) == most for phrase in line.phrases]
    if most < FULL or len(full) < 2 * most:
        return list(body)
    whites = gutters(full, 0)
    kept: list[TableLine] = []
    for line in body:
        inside = [p for p in line.phrases if p.is_figure or not runs_out(p, whites)]
        kept += [line] if len(inside) == len(line.phrases) else [TableLine(inside)] * bool(inside)
    return kept


def runs_out(phrase: Phrase, whites: Iterable[Gutter]) -> bool:
    """The middle is in white, an end is not: it spans the columns beside it."""
    centre = middle(phrase.box)[0]
    return any(
        left < centre < right and (phrase.box[0] < left - EDGE or phrase.box[2] > right + EDGE)
        for left, right in whites
    )


def without_shared(
    found: Sequence[float], body: Sequence[TableLine], lines: Sequence[TableLine]
) -> list[float]:
    """No column for values between two others, in rows that have neither, that are of both.

    They stand midways, or no name is over them: the one line that is left runs through them.
    """
    kept = list(found)
    head = [line for line in lines if is_above(line, body)]
    for index in range(len(found) - 1, 1, -1):
        left, own, right = (column_phrases(body, kept, index + step) for step in (-1, 0, 1))
        both = left.keys() & right.keys()
        if not own or len(both) <= len(own) or own.keys() & (left.keys() | right.keys()):
            continue
        centre = sum(centre_of(p for row in side.values() for p in row) for side in (left, right))
        values = [phrase for row in own.values() for phrase in row]
        names = [bool(column_phrases(head, kept, index + step)) for step in (-1, 0, 1)]
        is_midways = all(abs(middle(p.box)[0] - centre / 2) < ASTRIDE for p in values)
        if is_midways or names == [True, False, True]:
            kept[index - 1 : index + 1] = [centre_of(values)]
    return kept


def centre_of(phrases: Iterable[Phrase]) -> float:
    """Where the middles of the phrases are."""
    return median(middle(phrase.box)[0] for phrase in phrases)


def named_in_turn(
    found: Sequence[float], body: Sequence[TableLine], lines: Sequence[TableLine]
) -> list[float]:
    """The lines moved to where a head that names most columns in turn parts its names.

    Spreadsheets set names at the left of columns whose figures stand at the right: a name is
    then nearer to its neighbour's figures than to its own. Nothing if no head is like that. Names
    of groups over those of their columns are not asked.
    """
    phrases = [phrase for line in body for phrase in line.phrases]
    head = [line for line in lines if is_above(line, body)]
    most = max((len(line.phrases) for line in head), default=0)
    for line in head:
        names = [(phrase.box[0], phrase.box[2]) for phrase in line.phrases]
        nameless = len(found) + 1 - len(names)
        if len(names) < most or not 0 <= nameless < len(names):
            continue
        places = [reach(phrase, found) for phrase in line.phrases]
        if places == [(n, n) for n in range(places[0][0], places[0][0] + len(places))]:
            return []
        turned = [
            moved
            for first in range(nameless + 1)
            if (moved := between_names(found, names, first, phrases))
        ]
        if len(turned) == 1:
            return turned[0]
    return []


def between_names(
    found: Sequence[float], names: Sequence[Gutter], first: int, phrases: Sequence[Phrase]
) -> list[float]:
    """The lines amid the white between columns and these names, of which the first names `first`.

    Nothing if there is no white, or if a name begins behind what stands in its column.
    """
    moved = list(found)
    ends = [0.0] * (len(found) + 1)
    starts = [float("inf")] * (len(found) + 1)
    for phrase in phrases:
        column = bisect_right(found, middle(phrase.box)[0])
        starts[column] = min(starts[column], phrase.box[0])
        ends[column] = max(ends[column], phrase.box[2])
    for column, (left, right) in enumerate(names, first):
        if left >= ends[column] > 0:
            return []
        starts[column], ends[column] = min(left, starts[column]), max(right, ends[column])
    for number in range(max(0, first - 1), min(len(found), first + len(names))):
        left, right = max(ends[: number + 1]), min(starts[number + 1 :])
        if left >= right:
            return []
        moved[number] = (left + right) / 2
    return moved


def named_alone(
    found: Sequence[float], body: Sequence[TableLine], lines: Sequence[TableLine]
) -> list[float]:
    """Lines beside columns that have a name and, in most rows that are shown, nothing else."""
    head = [line for line in lines if is_above(line, body)]
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

    Bold lines over ordinary ones name columns, and show no more than words do where they end.
    """
    bold = next((number for number, line in enumerate(lines) if not line.is_bold), 0)
    lines = lines[bold:] if bold < len(lines) - 1 else lines
    full = [line for line in lines if len(line.phrases) > 1]
    figures = [line for line in full if any(p.is_figure for p in line.phrases[1:])]
    figures = figures[years_at_left(figures) :]
    figures = figures[1:] if figures and counts_up(figures[0].phrases) else figures
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


def crossed(line: float, phrases: Iterable[Phrase]) -> int:
    """How many phrases run over the line."""
    return sum(phrase.box[0] + EDGE < line < phrase.box[2] - EDGE for phrase in phrases)


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
    return first and min(len(left), len(right)) <= 1


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


def between(left: float, right: float, found: Sequence[float], slack: float) -> tuple[int, int]:
    """First and last column between two edges, each of which may miss its line by so much."""
    return sum(x < left + slack for x in found), sum(x < right - slack for x in found)


def reach(phrase: Phrase, found: Sequence[float]) -> tuple[int, int]:
    """First and last column that a phrase stands in; a hair over a line does not count."""
    left, _, right, _ = phrase.box
    if phrase.is_figure or phrase.is_year:
        center = (left + right) / 2
        if phrase.is_figure and right - left > 4 * ASTRIDE:
            both = [number for number, x in enumerate(found) if abs(x - center) < ASTRIDE]
            if both:
                return both[0], both[0] + 1
        left = right = center
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
