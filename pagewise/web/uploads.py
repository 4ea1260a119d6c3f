"""Files that somebody sends: looked into before they are kept, and named by us.

What a file is, its first bytes say. Its own name becomes the end of a path only after everything
that means something to a file system has been taken out of it.
"""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import shutil
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import quote

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile

from loaders.chunking.markup_of_text import PLAIN_SUFFIXES
from loaders.download import file_name
from loaders.errors import SourceError
from loaders.office.office_files import OLD, READERS
from loaders.storing.truth.records import DocumentRecord
from loaders.web_address import is_web_address
from pagewise.library import Library
from pagewise.web.jobs import Jobs

MOST_BYTES = 256 * 1024**2
MOST_FILES = 50
FOLDER = "uploads"
_HEAD = 1 << 16
_PDF_WITHIN = 1024
_ARCHIVE = b"PK\x03\x04"
"""What office files and e-books begin with; e-mail is text."""
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
}


def keep(file: IO[bytes], name: str, home: Path) -> Path:
    """Put a file that was sent into the library's folder; the same one again comes to its place.

    Raises:
        SourceError: It is nothing that can be read.
    """
    file.seek(0)
    suffix = kind_of(file.read(_HEAD), name)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    path = home / FOLDER / digest[:12] / safe_name(name, suffix)
    file.seek(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    part.replace(path)
    return path


def kind_of(head: bytes, name: str) -> str:
    """The ending that a file's first bytes deserve.

    Raises:
        SourceError: It is nothing that can be read.
    """
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return ".pdf"
    for magic, suffix in _PICTURES.items():
        if head.startswith(magic):
            return suffix
    ending = PurePosixPath(name).suffix.lower()
    if ending in READERS and (head.startswith((_ARCHIVE, OLD)) or _is_text(head)):
        return ending
    if ending in PLAIN_SUFFIXES and _is_text(head):
        return ending
    raise SourceError(name, "is no document, picture or text that can be read")


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def safe_name(name: str, suffix: str) -> str:
    """A name that is safe on every system, with the ending that the content deserves."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last[: -len(PurePosixPath(last).suffix)] if PurePosixPath(last).suffix else last
    return file_name(f"upload:///{quote(stem, safe='')}").removesuffix(".pdf") + suffix


def discard(path: Path, home: Path) -> None:
    """Delete a file that was sent, and nothing else."""
    folder = home.resolve() / FOLDER
    if path.is_relative_to(folder) and path != folder:
        path.unlink(missing_ok=True)
        if path.parent != folder and not any(path.parent.iterdir()):
            path.parent.rmdir()


async def receive(request: Request, library: Library, jobs: Jobs) -> str:
    """Keep what a form brings and begin to read it; the job's id.

    Raises:
        HTTPException: The form brings nothing, or nothing that can be read.
    """
    names, sources, failures = list[str](), list[str](), list[str]()
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
        for value in [*form.getlist("file"), *form.getlist("url")]:
            if isinstance(value, UploadFile):
                if not value.filename:  # the field of a form in which nothing was chosen
                    continue
                names.append(value.filename)
                kept = await asyncio.to_thread(_kept, value, library)
                (failures if isinstance(kept, SourceError) else sources).append(str(kept))
            elif value.strip():
                names.append(value.strip())
                sources.append(_web_address(value.strip()))
    if not names:
        raise HTTPException(422, "send one or more files as `file`, or an address as `url`")
    if not sources:
        raise HTTPException(415, "; ".join(failures))
    return await jobs.start(names, sources, failures)


def _kept(sent: UploadFile, library: Library) -> SourceError | str:
    try:
        return str(keep(sent.file, sent.filename or "", library.settings.home))
    except SourceError as error:
        return error


def _web_address(text: str) -> str:
    """Only an address: a path would let clients read files of the server."""
    if not is_web_address(text):
        raise HTTPException(422, f"{text}: not an address; it begins with https://")
    return text


async def remove(library: Library, record: DocumentRecord) -> None:
    """Take a document out of the library, and its file if it was sent."""
    await library.aremove(record.name)
    if all(other.source != record.source for other in await library.adocuments()):
        discard(Path(record.source), library.settings.home)
