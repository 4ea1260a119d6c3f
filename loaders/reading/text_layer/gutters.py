"""White gutters inside a block of text: the layout took columns beside each other for one."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.page_layout import Token
from loaders.pages.runs import between_white
from loaders.reading.text_layer.line_joining import lines_of

WIDTH = 0.9
"""A gutter is wider than this times the size of print."""
LINES = 3
"""Lines that must stand on both sides of a gutter."""


def columns_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words of each column from left to right; most blocks are one."""
    lines = lines_of(tokens)
    if len(lines) < LINES:
        return [list(tokens)]
    size = usual_size(tokens)
    columns = parted(tokens)
    if len(columns) < 2 or not all(is_prose(column) for column in columns):
        return [list(tokens)]
    beside = sum(
        any(token.box[0] < columns[1][0].box[0] - size for token in line)
        and any(token.box[0] >= columns[1][0].box[0] for token in line)
        for line in lines
    )
    return columns if beside >= LINES else [list(tokens)]


def usual_size(tokens: Sequence[Token]) -> float:
    """Of the words, that of the one in the middle."""
    return sorted(token.size for token in tokens)[len(tokens) // 2]


def parted(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words between the white stripes that run through all lines, from left to right."""
    white = WIDTH * usual_size(tokens)
    return between_white(tokens, lambda token: token.box, axis=0, gap=white)


def is_prose(column: Sequence[Token]) -> bool:
    """A column of text: several lines, most of more than one word, not figures alone."""
    lines = lines_of(column)
    wordy = sum(len(line) > 1 for line in lines)
    letters = sum(char.isalpha() for token in column for char in token.text)
    return len(lines) >= LINES and wordy * 2 > len(lines) and letters > 8 * len(lines)
