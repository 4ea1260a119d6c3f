"""The web page and the documents API, put into the server's application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pagewise.library import Library
from pagewise.web.access import Access
from pagewise.web.conversation_routes import conversation_router
from pagewise.web.documents_api import documents_router, jobs_router, parts_router
from pagewise.web.jobs import Jobs
from pagewise.web.library_routes import library_router
from pagewise.web.login_routes import login_router
from pagewise.web.page_pngs import PagePngs
from pagewise.web.templating import HEADERS, STATIC

UPLOAD_PATHS = ("/documents", "/ui/documents")
"""Where a request may bring files."""
_SMALLEST = 1000


def mount_web(app: FastAPI, library: Library, access: Access | None) -> None:
    """Everything that a browser asks for, and the API that it stands on."""
    jobs, pngs = _jobs(library), PagePngs(library)
    app.include_router(documents_router(library, jobs))
    app.include_router(parts_router(library, pngs))
    app.include_router(jobs_router(jobs))
    app.include_router(conversation_router(library, jobs, has_key=access is not None))
    app.include_router(library_router(library, jobs, pngs))
    if access is not None:
        app.include_router(login_router(access))
    app.mount("/static", _Static(directory=STATIC))
    app.router.lifespan_context = partial(_until_the_end, pngs, jobs)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST)


@asynccontextmanager
async def _until_the_end(pngs: PagePngs, jobs: Jobs, app: FastAPI) -> AsyncIterator[None]:
    yield
    pngs.close()
    jobs.close()


def _jobs(library: Library) -> Jobs:
    """What is sent is read by this server; with a queue, by workers."""
    if not library.settings.has_queue:
        return Jobs(library)
    from pagewise.web.shared_jobs import SharedJobs

    return SharedJobs(library)


class _Static(StaticFiles):
    """Files whose addresses change with them, so that a browser need not ask again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kept = {"cache-control": "private, max-age=31536000, immutable"}
        response.headers.update({**HEADERS, **kept})
        return response
