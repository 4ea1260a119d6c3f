"""Pages from templates, whole or in events: all that is filled in is escaped."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from markupsafe import Markup

from pagewise.render.jinja_templates import templates_of
from pagewise.web.texts import Texts, language_wanted, texts

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "vary": "accept-language",
}
"""What runs, and what is shown, comes from this server's own files: no exception for anything."""


@cache
def environment() -> Environment:
    """The templates, which know where static files are."""
    found = templates_of("pagewise.web")
    found.globals["static"] = static
    return found


@cache
def static(name: str) -> str:
    """The address of a static file, which changes with it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def texts_for(request: Request) -> Texts:
    """The texts in the reader's language."""
    return texts(language_wanted(request.headers.get("accept-language", "")))


def render(name: str, t: Texts, /, **values: Any) -> str:
    """A template, filled in."""
    return environment().get_template(name).render(t=t, **values)


def page(name: str, t: Texts, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A template as the answer to a request."""
    return HTMLResponse(render(name, t, **values), status, headers=HEADERS)


def partial(target: str, swap: str, content: Markup) -> Markup:
    """A piece of the page, and where it goes."""
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(
        target, swap, content
    )


def event(content: Markup) -> str:
    """A server-sent event of several lines."""
    return "".join(f"data: {line}\n" for line in str(content).splitlines()) + "\n"
