"""What the looks of a table tell: its head by paint, bold print, a rule; its rows by their paint.

Rows are painted by turns or cell by cell: their edges part rows as drawn lines do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Fill, Rule
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import YEAR, TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.drawn_lines import horizontal_rules
from loaders.reading.tables.header_rows import first_row, has_label, is_data, is_like_rows
from loaders.text.units import is_unit_line

WHITE = "#ffffff"
ACROSS = 0.8
"""Part of the table's width that a band covers."""
THIN = 3.0
"""Points: edges closer than this are one."""


def painted_head(
    lines: Sequence[TableLine],
    columns: Sequence[float],
    fills: Sequence[Fill],
    rules: Sequence[Rule],
    box: Box,
) -> int:
    """How many lines stand on the paint of the head, which no other line has; 0 if none is told.

    What stands below it over no label, and is no data, goes on with it.
    """
    first = first_row(lines, columns)
    near = {
        (fill.box, fill.colour)
        for fill in fills
        if overlap(fill.box[1], fill.box[3], box[1], box[3]) > 0
    }
    head = run_of([paint_under(line, near, box) for line in lines])
    if not any(len(line.phrases) > 1 for line in lines[:head]):
        bold = len(list(takewhile(lambda line: line.is_bold, lines)))
        ruled = above_rule(lines, horizontal_rules(rules, box))
        if 0 < ruled < bold < len(lines) and is_row_below(lines, columns, ruled, first):
            return ruled
        is_above_cell = first and 0 < ruled == bold < first and names_all(lines[:bold], columns)
        if is_above_cell and is_cell_below(lines[bold:first], columns):
            return bold
        if first is not None and first < bold < len(lines):
            return bold_head(lines, columns, bold)
        most = len(lines) if first is None else first
        return plain_head(lines, columns, [n for n in (bold, ruled) if n < most])
    told = [n for n in range(head) if has_label(lines[n], columns) and is_data(lines[n], columns)]
    if any(is_like_rows(lines, n, columns) for n in told):
        return 0  # a total in paint above its parts
    while head < (first or 0) and not has_label(lines[head], columns):
        head += 1
    return head if head < len(lines) else 0


def is_row_below(
    lines: Sequence[TableLine], columns: Sequence[float], ruled: int, first: int | None
) -> bool:
    """The bold line below the rule tells data, or has a label as a line above the rule has."""
    labelled = any(has_label(line, columns) for line in lines[:ruled])
    return first == ruled or (labelled and has_label(lines[ruled], columns))


def is_cell_below(lines: Sequence[TableLine], columns: Sequence[float]) -> bool:
    """Plain words without label, in one column: a long cell begins above the label of its row."""
    phrases = [phrase for line in lines for phrase in line.phrases]
    places = {reach(phrase, columns) for phrase in phrases}
    return len(places) == 1 and not {(0, 0)} & places and are_words(p.text for p in phrases)


def names_all(lines: Sequence[TableLine], columns: Sequence[float]) -> bool:
    """Each column has a name of its own, that of the labels may have none."""
    places = {reach(phrase, columns) for line in lines for phrase in line.phrases}
    return all((column, column) in places for column in range(1, len(columns) + 1))


def bold_head(lines: Sequence[TableLine], columns: Sequence[float], bold: int) -> int:
    """So many bold lines, if no row is like those below: a year or a number of one is a name."""
    while bold and reach(lines[bold - 1].phrases[-1], columns) == (0, 0):
        bold -= 1  # it names rows
    labelled = [n for n in range(bold + 1) if has_label(lines[n], columns)]
    if not bold or bold not in labelled:
        return 0
    return 0 if any(is_like_rows(lines, n, columns) for n in labelled[:-1]) else bold


def plain_head(lines: Sequence[TableLine], columns: Sequence[float], heads: Sequence[int]) -> int:
    """The first of these lengths under which a row of words stands in ordinary print.

    Names of groups may stand between the two.
    """
    lone = [reach(line.phrases[-1], columns) == (0, 0) for line in lines]
    for end in heads:
        head = next((n for n in range(end, 0, -1) if not lone[n - 1]), 0)
        row = next((n for n in range(end, len(lines)) if not lone[n]), 0)
        if not head or not row or len(lines[head - 1].phrases) < 2:
            continue
        label, *values = lines[row].phrases
        is_row = reach(label, columns) == (0, 0) and len(values) > 1
        is_plain = not any(t.bold for p in lines[row].phrases for t in p.tokens)
        if is_row and is_plain and are_words(p.text for p in values):
            return head
    return 0


def above_rule(lines: Sequence[TableLine], ruled: Sequence[float]) -> int:
    """How many lines stand above the one rule that no other follows but at the last lines."""
    middles = [middle(line.box)[1] for line in lines]
    if not ruled or any(rule < middles[-2] for rule in ruled[1:]):
        return 0
    return sum(y < ruled[0] for y in middles)


def are_words(texts: Iterable[str]) -> bool:
    """Neither years nor units, which may name columns below other names."""
    return not any(YEAR.match(text) or is_unit_line(text) for text in texts)


def run_of(paints: Sequence[str]) -> int:
    """How many first lines share a paint that no other line has."""
    if paints[0] in ("", WHITE):
        return 0
    length = len(list(takewhile(lambda paint: paint == paints[0], paints)))
    return length if paints.count(paints[0]) == length else 0


def paint_under(line: TableLine, fills: Iterable[tuple[Box, str]], box: Box) -> str:
    """The colour that the line stands on across most of the table."""
    y = middle(line.box)[1]
    widths: dict[str, float] = {}
    for place, colour in fills:
        if place[1] < y < place[3]:
            width = overlap(place[0], place[2], box[0], box[2])
            widths[colour] = widths.get(colour, 0.0) + width
    return next((c for c, width in widths.items() if width >= ACROSS * (box[2] - box[0])), "")


def painted_edges(lines: Sequence[TableLine], fills: Sequence[Fill], box: Box) -> list[Rule]:
    """The edges of painted rows, if most bands and stretches of paper hold one line of print."""
    heights: list[float] = []
    for band in bands_of(fills, box):
        heights += [y for y in band if not any(abs(y - other) < THIN for other in heights)]
    heights.sort()
    middles = [middle(line.box)[1] for line in lines]
    inner = [y for y in heights if middles[0] < y < middles[-1]]
    counts = [
        sum(top < y < foot for y in middles)
        for top, foot in pairwise([float("-inf"), *inner, float("inf")])
    ]
    if len(inner) < 2 or not all(counts) or 2 * counts.count(1) <= len(counts):
        return []
    return [Rule((box[0], y, box[2], y)) for y in inner]


def bands_of(fills: Sequence[Fill], box: Box) -> list[tuple[float, float]]:
    """Stretches of one colour across the table, painted cell by cell or as one."""
    widths: dict[tuple[str, float, float], float] = {}
    for place, colour in {(fill.box, fill.colour) for fill in fills}:
        if box[1] - 2 < middle(place)[1] < box[3] + 2:
            band = (colour, round(place[1]), round(place[3]))
            widths[band] = widths.get(band, 0.0) + overlap(place[0], place[2], box[0], box[2])
    enough = ACROSS * (box[2] - box[0])
    return [(top, foot) for (_, top, foot), width in widths.items() if width >= enough]
