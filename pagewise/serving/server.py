"""HTTP: LangServe's routes for the library, health, and errors that say what is wrong."""

from __future__ import annotations

import errno
import warnings
from importlib.util import find_spec
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from langserve import add_routes
from langserve.serialization import WellKnownLCSerializer
from langserve.server import EndpointName
from pydantic import ValidationError
from sse_starlette.sse import AppStatus
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from loaders.errors import LibraryError, ModelError, PagewiseError, UsageError
from pagewise.library import Library
from pagewise.serving.guard import NAMES, Guard, Limits, Refusal, problem, require_key
from pagewise.serving.listening import run_app
from pagewise.serving.openai_route import openai_router
from pagewise.serving.runnable import Answering
from pagewise.serving.schemas import faults_in
from pagewise.web.access import Access
from pagewise.web.mounting import UPLOAD_PATHS, mount_web

PATH = "/pagewise"
ENDPOINTS: tuple[EndpointName, ...] = (
    "invoke",
    "batch",
    "stream",
    "stream_log",  # what the playground reads
    "stream_events",
    "playground",
    "input_schema",
    "output_schema",
    "config_schema",
    "config_hashes",  # where the playground sends what has a thread
)
STATUS: dict[type[PagewiseError], int] = {UsageError: 400, LibraryError: 409, ModelError: 502}


class TolerantSerializer(WellKnownLCSerializer):
    """Events carry what nodes and retrievers are given; what is no JSON is shown as text."""

    def dumps(self, obj: Any) -> bytes:
        return orjson.dumps(obj, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    return dump() if callable(dump) else str(value)


def build_app(library: Library, *, key: str = "", limits: Limits | None = None) -> ASGIApp:
    """The application, guarded; with a `key` every request but `/health` must carry it."""
    app = FastAPIOffline(  # FastAPI's own /docs loads its program from a CDN
        redoc_url=None,
        title="Pagewise",
        description="Ask your PDFs. Every answer names its page, and every number in it has been "
        "checked against that page.",
    )
    router = APIRouter()  # added to the application itself, LangServe prints a banner
    add_routes(
        router,
        Answering(library),
        path=PATH,
        enabled_endpoints=ENDPOINTS,
        serializer=TolerantSerializer(),
    )
    app.include_router(router)
    app.include_router(openai_router(library))

    @app.get("/health")
    async def health() -> dict[str, str]:
        """Whether the server is up."""
        return {"status": "ok"}

    access = Access(key) if key else None
    mount_web(app, library, access)
    if find_spec("mcp"):
        from pagewise.serving.mcp_server import mount_tools

        mount_tools(app, library)

    app.add_exception_handler(PagewiseError, _failed)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(Refusal, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ValidationError, _invalid)
    app.add_exception_handler(RecursionError, _invalid)
    app.add_exception_handler(OSError, _no_file)
    return Guard(app, access, limits=limits, uploads=UPLOAD_PATHS)


def _failed(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, HTTPException):
        return JSONResponse(problem("HTTPError", str(error.detail)), error.status_code)
    if isinstance(error, Refusal):
        return JSONResponse(problem(NAMES[error.status], str(error)), error.status)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    return JSONResponse(problem(type(error).__name__, str(error)), status)


def _no_file(request: Request, error: Exception) -> JSONResponse:
    """A path that a file could not have; other failures of the system are ours."""
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return JSONResponse(problem("NotFound", "there is nothing at this address"), 404)
    raise error


def _invalid(request: Request, error: Exception) -> JSONResponse:
    causes = error.errors() if isinstance(error, RequestValidationError | ValidationError) else []
    return JSONResponse(problem("InvalidRequest", faults_in(causes) or "not usable JSON"), 422)


def serve(library: Library, *, host: str = "127.0.0.1", port: int = 8000, key: str = "") -> None:
    """Answer until told to stop; answers under way are finished first.

    Raises:
        UsageError: The address cannot be had, or is open to others and no key was given.
    """
    require_key(host, key)
    warnings.filterwarnings("ignore", "astream_log is deprecated")  # the playground knows no other
    # Else every stream is cut as soon as the server is told to stop; ours end by themselves.
    AppStatus.enable_automatic_graceful_drain = False
    run_app(build_app(library, key=key), host, port, paths=["", "/docs"])
