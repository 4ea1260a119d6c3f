"""Lines that the layout took into a table although they stand over or under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.header_rows import is_data

TITLE = re.compile(
    r"^(?:table|tabelle|tab\.|exhibit|tableau|tabla|schedule)\s*[\dA-Z.]+\b|^表\s*\d", re.IGNORECASE
)
UNIT = re.compile(
    r"^[\[(（].*(?:thousand|million|billion|percent|dollar|euro|except|tausend|mio|mrd|%|[单單]位)"
    r".*[\])）]$|^[单單]位",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^(?:source|notes?|quelle|anmerkung|hinweis|remark|来源|來源|资料来源|注|註)s?\s*[:.：]"
    r"|^[*†‡]+\s?\S|^[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s?\S|^\(?[a-z\d]\)\s+\S+\s+\S+\s+\S+",
    re.IGNORECASE,
)


def trimmed(
    lines: Sequence[TableLine], columns: Sequence[float]
) -> tuple[list[TableLine], list[TableLine], list[TableLine]]:
    """What stands over the table, the table, and what stands under it."""
    start = 0
    while start < len(lines) - 2 and is_over(lines[start]):
        start += 1
    end = len(lines)
    for number in range(len(lines) - 1, start + 1, -1):
        if is_data(lines[number], columns):
            break
        if is_note(lines[number], columns):
            end = number
    return list(lines[:start]), list(lines[start:end]), list(lines[end:])


def is_over(line: TableLine) -> bool:
    """A title or the unit of all figures, alone on its line."""
    if UNIT.match(line.text):
        return not any(phrase.is_figure or phrase.is_year for phrase in line.phrases)
    return len(line.phrases) == 1 and bool(TITLE.match(line.text))


def is_note(line: TableLine, columns: Sequence[float]) -> bool:
    """A source or a footnote: it begins at the left and runs over the columns."""
    start, end = reach(line.phrases[0], columns)
    return start == 0 and (end > 0 or not columns) and bool(NOTE.match(line.text))
