"""Lines that the layout took into a table although they stand over or under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.pages.geometry import enclosing, middle
from loaders.pages.page_layout import Rule
from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.drawn_lines import horizontal_rules
from loaders.reading.tables.header_rows import has_label, is_data
from loaders.text.captions import names_table
from loaders.text.units import is_unit_line, measure_in

MOSTLY = 0.7
"""Part of the lines that stand between upright rules where all cells are drawn."""
BESIDE = 40.0
"""Points within which a rule stands beside print."""
SENTENCE = 20
"""Signs of a line of running text, at least."""
BRACKETS = re.compile(r"[\[(（](.*)[\])）]")


def trimmed(
    lines: Sequence[TableLine], columns: Sequence[float], rules: Sequence[Rule]
) -> tuple[list[TableLine], list[TableLine], list[TableLine]]:
    """What stands over the table, the table, and what stands under it."""
    start, top = 0, frame_top(lines, rules)
    while start < len(lines) - 2 and (
        is_over(lines[start])
        or (len(lines[start].phrases) == 1 and middle(lines[start].box)[1] < top)
    ):
        start += 1
    end = closed_end(lines, columns, rules)
    for number in range(end - 1, start + 1, -1):
        if is_data(lines[number], columns):
            break
        if are_sentences(lines[number:], columns):
            end = number
    return list(lines[:start]), list(lines[start:end]), list(lines[end:])


def closed_end(lines: Sequence[TableLine], columns: Sequence[float], rules: Sequence[Rule]) -> int:
    """How many lines there are down to the rule that closes the table: none below it is a row.

    It runs over the whole table below all figures, as another does over them, and rows have none
    between them. The first line below stands alone, at the left.
    """
    rows = [number for number, line in enumerate(lines) if is_data(line, columns)]
    if not rows:
        return len(lines)
    left, top, right, _ = enclosing(line.box for line in lines[: rows[-1] + 1])
    heights = horizontal_rules(rules, (left, top, right, lines[-1].box[3]))
    first, last = (middle(lines[rows[place]].box)[1] for place in (0, -1))
    inner = [height for height in heights if first < height < last]
    if not heights or heights[0] > first or heights[-1] < last or 2 * len(inner) >= len(rows):
        return len(lines)
    under = [number for number, line in enumerate(lines) if middle(line.box)[1] > heights[-1]]
    is_alone = under and len(lines[under[0]].phrases) == 1
    return under[0] if is_alone and has_label(lines[under[0]], columns) else len(lines)


def frame_top(lines: Sequence[TableLine], rules: Sequence[Rule]) -> float:
    """Where the highest upright rule begins, if such rules stand beside most of the lines.

    Where the first names of columns are outside, the frame does not tell what is above them.
    """
    framed = are_framed(lines, rules)
    names = next((is_in for line, is_in in zip(lines, framed, strict=True) if line.phrases[1:]), 0)
    if not names or sum(framed) < MOSTLY * len(lines):
        return 0.0
    top, bottom = lines[0].box[1], lines[-1].box[3]
    upright = [rule.box for rule in rules if not rule.horizontal]
    return min(box[1] for box in upright if box[1] < bottom and box[3] > top)


def are_framed(lines: Sequence[TableLine], rules: Sequence[Rule]) -> list[bool]:
    """For each line whether an upright rule stands beside it or in it, or on both its sides."""
    start, _, end, _ = enclosing(line.box for line in lines)
    framed: list[bool] = []
    for line in lines:
        left, _, right, _ = line.box
        y = middle(line.box)[1]
        level = [
            rule.box[0]
            for rule in rules
            if not rule.horizontal and rule.box[1] - 1 <= y <= rule.box[3] + 1
        ]
        is_near = any(left - BESIDE < x < right + BESIDE for x in level)
        sides = [
            any(start - BESIDE < x < left for x in level),
            any(right < x < end + BESIDE for x in level),
        ]
        framed.append(is_near or all(sides))
    return framed


def is_over(line: TableLine) -> bool:
    """A title or the unit of all figures, alone on its line."""
    if says_unit(line):
        return not any(phrase.is_figure or phrase.is_year for phrase in line.phrases)
    return len(line.phrases) == 1 and names_table(line.text)


def are_sentences(lines: Sequence[TableLine], columns: Sequence[float]) -> bool:
    """Running text that begins at the left, runs over columns and ends with a full stop."""
    if any(len(line.phrases) > 1 for line in lines):
        return False
    start, end = reach(lines[0].phrases[0], columns)
    text = lines[0].text
    return start == 0 < end and len(text) >= SENTENCE and lines[-1].text.endswith((".", "。"))


def says_unit(line: TableLine) -> bool:
    """Whether a line only says the unit of all figures, in brackets or by itself."""
    inner = BRACKETS.fullmatch(line.text.strip())
    if inner:
        return measure_in(inner[1]) is not None
    return len(line.phrases) == 1 and is_unit_line(line.text)
