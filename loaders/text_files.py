"""Files that hold their text as such: Markdown, HTML, CSV, Word, Excel, e-mail; no reader."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES, markup_of_text
from loaders.errors import NOT_REGULAR, SourceError
from loaders.office.office_files import READERS, office_pages
from loaders.pages.page import Audit, Outcome, Reading

READER = "plain"
MOST_BYTES = 50_000_000


def is_plain(path: Path) -> bool:
    """Whether the file's ending says that it is text, and not pages."""
    return path.suffix.lower() in PLAIN_SUFFIXES | READERS.keys()


def read_plain(path: Path) -> tuple[list[Reading], str]:
    """The file's pages, and the hash of what was read: it may be saved again meanwhile.

    Form feeds part pages; most files have one.

    Raises:
        SourceError: The file is missing, too large, or no text.
    """
    data = _data(path)
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() in READERS:
        return _office_readings(path, data), digest
    markup = markup_of_text(_text(path, data), path.suffix)
    readings = [
        Reading(page, Outcome.OK if text.strip() else Outcome.BLANK, text, READER)
        for page, text in enumerate(markup)
    ]
    return readings, digest


def _office_readings(path: Path, data: bytes) -> list[Reading]:
    """Each page with its name and with what of it was not read."""
    pages = office_pages(str(path), path.suffix, data)
    if not any(page.markup for page in pages):
        raise SourceError(str(path), "no text is in the file")
    return [
        Reading(
            number,
            Outcome.OK if page.markup else Outcome.BLANK,
            page.markup,
            READER,
            audit=Audit(label=page.label, notes=page.notes),
        )
        for number, page in enumerate(pages)
    ]


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
