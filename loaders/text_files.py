"""Markdown, HTML, text and CSV files: no page images and no reader, their text is the markup."""

from __future__ import annotations

import codecs
from pathlib import Path

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES, markup_of_text
from loaders.errors import SourceError
from loaders.pages.page import Outcome, Reading

READER = "plain"
MOST_BYTES = 50_000_000


def is_plain(path: Path) -> bool:
    """Whether the file's ending says that it is text, and not pages."""
    return path.suffix.lower() in PLAIN_SUFFIXES


def read_plain(path: Path) -> list[Reading]:
    """The file's pages: form feeds part them, most files have one.

    Raises:
        SourceError: The file is missing, too large, or no text.
    """
    markup = markup_of_text(_text(path), path.suffix)
    if not any(page.strip() for page in markup):
        raise SourceError(str(path), "the file is empty")
    return [
        Reading(page, Outcome.OK if text.strip() else Outcome.BLANK, text, READER)
        for page, text in enumerate(markup)
    ]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(str(path), "larger than 50 MB of text; split it")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})") from error
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is no UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise SourceError(str(path), "is no text, whatever its name says")
    return text
