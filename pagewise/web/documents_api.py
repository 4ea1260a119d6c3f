"""Documents over HTTP: list, send, look at, audit, remove; ids are hashes, pages count from 1."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from pagewise.indexing.ledger_report import AuditedPage
from pagewise.library import Library
from pagewise.render.exported_tables import ExportedTable
from pagewise.web.api_models import DocumentDetails, DocumentLine, JobStatus
from pagewise.web.document_ids import require_document, require_page
from pagewise.web.document_views import details, original, png_response, tables_response
from pagewise.web.jobs import Jobs
from pagewise.web.page_pngs import PagePngs
from pagewise.web.uploads import receive, remove

_FORM = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "PDF, Office, pictures, Markdown, HTML, text, e-mail.",
                        },
                        "url": {"type": "string", "description": "Of a public PDF."},
                    },
                }
            }
        }
    }
}
_PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}, "description": "The page as it is printed."}
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "JobStatus, as it changes."}
}

Highlights = Annotated[
    list[str] | None,
    Query(description="`left,top,right,bottom` in points, framed in the picture; several may be."),
]


def documents_router(library: Library, jobs: Jobs) -> APIRouter:
    """List, send, look at, remove."""
    router = APIRouter(tags=["documents"])

    @router.get("/documents")
    def list_documents() -> list[DocumentLine]:
        """What the library holds, by name."""
        return [*map(DocumentLine.model_validate, library.documents())]

    @router.post("/documents", status_code=202, openapi_extra=_FORM)
    async def add_documents(request: Request) -> JobStatus:
        """Send files, or name a URL; they are read by the job that is given back."""
        return jobs.status(await receive(request, library, jobs))

    @router.get("/documents/{document_id}")
    def get_document(document_id: str) -> DocumentDetails:
        """A document with its contents, and the outcome of each page."""
        return details(library, require_document(library, document_id))

    @router.delete("/documents/{document_id}", status_code=204)
    async def remove_document(document_id: str) -> None:
        """Take a document out of the library, with its pages, passages and its file if sent."""
        await remove(library, require_document(library, document_id))

    return router


def parts_router(library: Library, pngs: PagePngs) -> APIRouter:
    """What there is of one document: pictures, tables, audit, the file."""
    router = APIRouter(tags=["documents"])

    @router.get("/documents/{document_id}/pages/{number}.png", responses=_PNG)
    def page_picture(
        request: Request, document_id: str, number: int, highlight: Highlights = None
    ) -> Response:
        """The page's picture, with what is highlighted framed."""
        record = require_document(library, document_id)
        return png_response(pngs, record, require_page(record, number), request, highlight or [])

    @router.get("/documents/{document_id}/tables", response_model=list[ExportedTable])
    def get_tables(document_id: str, format: Literal["json", "csv", "xlsx"] = "json") -> Response:
        """The tables as they were read: whole, or as a line for every value, or a workbook."""
        return tables_response(library, require_document(library, document_id), format)

    @router.get("/documents/{document_id}/audit")
    def get_audit(document_id: str) -> list[AuditedPage]:
        """The ledger: each page, its outcome, its doubts, what it cost."""
        record = require_document(library, document_id)
        return [*map(AuditedPage.model_validate, library.readings(record.name))]

    @router.get("/documents/{document_id}/original")
    def get_original(document_id: str) -> FileResponse:
        """The file that was read; only a PDF opens in the browser."""
        return original(library, require_document(library, document_id))

    return router


def jobs_router(jobs: Jobs) -> APIRouter:
    """How far uploads are."""
    router = APIRouter(tags=["jobs"])

    @router.get("/jobs/{job_id}")
    def get_job(job_id: str) -> JobStatus:
        """How far an upload is."""
        return jobs.status(job_id)

    @router.delete("/jobs/{job_id}")
    async def stop_job(job_id: str) -> JobStatus:
        """Stop an upload after the page under way; what was read is kept, and not read again."""
        return await jobs.stop(job_id)

    @router.get("/jobs/{job_id}/events", responses=_EVENTS, response_class=StreamingResponse)
    def job_events(job_id: str) -> StreamingResponse:
        """The same as server-sent events: one for each change, the last when it has ended."""
        jobs.status(job_id)

        async def events() -> AsyncIterator[str]:
            async for status in jobs.changes(job_id):
                yield f"data: {status.model_dump_json()}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    return router
