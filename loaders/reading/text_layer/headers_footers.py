"""The lines of a page's words, and those that belong to the page rather than to its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.pages.word import Word
from loaders.text.languages import pattern_of

EDGE = 0.1
"""The share of a page's height, at the top and at the foot, where running heads stand."""
PAGE_NUMBER_EDGE = 0.15
_LONGEST_HEAD = 24
"""Words in a line; both halves of a paper's head stand in one."""
_MOST_HEADS = 2
_OFF_CENTRE = 0.3
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    rf"(?:{pattern_of('page')}|{pattern_of('page_end')}|{pattern_of('of_pages')}"
    r"|p\.?|/|[-–—|·.,()\[\]]|\d{1,4}|\s)+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class LineOfWords:
    """Words that stand at one height, from left to right."""

    top: float
    bottom: float
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def lines_by_height(words: Sequence[Word]) -> list[LineOfWords]:
    """Group words by height across the whole page, from its top down."""
    lines: list[LineOfWords] = []
    for word in sorted(words, key=lambda word: (word.box[1] + word.box[3], word.box[0])):
        _, top, _, bottom = word.box
        last = lines[-1] if lines else None
        if last and (top + bottom) / 2 <= last.bottom:
            last.bottom = max(last.bottom, min(bottom, last.bottom + 2))
            last.words.append(word)
        else:
            lines.append(LineOfWords(top, bottom, [word]))
    for line in lines:
        line.words.sort(key=lambda word: word.box[0])
    return lines


def edge_words(words: Sequence[Word], height: float) -> list[Word]:
    """Return the words of page numbers and running heads, which a reading may leave out.

    Lines at the page's edge count when they say nothing but which page this is, or when they are
    short and stand clear of the text. Without the page's `height` its edges are not known.
    """
    lines = lines_by_height(words)
    if not lines or not height:
        return []
    if len(lines) == 1:
        return lines[0].words if is_page_number(lines[0].text) else []
    head = _block(lines, [line.bottom / height for line in lines])
    depths = [1 - line.top / height for line in reversed(lines)]
    if is_page_number(lines[-1].text) and _is_centred(lines[-1], words):
        depths[0] = 0.0  # pages may end where their text ends
    foot = _block(lines[::-1], depths)
    return [word for line in (*head, *foot) for word in line.words]


def _is_centred(line: LineOfWords, words: Sequence[Word]) -> bool:
    """The line stands in the middle of all print."""
    left, right = min(word.box[0] for word in words), max(word.box[2] for word in words)
    start, end = line.words[0].box[0], line.words[-1].box[2]
    return abs(start + end - left - right) < _OFF_CENTRE * (right - left)


def _block(lines: Sequence[LineOfWords], depths: Sequence[float]) -> list[LineOfWords]:
    """Return the lines at one edge, from it inwards; `depths` are shares of the page's height."""
    if is_page_number(lines[0].text) and depths[0] < PAGE_NUMBER_EDGE:
        return [lines[0], *_heads(lines[1:], depths[1:])]
    return _heads(lines, depths)


def _heads(lines: Sequence[LineOfWords], depths: Sequence[float]) -> list[LineOfWords]:
    """Return a few short lines, near the edge and clear of the text that follows."""
    for count in range(min(_MOST_HEADS, len(lines) - 1), 0, -1):
        block, text = lines[:count], lines[count]
        size = max(line.bottom - line.top for line in block)
        is_clear = _gap(block[-1], text) > size
        is_short = sum(len(line.words) for line in block) <= _LONGEST_HEAD * count
        if is_clear and is_short and depths[count - 1] < EDGE:
            return list(block)
    return []


def _gap(one: LineOfWords, other: LineOfWords) -> float:
    return max(other.top - one.bottom, one.top - other.bottom)


def is_page_number(line: str) -> bool:
    """Tell a line that says nothing but which page this is."""
    if _ROMAN.fullmatch(line.strip()):
        return True
    return bool(_PAGE_NUMBER.fullmatch(line)) and any(sign.isdigit() for sign in line)
