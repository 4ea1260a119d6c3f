"""What a document is called in an address: a hash, which leads nowhere but into the library."""

from __future__ import annotations

import hashlib

from fastapi import HTTPException

from loaders.errors import without_page
from loaders.storing.truth.records import DocumentRecord
from pagewise.library import Library

_LENGTH = 20


def id_of(name: str) -> str:
    """The id of the document with this name; names are unique in a library, contents are not."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def require_document(library: Library, document_id: str) -> DocumentRecord:
    """The document with this id.

    Raises:
        HTTPException: 404, there is none.
    """
    for record in library.documents():
        if id_of(record.name) == document_id:
            return record
    raise HTTPException(404, "the library has no document with this id")


def require_page(record: DocumentRecord, number: int) -> int:
    """The page with this number, which counts from 1, counted from 0.

    Raises:
        HTTPException: 404, there is none.
    """
    if not 1 <= number <= record.pages:
        raise HTTPException(404, f"{record.name} {without_page(record.pages, number)}")
    return number - 1
