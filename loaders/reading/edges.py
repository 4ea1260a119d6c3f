"""The lines of a page's words, and those that belong to the page rather than to its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.reading.page import Word

EDGE = 0.1
"""The share of a page's height, at the top and at the foot, where running heads stand."""
_LONGEST_HEAD = 16
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.?|of|von|第|页|頁|共|/|[-–—|·.,()\[\]]|\d{1,4}|\s)+", re.IGNORECASE
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

    A line at the page's edge counts when it says nothing but which page this is, or when it is
    short and stands clear of the text. Without the page's `height` its edges are not known.
    """
    lines = lines_by_height(words)
    if not lines or not height:
        return []
    if len(lines) == 1:
        return lines[0].words if is_page_number(lines[0].text) else []
    found: list[Word] = []
    first, last = lines[0], lines[-1]
    if first.bottom < height * EDGE and _is_apart(first, lines[1].top - first.bottom):
        found += first.words
    if last.top > height * (1 - EDGE) and _is_apart(last, last.top - lines[-2].bottom):
        found += last.words
    return found


def is_page_number(line: str) -> bool:
    """Tell a line that says nothing but which page this is."""
    if _ROMAN.fullmatch(line.strip()):
        return True
    return bool(_PAGE_NUMBER.fullmatch(line)) and any(sign.isdigit() for sign in line)


def _is_apart(line: LineOfWords, gap: float) -> bool:
    stands_clear = gap > line.bottom - line.top and len(line.words) <= _LONGEST_HEAD
    return stands_clear or is_page_number(line.text)
