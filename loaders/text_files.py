"""Markdown, HTML, text and CSV files: no page images and no reader, their text is the markup."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES, markup_of_text
from loaders.errors import NOT_REGULAR, SourceError
from loaders.pages.page import Outcome, Reading

READER = "plain"
MOST_BYTES = 50_000_000


def is_plain(path: Path) -> bool:
    """Whether the file's ending says that it is text, and not pages."""
    return path.suffix.lower() in PLAIN_SUFFIXES


def read_plain(path: Path) -> tuple[list[Reading], str]:
    """The file's pages, and the hash of what was read: it may be saved again meanwhile.

    Form feeds part pages; most files have one.

    Raises:
        SourceError: The file is missing, too large, or no text.
    """
    data = _data(path)
    markup = markup_of_text(_text(path, data), path.suffix)
    if not any(page.strip() for page in markup):
        raise SourceError(str(path), "the file is empty")
    readings = [
        Reading(page, Outcome.OK if text.strip() else Outcome.BLANK, text, READER)
        for page, text in enumerate(markup)
    ]
    return readings, hashlib.sha256(data).hexdigest()


def _data(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise SourceError(str(path), NOT_REGULAR)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(str(path), "larger than 50 MB of text; split it")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})") from error


def _text(path: Path, data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is no UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise SourceError(str(path), "is no text, whatever its name says")
    return text
