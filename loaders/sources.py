"""From what the user named to the files that will be read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES
from loaders.download import Policy, fetch
from loaders.errors import NOT_REGULAR, SourceError
from loaders.office.office_files import READERS
from loaders.web_address import is_web_address

READABLE = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", *PLAIN_SUFFIXES, *READERS}
"""Endings of the files that are taken from a folder."""
NOT_THERE = "no such file or folder; check the spelling and the path"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and where it is from: its absolute path, or the URL it was fetched from."""

    path: Path
    origin: str


def find_sources(
    names: Iterable[str],
    downloads: Path | None = None,
    policy: Policy | None = None,
    *,
    on_error: Callable[[SourceError], None] | None = None,
    on_skip: Callable[[SourceError], None] = lambda skipped: None,
) -> list[Source]:
    """Resolve URLs, files and folders (searched through, in name order) to files, each once.

    URLs are fetched into `downloads` under `policy`; without a folder they are refused.
    With `on_error` a name that leads nowhere is told there, and the others are still found;
    `on_skip` is told of each file in a folder that is left alone, and why.

    Raises:
        SourceError: A name does not exist, nothing in a folder can be read, or a URL is no
            public PDF.
    """
    found: dict[str, Source] = {}
    for name in dict.fromkeys(names):
        try:
            for source in _resolve(name, downloads, policy, on_skip):
                found.setdefault(source.origin, source)
        except SourceError as error:
            if on_error is None:
                raise
            on_error(error)
    return list(found.values())


def _resolve(
    name: str,
    downloads: Path | None,
    policy: Policy | None,
    on_skip: Callable[[SourceError], None],
) -> Iterator[Source]:
    if is_web_address(name):
        if downloads is None:
            raise SourceError(name, "not fetched while offline; download the file and name it")
        yield Source(fetch(name, downloads, policy), name)
        return
    for path in _expand(name, on_skip):
        yield Source(path, shown_path(path.resolve()))


def shown_path(path: Path) -> str:
    """As text that can be kept and compared: bytes that are no UTF-8 are spelt, letters composed.

    A disk may tell an accented letter as one sign or as two; to people it is one name.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def _expand(name: str, on_skip: Callable[[SourceError], None]) -> Iterator[Path]:
    if not name:  # an unset variable of a shell; a path of no letters is the folder one is in
        raise SourceError("''", "an empty name; for the folder that you are in write .")
    path = Path(name)
    try:
        is_folder, is_file, exists = path.is_dir(), path.is_file(), path.exists()
    except (OSError, ValueError) as error:
        raise SourceError(repr(name), "not a usable file name") from error
    if is_file:
        yield path
        return
    if not is_folder:
        raise SourceError(name, NOT_REGULAR if exists else NOT_THERE)
    reasons = {file: _why_not(file, inside=path) for file in _files_in(path, on_skip)}
    files = [file for file, reason in reasons.items() if not reason]
    for file, reason in reasons.items():
        if reason:
            on_skip(SourceError(shown_path(file), reason))
    if not files:
        raise SourceError(name, "nothing in the folder can be read; name a file or another folder")
    yield from files


def _files_in(folder: Path, on_skip: Callable[[SourceError], None]) -> list[Path]:
    """Sorted; a folder that cannot be opened is told, and what is hidden is nobody's document."""

    def failed(error: OSError) -> None:
        on_skip(SourceError(str(error.filename), f"cannot be opened ({error.strerror})"))

    found = os.walk(folder, onerror=failed)
    files = (Path(place) / name for place, _, names in found for name in names)
    return sorted(file for file in files if not _is_hidden(file.relative_to(folder)))


def _is_hidden(file: Path) -> bool:
    """`~$` begins the lock file of an open Office document."""
    return any(part.startswith((".", "~$")) for part in file.parts)


def _why_not(file: Path, *, inside: Path) -> str:
    """Why a file of a folder is left alone: naming a folder names what is in it, and no more."""
    if file.suffix.lower() not in READABLE:
        return "of no kind that is read"
    if not file.exists():
        return "the link leads nowhere"
    if not file.resolve().is_relative_to(inside.resolve()):
        return "a link that leads out of the folder"
    return "" if file.is_file() else NOT_REGULAR


def document_name(source: Source, origin_of: Callable[[str], str | None]) -> str:
    """The shortest end of the path or URL that no other document of the library has as its name.

    `origin_of` tells of each name the origin of its document, None if it has none.
    """
    parts = _parts(source)
    for length in range(1, len(parts) + 1):
        name = "/".join(parts[-length:])
        if origin_of(name) in {None, source.origin}:
            return name
    return source.origin


def _parts(source: Source) -> list[str]:
    if not is_web_address(source.origin):
        return list(Path(source.origin).parts)
    address = source.origin.partition("://")[2].partition("?")[0].partition("#")[0]
    host, *folders = address.rstrip("/").split("/")
    return [host, *(folder for folder in folders[:-1] if folder), source.path.name]


def parse_pages(text: str) -> list[int]:
    """`1-5,9` as people count to `[0, 1, 2, 3, 4, 8]` as the program does.

    Raises:
        ValueError: The text is not a list of pages.
    """
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        start, end = int(first), int(last if dash else first)
        if start < 1 or end < start or end - start > 1_000_000:
            raise ValueError(f"no such range of pages: {part.strip()}")
        pages.update(range(start - 1, end))
    return sorted(pages)
