"""Where in a document a heading puts what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NUMBERED = re.compile(r"\s*(?:§\s*)?(\d{1,3}(?:\.\d{1,3}){0,5})[.)、]?\s+\S|\s*([A-Z])\.\s+\S")
_REFERENCES = re.compile(
    r"[\s\d.]*(?:references|bibliography|works cited|literatur(?:verzeichnis)?"
    r"|quellen(?:verzeichnis)?|参考文献|參考文獻)\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sections:
    """The headings that are open; numbers say more about depth than a reader's marks do."""

    title: str = ""
    """The first heading of the document, if it stands at the top of everything."""
    open: list[tuple[int, int, str]] = field(default_factory=list)
    """Level, depth of its number (0 without one), text."""
    _begun: bool = False

    def enter(self, level: int, text: str) -> None:
        """Close the sections that a heading ends, and open its own."""
        bare = text.replace("**", "").replace("&lt;", "<").strip()
        depth = _depth(bare)
        if not self._begun:
            self._begun = True
            if level == 1 and not depth:
                self.title = bare
                return
        while self.open and _closes(level, depth, self.open[-1]):
            self.open.pop()
        self.open.append((level, depth, bare))

    @property
    def path(self) -> str:
        return " › ".join(text for _, _, text in self.open)

    @property
    def in_references(self) -> bool:
        return bool(self.open) and _REFERENCES.match(self.open[-1][2]) is not None


def _depth(text: str) -> int:
    match = _NUMBERED.match(text)
    if not match:
        return 0
    return match[1].count(".") + 1 if match[1] else 1


def _closes(level: int, depth: int, opened: tuple[int, int, str]) -> bool:
    opened_level, opened_depth, _ = opened
    if depth and opened_depth:
        return opened_depth >= depth
    return opened_level >= level
