"""The text of a Word file's elements: what was inserted, struck, raised, and what is hidden.

python-docx tells paragraphs and tables; of revisions, content controls and text boxes, it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from loaders.chunking.html_table import raised

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OFF = {"0", "false", "none", "off"}
DELETED = {f"{W}del", f"{W}moveFrom"}
APART = {f"{W}txbxContent", f"{W}pPr", f"{W}rPr", FALLBACK}
"""What is no part of the line in which it stands."""
SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}


def line_of(element: Any) -> str:
    """The text of a paragraph; what was deleted or struck out is marked as struck."""
    told: list[str] = []
    for is_struck, part in groupby(pieces(element, is_struck=False), key=itemgetter(0)):
        text = "".join(text for _, text in part)
        told.append(f"~~{text.strip()}~~ " if is_struck and text.strip() else text)
    return " ".join("".join(told).split())


def pieces(element: Any, *, is_struck: bool) -> Iterator[tuple[bool, str]]:
    """Each piece of text, and whether it no longer holds."""
    for child in element:
        if child.tag in APART:
            continue
        if child.tag == f"{W}r":
            text, struck = run_text(child)
            yield is_struck or struck, text
        else:
            yield from pieces(child, is_struck=is_struck or child.tag in DELETED)


def run_text(run: Any) -> tuple[str, bool]:
    """A run's text, raised if printed so, and whether it is struck; a hidden one says nothing."""
    if has(run, "vanish"):
        return "", False
    parts = [
        SIGNS.get(child.tag, child.text or "" if child.tag in (f"{W}t", f"{W}delText") else "")
        for child in run
    ]
    text = "".join(parts)
    note = run.find(f"{W}footnoteReference")
    if note is not None:
        text += raised(note.get(f"{W}id", ""))
    place = run.find(f"{W}rPr/{W}vertAlign")
    if place is not None and place.get(f"{W}val") == "superscript" and text.strip():
        text = raised(text)
    return text, has(run, "strike") or has(run, "dstrike")


def has(run: Any, name: str) -> bool:
    """The run has this property, and it is not turned off."""
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in OFF


def boxes_in(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, each once: files hold a copy of them for old programs."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != FALLBACK:
            yield from boxes_in(child)
