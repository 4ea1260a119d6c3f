"""Where in a document a heading puts what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.text.languages import pattern_of

_NUMBERED = re.compile(r"\s*(?:§\s*)?(\d{1,3}(?:\.\d{1,3}){0,5})[.)、]?\s+\S|\s*([A-Z])\.\s+\S")
_LABELLED = re.compile(
    rf"({pattern_of('part')})\b|({pattern_of('chapter')})(?=[\s\d.]|\b)"
    rf"|({pattern_of('appendix')})(?=\s{{0,2}}[\dA-Z])",
    re.IGNORECASE,
)
_REFERENCES = re.compile(rf"[\s\d.]*(?:{pattern_of('references')})\s*$", re.IGNORECASE)
_COMMON = re.compile(
    rf"(?:{pattern_of('common_heading')}|{pattern_of('references')})\s*$", re.IGNORECASE
)

GOES_ON, MOST_LINES = " · ", 3
"""Between the lines of one heading, as a statement's name and its unit."""


@dataclass(slots=True)
class Sections:
    """The headings that are open; numbers say more about depth than a reader's marks do."""

    title: str = ""
    """The first heading of the document, if it is no section that every document has."""
    open: list[tuple[int, float, str]] = field(default_factory=list)
    """Level, depth of its number (0 without one), text."""
    _begun: bool = False

    def enter(self, level: int, text: str, *, directly: bool = False) -> None:
        """Close the sections that a heading ends, and open its own.

        A heading that stands `directly` below another that looks the same goes on with it.
        """
        bare = text.replace("**", "").replace("&lt;", "<").strip()
        self._begun = self._begun or _COMMON.match(bare) is not None
        depth = _depth(bare)
        if not self._begun:
            self._begun = True
            if not depth and not _COMMON.match(bare):
                self.title = bare
                return
        common = _COMMON.match(bare) is not None or _REFERENCES.match(bare) is not None
        if directly and not (depth or common) and self._goes_on(level):
            bare = f"{self.open.pop()[2]}{GOES_ON}{bare}"
        while self.open and _closes(level, depth, self.open[-1], common=common):
            self.open.pop()
        self.open.append((level, depth, bare))

    def _goes_on(self, level: int) -> bool:
        """Whether the innermost heading is of the level, without a number, and not yet long."""
        *_, (opened, depth, text) = self.open or [(0, 0, "")]
        return opened == level and not depth and text.count(GOES_ON) + 1 < MOST_LINES

    @property
    def path(self) -> str:
        """The open sections from the outside in; before the first one, the title."""
        return " › ".join(text for _, _, text in self.open) or self.title

    @property
    def in_references(self) -> bool:
        return bool(self.open) and _REFERENCES.match(self.open[-1][2]) is not None


def _depth(text: str) -> float:
    """How deep a heading's number puts it: Part, Chapter, Note, 1, 1.1 …; 0 if it has none."""
    if label := _LABELLED.match(text):
        return (label.lastindex or 1) / 10
    match = _NUMBERED.match(text)
    if not match:
        return 0
    return match[1].count(".") + 1 if match[1] else 1


def _closes(level: int, depth: float, opened: tuple[int, float, str], *, common: bool) -> bool:
    """A heading without a number stands under a numbered one that looks the same."""
    opened_level, opened_depth, _ = opened
    if depth and opened_depth:
        return opened_depth >= depth
    if opened_depth and not depth and not common:
        return opened_level > level
    return opened_level >= level
