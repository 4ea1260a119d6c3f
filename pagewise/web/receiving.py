"""What a form brings into the library, and what goes with a document that leaves it."""

import asyncio
from pathlib import Path

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile

from loaders.errors import SourceError
from loaders.storing.truth.records import DocumentRecord
from loaders.web_address import is_web_address
from pagewise.library import Library
from pagewise.web import uploads
from pagewise.web.jobs import Jobs


async def receive(request: Request, library: Library, jobs: Jobs) -> str:
    """Keep what a form brings and begin to read it; the job's id.

    Raises:
        HTTPException: The form brings nothing, or nothing that can be read.
    """
    names, sources, failures = list[str](), list[str](), list[str]()
    async with request.form(max_files=uploads.MOST_FILES, max_fields=uploads.MOST_FILES) as form:
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
        return str(uploads.keep(sent.file, sent.filename or "", library.settings.home))
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
        uploads.discard(Path(record.source), library.settings.home)
