"""Files that hold their text as such: Markdown, HTML, CSV, Word, Excel, e-mail; no reader."""

from __future__ import annotations

import codecs
from pathlib import Path

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES, markup_of_text
from loaders.errors import SourceError
from loaders.office.office_files import READERS, office_pages
from loaders.pages.page import Audit, Outcome, Reading

READER = "plain"
MOST_BYTES = 50_000_000


def is_plain(path: Path) -> bool:
    """Whether the file's ending says that it is text, and not pages."""
    return path.suffix.lower() in PLAIN_SUFFIXES | READERS.keys()


def read_plain(path: Path) -> list[Reading]:
    """The file's pages: form feeds part them, most files have one.

    Raises:
        SourceError: The file is missing, too large, or no text.
    """
    if path.suffix.lower() in READERS:
        return _office_readings(path)
    markup = markup_of_text(_text(path), path.suffix)
    if not any(page.strip() for page in markup):
        raise SourceError(str(path), "the file is empty")
    return [
        Reading(page, Outcome.OK if text.strip() else Outcome.BLANK, text, READER)
        for page, text in enumerate(markup)
    ]


def _office_readings(path: Path) -> list[Reading]:
    """Each page with its name and with what of it was not read."""
    pages = office_pages(str(path), path.suffix, _data(path))
    if not any(page.markup for page in pages):
        raise SourceError(str(path), "no text is in the file")
    return [
        Reading(
            number,
            Outcome.OK if page.markup else Outcome.BLANK,
            page.markup,
            READER,
            detail="; ".join(page.notes),
            audit=Audit(label=page.label, notes=page.notes),
        )
        for number, page in enumerate(pages)
    ]


def _data(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(str(path), "larger than 50 MB of text; split it")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})") from error


def _text(path: Path) -> str:
    data = _data(path)
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is no UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise SourceError(str(path), "is no text, whatever its name says")
    return text
