"""The documents of the page: the list, uploads and their progress, pages, the audit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from markupsafe import Markup

from loaders.chunking.markup import parse_markup
from loaders.errors import PageError, SourceError
from loaders.pages.geometry import grown
from loaders.pages.page import Reading
from loaders.reading.auditing.audit import doubts_in
from pagewise import console
from pagewise.indexing.ledger_report import doubts_of
from pagewise.library import Library
from pagewise.render.html_block import shown_block
from pagewise.web import suggestions
from pagewise.web.document_ids import require_document, require_page
from pagewise.web.document_rows import document_rows
from pagewise.web.document_views import boxes_of, details, table_places
from pagewise.web.jobs import Jobs
from pagewise.web.page_pngs import PagePngs
from pagewise.web.templating import HEADERS, event, page, partial, render, texts_for
from pagewise.web.texts import Texts
from pagewise.web.uploads import receive, remove

MARGIN = 3.0
"""Points between what is cited and its frame."""
Boxes = Annotated[list[str] | None, Query()]


def library_router(library: Library, jobs: Jobs, pngs: PagePngs) -> APIRouter:
    """The documents beside the conversation."""
    router = APIRouter(include_in_schema=False)

    @router.post("/ui/documents")
    async def add_documents(request: Request) -> HTMLResponse:
        job = jobs.status(await receive(request, library, jobs))
        return page("job.html", texts_for(request), job=job)

    @router.get("/ui/jobs/{job_id}/events")
    def job_events(request: Request, job_id: str) -> StreamingResponse:
        jobs.status(job_id)
        events = _progress(library, jobs, job_id, texts_for(request))
        return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)

    @router.delete("/ui/documents/{document_id}")
    async def remove_document(request: Request, document_id: str) -> HTMLResponse:
        await remove(library, require_document(library, document_id))
        t = texts_for(request)
        return HTMLResponse(await asyncio.to_thread(_changed, library, t), headers=HEADERS)

    @router.get("/ui/documents/{document_id}")
    def audit(request: Request, document_id: str) -> HTMLResponse:
        record = require_document(library, document_id)
        readings = library.readings(record.name)
        return page(
            "audit.html",
            texts_for(request),
            document=details(library, record),
            readings=[(reading, [*map(console.plain, doubts_of(reading))]) for reading in readings],
            tables=table_places(library, record),
        )

    @router.get("/ui/documents/{document_id}/pages/{number}")
    def page_view(
        request: Request, document_id: str, number: int, box: Boxes = None, at: int = 0
    ) -> HTMLResponse:
        record = require_document(library, document_id)
        index = require_page(record, number)
        reading = library.readings(record.name)[index]
        boxes, trouble, width, height = boxes_of(box or []), "", 0.0, 0.0
        try:
            _, width, height = pngs.page(record, index)
        except (PageError, SourceError) as error:
            trouble = console.plain(error.reason)
        return page(
            "page_view.html",
            texts_for(request),
            id=document_id,
            name=console.plain(record.name),
            number=number,
            pages=record.pages,
            label=console.plain(reading.label),
            version=record.sha256[:12],
            width=width,
            height=height,
            trouble=trouble,
            frames=[
                (left, top, right - left, bottom - top)
                for left, top, right, bottom in (grown(box, MARGIN) for box in boxes)
            ],
            boxes=box or [],
            at=min(at, len(boxes)) or min(1, len(boxes)),
            outcome=str(reading.outcome),
            text=_text(reading),
        )

    return router


async def _progress(library: Library, jobs: Jobs, job_id: str, t: Texts) -> AsyncIterator[str]:
    """How far an upload is; when it has ended, the list and what could be asked."""
    async for job in jobs.changes(job_id):
        yield event(Markup(render("job_state.html", t, job=job)))
    yield event(await asyncio.to_thread(_changed, library, t))
    yield "event: over\ndata: over\n\n"


def _changed(library: Library, t: Texts) -> Markup:
    """All of the page that says which documents there are."""
    values = {"rows": document_rows(library), "suggestions": suggestions.latest(library)}
    return Markup().join(
        partial(f"#{part}", "innerHTML", Markup(render(f"{part}.html", t, **values)))
        for part in ("documents", "scope", "welcome")
    )


def _text(reading: Reading) -> Markup:
    """The page as it was read; the block's writer escapes all that is not its own."""
    blocks = parse_markup(console.plain(reading.markup))
    return Markup("\n").join(
        Markup(shown_block(block, doubts_in(reading.markup, reading.audit))) for block in blocks
    )
