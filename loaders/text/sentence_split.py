"""Prose cut into sentences, each a literal piece of it."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|al|vs|cf|Fig|Figs|Eq|Sec|Tab|No|Nos|Inc|Corp|Ltd|Co|St|Dr|Mr"
    r"|Mrs|Ms|Prof|Jr|Sr|approx|ca"
    r"|bzw|z\.B|d\.h|u\.a|Nr|Abb|Mio|Mrd|Tsd|U\.S|U\.K)|\b[A-Z]|\b\d{1,2})\.$"
)
_END = re.compile(r"[.!?](?=[\"”’)\]]*\s)|[。！？；]|\n+")


def cut(text: str) -> list[str]:
    """Cut prose into sentences; each is a literal piece of the text."""
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text + "\n"):
        end = min(match.end(), len(text))
        piece = text[start:end]
        if (
            match.group() == "."
            and _ABBREVIATION.search(piece)
            and not re.search(r"\d\.$", piece[-4:])
        ):
            continue
        if match.group().startswith("\n") and _runs_on(text, match.start()):
            continue
        start = end
        if piece.strip():
            pieces.append(piece.strip())
    return pieces


def _runs_on(text: str, place: int) -> bool:
    """Whether a line break stands inside a sentence."""
    before, after = text[:place].rstrip()[-1:], text[place:].lstrip()[:1]
    return bool(before) and before not in ".!?:;。！？：；" and after.islower()
