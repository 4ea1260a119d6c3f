"""Numbers of lines in a margin, as pleadings, transcripts and preprints have them.

They are no list and no part of a sentence: they are set apart before lines are found, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from loaders.pages.page_layout import Token
from loaders.reading.text_layer.line_joining import Line, line_box, lines_of

FEWEST = 6
"""Fewer numbers below each other may be anything."""
STEPS = (1, 2, 5, 10)
"""Every line is numbered, or every fifth."""
WIDE = 0.8
"""Times the size of print: white between a number and its line."""
FULL = 0.75
"""Part of the width that a line of running text fills; rows of a list or table do not."""
FLOWING = 0.2
"""Part of the lines that begin amidst a sentence; items of a list begin with a capital, rows of a
table with a figure."""
HOLE = 1.4
"""Times the size of print: white inside a line parts cells."""


def line_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The words that are numbers of lines; most pages have none."""
    if sum(is_number(token) for token in tokens) < FEWEST:
        return []
    lines = lines_of(tokens)
    for at_end in (False, True):
        found = [line[-1] if at_end else line[0] for line in lines if line]
        numbers = aligned([token for token in found if is_number(token)], at_end=at_end)
        if len(numbers) >= FEWEST and counts(numbers) and beside_text(numbers, lines):
            return numbers
    return []


def is_number(token: Token) -> bool:
    """A number of up to four digits and nothing else."""
    return token.text.isdecimal() and len(token.text) < 5 and not token.raised


def aligned(numbers: Sequence[Token], *, at_end: bool) -> list[Token]:
    """Those that begin or end at one place, as most of them do."""
    best: list[Token] = []
    for edge in (0, 2):
        if not numbers:
            break
        usual = median(token.box[edge] for token in numbers)
        near = [token for token in numbers if abs(token.box[edge] - usual) < 3]
        best = max(best, near, key=len)
    return best


def counts(numbers: Sequence[Token]) -> bool:
    """They grow from line to line by one step, at one distance; a page may begin anew once."""
    values = [int(token.text) for token in numbers]
    steps = [after - before for before, after in pairwise(values)]
    usual = sorted(steps)[len(steps) // 2]
    pitches = [after.baseline - before.baseline for before, after in pairwise(numbers)]
    pitch = median(pitches)
    is_even = sum(abs(each - pitch) < 0.25 * pitch for each in pitches) > 0.6 * len(pitches)
    return usual in STEPS and sum(step == usual for step in steps) >= 0.9 * len(steps) and is_even


def beside_text(numbers: Sequence[Token], lines: Sequence[Line]) -> bool:
    """Beside them runs text: most lines are full and in one piece, and clear of the numbers."""
    own = {id(token) for token in numbers}
    top, foot = numbers[0].box[1], numbers[-1].box[3]
    texts = [[token for token in line if id(token) not in own] for line in lines]
    texts = [text for text in texts if text and top <= line_box(text)[3] <= foot + text[0].size]
    if len(texts) < FEWEST / 2:
        return False
    left = min(line_box(text)[0] for text in texts)
    right = max(line_box(text)[2] for text in texts)
    full = sum(line_box(text)[2] - line_box(text)[0] > FULL * (right - left) for text in texts)
    begins = [text[0].text.lstrip("(\"“„«'")[:1] for text in texts]
    flowing = sum(begin.isalpha() and not begin.isupper() for begin in begins)
    return (
        all(is_clear(number, left, right) for number in numbers)
        and 2 * full >= len(texts)
        and sum(not has_hole(text) for text in texts) > 0.8 * len(texts)
        and flowing > FLOWING * len(texts)
    )


def is_clear(number: Token, left: float, right: float) -> bool:
    """White stands between the number and where the lines begin or end."""
    gap = max(left - number.box[2], number.box[0] - right)
    return gap > WIDE * number.size


def has_hole(text: Line) -> bool:
    """White parts the line."""
    return any(
        after.box[0] - before.box[2] > HOLE * max(before.size, after.size)
        for before, after in pairwise(text)
    )


def told(numbers: Sequence[Token]) -> str:
    """What was set apart, for the audit."""
    return f"line numbers set apart: {numbers[0].text} to {numbers[-1].text}"
