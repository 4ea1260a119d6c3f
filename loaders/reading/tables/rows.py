"""The rows of a table: lines of print that belong together.

The model says where rows end; print corrects it. Two lines with figures in the same columns are
two rows; a line that only goes on with the words above it is none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from loaders.pages.geometry import middle, overlap
from loaders.pages.page_layout import Rule, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase, TableLine
from loaders.reading.tables.columns import reach
from loaders.reading.tables.drawn_lines import horizontal_rules
from loaders.reading.tables.header_rows import is_data

CLOSER = 0.88
"""Part of the distance of rows: lines of one cell stand closer than that, where rows have space."""
FRAME = 12.0
"""Points below the last line within which a rule closes the table."""
FULL = 3
"""Columns that a row fills; the cells of so many do not all break into as many lines."""
WIDER = 1.25
"""Times the leading of a cell's lines: rows stand at least so far apart, where they have space."""

CENTRED = 0.02
"""Part of the width of a table by which words in its middle miss that."""
SPACE = 0.35
"""Part of the size of print: the white between two words."""

UNFINISHED = (",", "-", " and", " of", " the", " or", " for", " to", "&", " in")
"""Ends of a line that goes on with the next."""

Cells = dict[int, list[Phrase]]
"""The phrases of a line by the column in which they begin."""


def row_groups(
    lines: Sequence[TableLine],
    seen: Sequence[float],
    columns: Sequence[float],
    rules: Sequence[Rule],
    box: Box,
) -> list[list[int]]:
    """Indices of the lines of each row."""
    if not lines:
        return []
    rows = Rows(lines, seen, columns, rules, box)
    if told := each_by_itself(rows.sets) or ([] if rows.ruled else blocks_apart(lines, rows.sets)):
        return told
    return runs(range(len(lines)), lambda group, index: not rows.joins(group, index))


class Rows:
    """The lines of a table's body, and how far apart its rows stand."""

    def __init__(
        self,
        lines: Sequence[TableLine],
        seen: Sequence[float],
        columns: Sequence[float],
        rules: Sequence[Rule],
        box: Box,
    ) -> None:
        self.lines, self.seen, self.columns, self.box = lines, seen, columns, box
        self.sets = [by_column(line, columns) for line in lines]
        self.ruled = horizontal_rules(rules, box)
        below = horizontal_rules(rules, (box[0], box[1], box[2], box[3] + FRAME))
        self.foot = max(below, default=0.0)
        are_many = len(self.ruled) >= 0.7 * max(1, len(seen))
        self.bands = len(self.ruled) >= 2 and (are_many or self.part_all_rows())
        self.tight, self.end = tight_gap(lines, seen), label_end(lines, columns)
        self.close, self.pitch = leading(self.sets), self.row_pitch()
        if self.ruled and not any(is_data(line, columns) for line in lines):
            self.tight = float("inf")

    def step(self, last: int, index: int) -> float:
        """How far the one line stands below the other."""
        return self.lines[index].baseline - self.lines[last].baseline

    def joins(self, group: Sequence[int], index: int) -> bool:
        """The line is of the row of the lines above it."""
        last, below = group[-1], self.lines[index]
        pair = self.lines[index - 1], below
        taken = {column for member in group for column in self.sets[member]}
        is_parted = between(self.ruled, *pair)
        if is_beside(*pair) and not taken & self.sets[index].keys():
            is_joined = True
        elif not is_parted and (self.bands or not between(self.seen, *pair)):
            is_drawn = self.bands and below.box[1] < self.foot  # nothing is drawn below that
            most = max(WIDER * self.close, CLOSER * self.pitch)
            is_joined = (
                not self.are_two_rows(group, index, ruled=is_drawn)
                and not self.is_name_alone(last, index)
                and (is_drawn or not self.close or self.step(last, index) < most)
            )
        else:
            is_joined = not is_parted and (
                self.goes_on(last, index)
                or self.is_wrapped(last, index)
                or self.begins_above_label(group, index)
            )
        return is_joined and not self.is_title_of_rows(last, index)

    def part_all_rows(self) -> bool:
        """A rule stands between each two of the lines that hold a label and figures."""
        full = [line for line, cells in zip(self.lines, self.sets, strict=True) if is_full(cells)]
        return len(full) > 2 and all(between(self.ruled, *pair) for pair in pairwise(full))

    def row_pitch(self) -> float:
        """How far a row with a label and figures stands below the line above it, at least."""
        full = (index for index, cells in enumerate(self.sets) if index and is_full(cells))
        return min((self.step(index - 1, index) for index in full), default=0.0)

    def are_two_rows(self, group: Sequence[int], index: int, *, ruled: bool) -> bool:
        """Two lines of one band show figures in the same columns: each is a row of its own.

        So is a label that ends with a colon: it names a section.
        """
        above: Cells = {}
        for member in group:
            above |= self.sets[member]
        below = self.sets[index]
        first = min(below)
        labelled = first == min(above) and not (first and below[first][0].is_figure)
        both = [column for column in above.keys() & below.keys() if column]
        figures = [column for column in both if all(p.is_figure for p in below[column])]
        shared = [column for column in figures if all(p.is_figure for p in above[column])]
        if len(shared) >= 2 and (not ruled or labelled):
            return True
        if ruled:
            return False
        if labelled and (shared or len(figures) >= 2):
            return True
        return set(above) == {0} and 0 in below and above[0][-1].text.rstrip().endswith(":")

    def goes_on(self, last: int, index: int) -> bool:
        """The line goes on with the row above although the model sees a new one."""
        above, below = self.sets[last], self.sets[index]
        gap = self.lines[index].box[1] - self.lines[last].box[3]
        if 0 in below and any(phrase.is_figure for cell in above.values() for phrase in cell):
            is_close = gap <= self.tight or gap < 0.5 * below[0][0].size
            return set(below) == {0} and is_close and is_cut(above.get(0), below[0], self.end)
        if set(above) == {0} and 0 in below:
            return is_cut(above[0], below[0], self.end)
        if 0 not in below and set(below) <= set(above) and 0 in above:
            texts = [phrase for cell in below.values() for phrase in cell]
            return gap <= self.tight and not any(phrase.is_figure for phrase in texts)
        return False

    def is_name_alone(self, last: int, index: int) -> bool:
        """One of two labels stands alone on its line, as far from the other as rows: a row itself.

        The lower one would have had room on the line above, or is printed otherwise: no cell
        breaks so.
        """
        above, below = self.sets[last], self.sets[index]
        if {0} not in (above.keys(), below.keys()) or not above.keys() & below.keys() & {0}:
            return False
        upper, lower = above[0][-1].tokens[-1], below[0][0].tokens[0]
        if self.step(last, index) < CLOSER * self.pitch or goes_on_small(below[0]):
            return False
        room = self.end - upper.box[2] - SPACE * lower.size
        is_free = bool(self.end) and room > lower.box[2] - lower.box[0]
        return is_free or not are_alike(upper, lower)

    def is_title_of_rows(self, last: int, index: int) -> bool:
        """One line is words alone in the middle of the table, as far from the other as rows are.

        The other one has a figure in their column.
        """
        if not 0 < CLOSER * self.pitch <= self.step(last, index):
            return False
        left, _, right, _ = self.box
        return any(
            len(words.phrases) == 1
            and not words.phrases[0].is_figure
            and abs(middle(words.box)[0] - (left + right) / 2) < CENTRED * (right - left)
            and any(
                phrase.is_figure
                for column in self.sets[one]
                for phrase in self.sets[other].get(column, [])
            )
            for one, other in ((index, last), (last, index))
            for words in (self.lines[one],)
        )

    def is_wrapped(self, last: int, index: int) -> bool:
        """A lone label clearly closer to the label above it than rows are is its next line."""
        above, below = self.sets[last], self.sets[index]
        if set(below) != {0} or 0 not in above or below[0][0].is_year:
            return False
        is_close = self.step(last, index) < CLOSER * self.pitch
        return is_close and are_alike(above[0][-1].tokens[0], below[0][0].tokens[0])

    def begins_above_label(self, group: Sequence[int], index: int) -> bool:
        """Cells are centred: a long one begins above its row's label, at its lines' leading."""
        above, below = self.sets[group[-1]], self.sets[index]
        if not self.close or any(0 in self.sets[member] for member in group) or 0 not in below:
            return False
        is_near = any(
            not below[column][0].is_figure
            and below[column][0].tokens[0].baseline - above[column][-1].tokens[0].baseline
            <= 1.08 * self.close
            for column in above.keys() & below.keys()
        )
        return is_near and not any(p.is_figure for cell in above.values() for p in cell)


def are_alike(one: Token, other: Token) -> bool:
    """Both words are of one print."""
    return abs(one.size - other.size) <= 0.5 and one.bold == other.bold


def each_by_itself(sets: Sequence[Cells]) -> list[list[int]]:
    """Every line, if all fill the same columns beside the labels, three at least, one with numbers.

    No cells break so.
    """
    filled = sets[0].keys() - {0}
    is_told = len(filled) >= FULL and any(
        all(any(char.isdigit() for p in cells[column] for char in p.text) for cells in sets)
        for column in filled
        if all(cells.keys() - {0} == filled for cells in sets)
    )
    return [[index] for index in range(len(sets))] if is_told else []


def blocks_apart(lines: Sequence[TableLine], sets: Sequence[Cells]) -> list[list[int]]:
    """The blocks that wider white parts, if some column has one entry in each, in its first line.

    Then the other lines, of words alone, are those of cells that go on.
    """
    steps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    least = min((step for step in steps if step > 1), default=0.0)
    starts = [0, *(n for n, step in enumerate(steps, 1) if step > WIDER * least)]
    places = sorted({column for cells in sets for column in cells})
    filled = [{n for n, cells in enumerate(sets) if place in cells} for place in places]
    others = [phrase for n, line in enumerate(lines) if n not in starts for phrase in line.phrases]
    is_told = len(starts) > 2 and {*starts} in filled[1:] and {*starts} <= filled[0]
    if not is_told or any(phrase.is_figure or phrase.is_year for phrase in others):
        return []
    return [list(range(*pair)) for pair in pairwise([*starts, len(lines)])]


def is_full(cells: Cells) -> bool:
    """The line holds a label and figures."""
    return 0 in cells and any(p.is_figure for column in cells if column for p in cells[column])


def is_beside(above: TableLine, below: TableLine) -> bool:
    """Two lines overlap in height: they may be the same row, printed unevenly."""
    common = overlap(above.box[1], above.box[3], below.box[1], below.box[3])
    height = min(above.box[3] - above.box[1], below.box[3] - below.box[1])
    return common > 0.2 * height


def by_column(line: TableLine, columns: Sequence[float]) -> Cells:
    """The phrases of a line by column."""
    cells: Cells = {}
    for phrase in line.phrases:
        cells.setdefault(reach(phrase, columns)[0], []).append(phrase)
    return cells


def between(heights: Sequence[float], above: TableLine, below: TableLine) -> bool:
    """One of the heights parts the two lines."""
    upper = (above.box[1] + above.box[3]) / 2
    lower = (below.box[1] + below.box[3]) / 2
    return bisect_right(heights, lower) > bisect_right(heights, upper)


def tight_gap(lines: Sequence[TableLine], seen: Sequence[float]) -> float:
    """White between lines that is clearly less than between rows; 0 if rows stand just as close."""
    gaps = [below.box[1] - above.box[3] for above, below in pairwise(lines)]
    apart = [
        gap
        for gap, above, below in zip(gaps, lines, lines[1:], strict=False)
        if between(seen, above, below)
    ]
    if not apart:
        return 0.0
    usual = median(apart)
    size = median(phrase.size for line in lines for phrase in line.phrases)
    close = [gap for gap in gaps if gap < usual - 0.2 * size]
    return usual - 0.2 * size if close else float("-inf")


def goes_on_small(phrases: Sequence[Phrase]) -> bool:
    """What begins with a small letter or a bracket goes on with the words above."""
    return phrases[0].text[:1].islower() or phrases[0].text[:1] in "([（"


def leading(sets: Sequence[Cells]) -> float:
    """How close the lines of one cell stand, where rows stand clearly wider; else 0."""
    last: dict[int, float] = {}
    steps: list[float] = []
    for cells in sets:
        for column, phrases in cells.items():
            baseline = phrases[0].tokens[0].baseline
            if column in last and not phrases[0].is_figure:
                steps.append(baseline - last[column])
            last[column] = baseline
    steps = [step for step in steps if step > 1]
    least = min(steps, default=0.0)
    wider = [step for step in steps if step > WIDER * least]
    return least if len(wider) >= 2 else 0.0


def label_end(lines: Iterable[TableLine], columns: Sequence[float]) -> float:
    """Where the longest label ends: lines of labels break there, before the column does."""
    ends = [
        phrase.box[2]
        for line in lines
        for phrase in line.phrases[:1]
        if reach(phrase, columns) == (0, 0)
    ]
    return min(max(ends, default=0.0), *columns[:1]) if columns else 0.0


def is_cut(above: Sequence[Phrase] | None, below: Sequence[Phrase], end: float) -> bool:
    """A label breaks off at the end of its line and goes on with the next one."""
    if not above or not end:
        return False
    text = above[-1].text.rstrip()
    if text.endswith((":", ".", ";")) or below[0].is_figure:
        return False
    if not are_alike(above[0].tokens[0], below[0].tokens[0]):
        return False
    if text.endswith(UNFINISHED):
        return True
    size = above[-1].size
    word = below[0].tokens[0]
    room = end - above[-1].box[2]
    needed = word.box[2] - word.box[0] + 0.25 * size
    return goes_on_small(below) and room < needed + 0.5 * size
