"""How many lines of a table name its columns: those above the first line with data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from loaders.pages.geometry import middle
from loaders.pages.page_layout import Rule
from loaders.reading.tables.cell_phrases import Phrase, TableLine, counts_up, reaches_into
from loaders.reading.tables.columns import reach
from loaders.text.quantities import missing_mark

MARK = re.compile(r"^\(\d\)$")
"""A footnote mark on a line of its own."""
MIDWAY = 2.0
"""Points by which a name misses the middle of what stands below it."""
MAX_HEAD = 10
"""More lines than this name no columns."""


def head_length(lines: Sequence[TableLine], columns: Sequence[float], rules: Sequence[Rule]) -> int:
    """Number of header lines; 0 without any, or if no figures are there to tell them by."""
    if is_headless(lines, columns):
        return 0
    first = first_row(lines[:MAX_HEAD], columns) or 0
    if is_ruled_off(lines, first, columns, rules):
        first += 1
    while first > 1 and (
        is_label(lines[first - 1], columns) or reaches_into(*lines[first - 1 : first + 1])
    ):
        first -= 1
    return first


def first_row(lines: Sequence[TableLine], columns: Sequence[float]) -> int | None:
    """Number of the first line that tells data."""
    return next(
        (
            number
            for number, line in enumerate(lines)
            if (is_data(line, columns) or is_like_rows(lines, number, columns))
            and not stands_below_names(lines, number, columns)
        ),
        None,
    )


def stands_below_names(lines: Sequence[TableLine], number: int, columns: Sequence[float]) -> bool:
    """Figures without a label, in the middles of which a name above stands: each is a name too.

    All figures below have labels.
    """
    below = lines[number].phrases
    if not number or not all(has_label(line, columns) for line in lines[number + 1 :]):
        return False
    return not has_label(lines[number], columns) and any(
        abs(middle(name.box)[0] - (below[start].box[0] + below[end].box[2]) / 2) < MIDWAY
        for name in lines[number - 1].phrases
        for start, end in combinations(range(len(below)), 2)
    )


def has_label(line: TableLine, columns: Sequence[float]) -> bool:
    """Something stands in the first column."""
    return reach(line.phrases[0], columns)[0] == 0


def is_headless(
    lines: Sequence[TableLine], columns: Sequence[float], *, drawn: bool = False
) -> bool:
    """The table goes on from another page: no line over the first one with figures names a column.

    A lone label over the figures may be the name of the labels, unless all cells are `drawn`.
    """
    first = first_row(lines, columns)
    if len(columns) == 1 and all(is_pair(line) for line in lines):
        return True
    if first is None or (first == 1 and not drawn):
        return False
    return all(
        reach(phrase, columns) == (0, 0) for line in lines[:first] for phrase in line.phrases
    )


def is_pair(line: TableLine) -> bool:
    """A bold label and what it says in ordinary print."""
    bold = [[token.bold for token in phrase.tokens] for phrase in line.phrases]
    return len(bold) == 2 and all(bold[0]) and not any(bold[1])


def is_ruled_off(
    lines: Sequence[TableLine], number: int, columns: Sequence[float], rules: Sequence[Rule]
) -> bool:
    """Rising figures over the one rule that parts them from all others name columns."""
    if number + 2 >= len(lines) or lines[number].phrases[0].is_figure:
        return False
    texts = [phrase.text for phrase in lines[number].phrases[1:]]
    values = [float(text) for text in texts if re.fullmatch(r"\d+(?:\.\d+)?", text)]
    if len(values) < 3 or len(values) < len(texts) or not all(a < b for a, b in pairwise(values)):
        return False
    top, bottom = lines[number].box[3] - 2, lines[-1].box[1]
    width = lines[number].box[2] - lines[number].box[0]
    inner = [
        rule.box[1]
        for rule in rules
        if rule.horizontal
        and top <= rule.box[1] < bottom
        and rule.box[2] - rule.box[0] >= 0.7 * width
    ]
    return bool(inner) and all(height < lines[number + 1].box[1] + 2 for height in inner)


def is_data(line: TableLine, columns: Sequence[float]) -> bool:
    """The line holds figures that are no years and no numbers of columns."""
    values = [p for p in line.phrases if reach(p, columns)[0] > 0 and not p.is_range]
    labels = [phrase for phrase in line.phrases if reach(phrase, columns)[0] == 0]
    figures = [phrase for phrase in values if phrase.is_figure]
    if not figures or len(values) > 2 * len(figures):
        return False
    if len(values) > len(figures) and all(MARK.match(phrase.text) for phrase in figures):
        return False
    if all(phrase.is_year for phrase in figures):
        return len(figures) == 1 and bool(labels) and not labels[0].is_year and len(values) > 1
    return not counts_up(figures)


def is_like_rows(lines: Sequence[TableLine], number: int, columns: Sequence[float]) -> bool:
    """Figures stand where figures stand below, and words where words do: names differ in kind."""
    below: dict[int, list[bool]] = {}
    for line in lines[number + 1 :]:
        for column, kind in kinds_in(line, columns):
            below.setdefault(column, []).append(kind)
    own = kinds_in(lines[number], columns)
    figures = [phrase for phrase in lines[number].phrases if phrase.is_figure]
    return (
        any(kind for _, kind in own)
        and any(char.isdigit() for phrase in figures for char in phrase.text)
        and not counts_up(figures)
        and all(
            len(column) > 1 and 2 * column.count(kind) >= len(column)
            for column, kind in ((below.get(place, []), kind) for place, kind in own)
        )
    )


def kinds_in(line: TableLine, columns: Sequence[float]) -> list[tuple[int, bool]]:
    """The columns beside the labels in which something stands, and whether it is a value."""
    return [
        (reach(phrase, columns)[0], is_value(phrase))
        for phrase in line.phrases
        if reach(phrase, columns)[0] > 0
    ]


def is_value(phrase: Phrase) -> bool:
    """A figure that names no period and no class, or what says that there is none."""
    says_none = bool(missing_mark(phrase.text))
    return says_none or (phrase.is_figure and not phrase.is_year and not phrase.is_range)


def is_label(line: TableLine, columns: Sequence[float]) -> bool:
    """The line over the data only holds a label: it names the rows below it, not a column."""
    return all(reach(phrase, columns)[0] == 0 for phrase in line.phrases)
