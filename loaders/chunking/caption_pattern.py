"""Captions told from prose: `Table 4 | Results` heads a table, `Table 4 shows` is a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_NUMBER = (
    r"(?P<number>[A-Z]?\d{1,3}(?:[.\-–]\d{1,3}){0,3}[a-z]?(?![\w%])|[IVXLC]{1,6}(?!\w)|[A-Z](?!\w))"
)
_CAPTION = re.compile(
    r"[\s#*_>]{0,12}(?:"
    r"(?P<table>Table|TABLE|Tab\.|Tabelle|Tableau|Tabla|Exhibit|Übersicht|附?表格?)"
    r"|(?P<figure>Figure|FIGURE|Fig\.|Abbildung|Abb\.|Graph|Chart|Diagramm?|Grafik|Schaubild|[图圖]表?))"
    rf"\s{{0,3}}{_NUMBER}[*_]{{0,3}}"
    r"(?P<end>\s{0,3}(?:[|:：.．—–]|-\s|\(|（|$)|\s{1,3}(?=[A-ZÄÖÜ0-9\"“„\u3400-\u9fff]))"
)
_CONTINUED = re.compile(
    r"\bcont(?:inued|['’]?d)\b|\bFortsetzung\b|\bsuite\b|[（(]\s*续|续表|接上表|續", re.IGNORECASE
)
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that names a table or a figure."""

    kind: Literal["table", "figure"]
    number: str
    text: str


def caption_of(line: str) -> Caption | None:
    """The caption that a line is, without its Markdown; None if it is prose."""
    match = _CAPTION.match(line) if len(line) <= _LONGEST else None
    if not match:
        return None
    return Caption("table" if match["table"] else "figure", match["number"], bare_caption(line))


def bare_caption(line: str) -> str:
    """A caption's text without heading marks and emphasis around it."""
    text = line.strip().lstrip("#> ").strip()
    for mark in ("**", "__", "*", "_"):
        if text.startswith(mark) and text.count(mark) == 2:
            text = text.replace(mark, "").strip()
    return text


def says_continued(caption: str) -> bool:
    """The caption says that its table began on an earlier page."""
    return _CONTINUED.search(caption) is not None
