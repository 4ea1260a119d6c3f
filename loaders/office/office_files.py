"""Which kinds of office files are read, and how a file that cannot be is named."""

from __future__ import annotations

import io
from importlib import import_module
from zipfile import BadZipFile, ZipFile

from loaders.errors import SourceError
from loaders.office.office_page import OfficePage

READERS = {
    ".docx": ("word_file", "word_pages"),
    ".pptx": ("slides_file", "slide_pages"),
    ".xlsx": ("sheet_file", "sheet_pages"),
    ".xlsm": ("sheet_file", "sheet_pages"),
    ".eml": ("mail_file", "mail_pages"),
    ".epub": ("book_file", "book_pages"),
}
"""Loaded when they are needed: each has a library of its own."""
OLD = b"\xd0\xcf\x11\xe0"
"""Files of the older formats begin so, and those that a password protects."""
MOST_UNPACKED = 1_000_000_000


def office_pages(name: str, suffix: str, data: bytes) -> list[OfficePage]:
    """The pages of a file of one of these kinds.

    Raises:
        SourceError: It is damaged, protected, another kind than its name says, or too large.
    """
    if data.startswith(OLD):
        raise SourceError(name, f"protected by a password, or of an older format; save as {suffix}")
    module, function = READERS[suffix.lower()]
    try:
        if suffix.lower() != ".eml":
            require_room(name, data)
        pages: list[OfficePage] = getattr(import_module(f"loaders.office.{module}"), function)(data)
    except ModuleNotFoundError as error:
        told = f"needs {error.name}; pip install -c constraints.txt -e '.[office]'"
        raise SourceError(name, told) from error
    except SourceError:
        raise
    except Exception as error:
        cause = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise SourceError(name, f"damaged, or no {suffix} file ({cause})") from error
    return pages


def require_room(name: str, data: bytes) -> None:
    """A few bytes may claim to unpack to any size; more than they claim is never unpacked."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except BadZipFile as error:
        raise SourceError(name, f"damaged, or no such file as its name says ({error})") from error
    if size > MOST_UNPACKED:
        raise SourceError(name, f"larger than {MOST_UNPACKED // 10**6} MB when it is unpacked")
