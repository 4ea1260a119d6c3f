"""What can go wrong, as a user would name it.

PagewiseError            one line: what, where, what to do
├── UsageError           the command or the question is not well formed
├── SourceError          a document cannot be opened, or is not one
├── PageError            one page could not be read
├── LibraryError         the library is locked, damaged, full, or built with another model
└── ModelError           a model refused, failed, or has no quota left

Foreign exceptions are translated at the door of the module that meets them; `main.py` alone prints.
"""

from __future__ import annotations

from typing import ClassVar

NOT_REGULAR = "is no regular file (a device, a pipe or a socket); such a thing may never end"


def without_page(pages: int, number: int) -> str:
    """What is wrong with a document of so many pages that is asked for this one, from 1."""
    return f"has {pages} page{'' if pages == 1 else 's'}, and no page {number}"


class PagewiseError(Exception):
    """A failure that the person at the terminal can act on."""

    exit_code: ClassVar[int] = 1
    """As the command line ends: 1 failed, 2 wrong usage, 3 done but incomplete."""


class UsageError(PagewiseError):
    """The command or the question is not well formed."""

    exit_code = 2


class SourceError(PagewiseError):
    """A document cannot be opened, or is not one."""

    def __init__(self, source: str, reason: str) -> None:
        # A name whose bytes are no UTF-8 could not be printed.
        source = source.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        super().__init__(f"{source}: {reason}")
        self.source, self.reason = source, reason


class FileChangedError(SourceError):
    """A file was saved while it was read: its pages would be of two versions."""

    def __init__(self, source: str) -> None:
        super().__init__(source, "was saved while it was read; run it again")


class PageError(PagewiseError):
    """One page could not be read; `page` is counted from 0, the message from 1."""

    def __init__(self, source: str, page: int, reason: str) -> None:
        super().__init__(f"{source}, page {page + 1}: {reason}")
        self.source, self.page, self.reason = source, page, reason


class LibraryError(PagewiseError):
    """The library is locked, damaged, full, or built with another model."""


class NameTakenError(LibraryError):
    """Another file has got the name since it was chosen; a longer one is to be had."""


class DamagedIndexError(LibraryError):
    """An index that is made from the library cannot be read; it is made again."""


class ModelError(PagewiseError):
    """A model refused, failed, or has no quota left."""
