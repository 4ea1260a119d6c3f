"""What a PDF says about itself: author, dates, printed page labels, bookmarks."""

from __future__ import annotations

import re
from typing import Any

MOST_HEADINGS = 2000
LONGEST_TEXT = 300
MOST_PAGES = 10_000
"""A longer document goes without labels: each of its pages would be opened for its own."""
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")


def properties_of(document: Any) -> dict[str, Any]:
    """As `DocumentProperties` takes it; what is broken in the file is left out."""
    told = document.metadata or {}
    return {
        "author": _named(told.get("author")),
        "created": date_of(told.get("creationDate")),
        "modified": date_of(told.get("modDate")),
        "labels": _labels(document),
        "contents": _contents(document),
    }


def date_of(told: object) -> str:
    """`D:20240301120000+01'00'` as 2024-03-01, as far as it is told."""
    found = _DATE.match(str(told or ""))
    return "-".join(part for part in found.groups() if part) if found else ""


def label_of(page: Any) -> str:
    """The page's label as the file has it (iv, A-3), if that is not its number."""
    label = _text(page.get_label()) if page.parent.is_pdf else ""  # a picture has none
    label = label.removeprefix("ageLabel")  # PyMuPDF takes `/Type /PageLabel` for a prefix
    return label if label != str(page.number + 1) else ""


def _labels(document: Any) -> list[str]:
    """The label of each page, if the file has other labels than its pages' numbers."""
    try:
        if document.page_count > MOST_PAGES or not document.get_page_labels():
            return []
        labels = [label_of(page) or str(page.number + 1) for page in document]
    except Exception:  # noqa: BLE001 - a file that lies about itself can still be read
        return []
    numbers = [str(number) for number in range(1, len(labels) + 1)]
    return labels if labels != numbers else []


def _contents(document: Any) -> list[list[Any]]:
    """The bookmarks: level, text, page from 0."""
    try:
        told = document.get_toc(simple=True)
    except Exception:  # noqa: BLE001 - a file that lies about itself can still be read
        return []
    found = [[int(level), _text(text), int(page) - 1] for level, text, page in told if page > 0]
    return [entry for entry in found if entry[1]][:MOST_HEADINGS]


def _named(told: object) -> str:
    """A name; what programs write for want of one stands in brackets: `(anonymous)`."""
    text = _text(told)
    return "" if text.startswith("(") and text.endswith(")") else text


def _text(told: object) -> str:
    """On one line, without signs that nobody sees."""
    visible = "".join(sign if sign.isprintable() else " " for sign in str(told or ""))
    return " ".join(visible.split())[:LONGEST_TEXT]
