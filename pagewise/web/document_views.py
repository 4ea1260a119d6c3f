"""A document as the API gives it: its line, contents, tables, pictures, file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request, Response
from fastapi.responses import FileResponse

from graph.answer import Box
from graph.overview.headings import contents_of
from loaders.chunking.markup import parse_markup
from loaders.errors import PageError, SourceError
from loaders.storing.records import DocumentRecord
from pagewise.render.markdown_json import block_json
from pagewise.source_files import original_of
from pagewise.web.api_models import DocumentDetails, DocumentPage, DocumentTable, Section
from pagewise.web.document_ids import id_of

if TYPE_CHECKING:
    from pagewise.library import Library
    from pagewise.web.page_pngs import PagePngs

MOST_HIGHLIGHTS = 50


def line(record: DocumentRecord) -> dict[str, Any]:
    """A document in a list."""
    return {
        "id": id_of(record.name),
        "document": record.name,
        "title": record.title,
        "pages": record.pages,
        "reader": record.reader,
        "sha256": record.sha256,
        "bytes": record.bytes,
        "indexed_at": record.indexed_at,
    }


def details(library: Library, record: DocumentRecord) -> DocumentDetails:
    """A document with its contents and its pages."""
    readings = library.readings(record.name)
    headings = contents_of(record, library.store.chunks_of(record.name))
    return DocumentDetails(
        **line(record),
        sections=[Section(level=one.level, text=one.text, page=one.page + 1) for one in headings],
        outcomes=Counter(str(reading.outcome) for reading in readings),
        usd=round(sum(reading.usage.usd for reading in readings), 6),
        page_list=[
            DocumentPage(page=reading.page + 1, label=reading.label, outcome=str(reading.outcome))
            for reading in readings
        ],
    )


def tables_of(library: Library, record: DocumentRecord) -> list[DocumentTable]:
    """The tables of a document, in order."""
    return [
        DocumentTable(
            page=reading.page + 1, label=reading.label, **{key: told[key] for key in _OF_TABLES}
        )
        for reading in library.readings(record.name)
        for block in parse_markup(reading.markup)
        if block.table is not None
        for told in [block_json(block)]
    ]


_OF_TABLES = ("caption", "rows", "box")


def png_response(
    pngs: PagePngs, record: DocumentRecord, page: int, request: Request, highlight: Sequence[str]
) -> Response:
    """A page's picture; a client that has it is told so."""
    boxes = boxes_of(highlight)
    tag = f'"{record.sha256[:16]}-{page}-{hash(tuple(boxes)) & 0xFFFFFFFF:x}"'
    headers = {"etag": tag, "cache-control": "private, max-age=86400"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        png, width, _ = pngs.page(record, page)
    except (PageError, SourceError) as error:
        raise HTTPException(404, error.reason) from error
    if boxes:
        from pagewise.terminal.page_picture import framed  # Pillow, only to draw

        png = framed(png, boxes, width)
    return Response(png, media_type="image/png", headers=headers)


def boxes_of(texts: Sequence[str]) -> list[Box]:
    """Boxes as an address has them.

    Raises:
        HTTPException: 422, they are none.
    """
    if len(texts) > MOST_HIGHLIGHTS:
        raise HTTPException(422, f"at most {MOST_HIGHLIGHTS} places are highlighted")
    try:
        boxes = [tuple(float(edge) for edge in text.split(",")) for text in texts]
    except ValueError:
        boxes = [()]
    found: list[Box] = [
        (box[0], box[1], box[2], box[3])
        for box in boxes
        if len(box) == 4 and all(-1e5 < edge < 1e5 for edge in box)
        if box[0] <= box[2] and box[1] <= box[3]
    ]
    if len(found) < len(texts):
        raise HTTPException(422, "a highlight is left,top,right,bottom in points")
    return found


def original(library: Library, record: DocumentRecord) -> FileResponse:
    """The file that was read; what a browser could run is saved, not opened."""
    try:
        path = original_of(record, library.settings.home / "downloads")
    except SourceError as error:
        raise HTTPException(404, error.reason) from error
    with path.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    return FileResponse(
        path,
        media_type="application/pdf" if is_pdf else "application/octet-stream",
        filename=record.name.rpartition("/")[2],
        content_disposition_type="inline" if is_pdf else "attachment",
    )
