"""A document as the API gives it: its line, contents, tables, pictures, file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi import HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from graph.overview.headings import contents_of
from loaders.errors import PageError, SourceError
from loaders.pages.word import Box
from loaders.storing.truth.records import DocumentRecord
from pagewise.indexing.source_files import original_of
from pagewise.library import Library
from pagewise.render.exported_tables import tables_of
from pagewise.render.spreadsheet import VALUE_HEADINGS, value_rows, write_csv, write_workbook
from pagewise.web.api_models import DocumentDetails, TablePlace
from pagewise.web.page_pngs import PagePngs

MOST_HIGHLIGHTS = 50
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def details(library: Library, record: DocumentRecord) -> DocumentDetails:
    """A document with its contents and its pages."""
    readings = library.readings(record.name)
    told = {
        "sections": contents_of(record, library.store.chunks_of(record.name)),
        "outcomes": Counter(str(reading.outcome) for reading in readings),
        "usd": round(sum(reading.usage.usd for reading in readings), 6),
        "page_list": readings,
    }
    return DocumentDetails.model_validate(asdict(record) | told)


def table_places(library: Library, record: DocumentRecord) -> list[TablePlace]:
    """Where the tables of a document stand."""
    return [
        TablePlace.model_validate(chunk.metadata)
        for chunk in library.store.chunks_of(record.name)
        if chunk.metadata["kind"] == "table" and not chunk.metadata.get("piece")
    ]


def tables_response(library: Library, record: DocumentRecord, form: str) -> Response:
    """The tables of a document as `tables` writes them.

    Raises:
        HTTPException: 501, what writes workbooks is not installed.
    """
    tables = tables_of(library.store, record.name)
    file, text = BytesIO(), StringIO()
    if form == "json":
        return JSONResponse([table.model_dump(mode="json") for table in tables])
    if form == "csv":
        write_csv([VALUE_HEADINGS, *value_rows(tables)], text)
        file.write(text.getvalue().encode("utf-8-sig"))  # the mark that spreadsheets know UTF-8 by
    else:
        try:
            write_workbook(tables, file)
        except ImportError as error:
            raise HTTPException(501, f"{error}; install the extra `office`") from error
    name = quote(f"{PurePosixPath(record.name).stem}.{form}", safe="")
    headers = {
        "content-disposition": f"attachment; filename*=utf-8''{name}",
        "x-content-type-options": "nosniff",
    }
    return Response(file.getvalue(), media_type=MEDIA_TYPES[form], headers=headers)


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
        path = original_of(record, library.settings)
    except SourceError as error:
        raise HTTPException(404, error.reason) from error
    with path.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    return FileResponse(
        path,
        headers={"x-content-type-options": "nosniff"},
        media_type="application/pdf" if is_pdf else "application/octet-stream",
        filename=record.name.rpartition("/")[2],
        content_disposition_type="inline" if is_pdf else "attachment",
    )
