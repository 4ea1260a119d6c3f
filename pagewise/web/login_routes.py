"""Signing in with the server's key, and out again."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from pagewise.web.access import COOKIE, MOST_AGE, Access
from pagewise.web.templating import page, texts_for

_STATUS = {"wrong": 401, "wait": 429}
_TROUBLE = {"wrong": "login_wrong", "wait": "login_slow"}
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")
"""A path of this server: `//evil.example` is none."""


def login_router(access: Access) -> APIRouter:
    """The page that asks for the key."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def ask_for_key(request: Request, next: str = "/") -> HTMLResponse:
        return page("login.html", texts_for(request), next=_own(next), trouble="")

    @router.post("/login")
    def sign_in(
        request: Request, key: Annotated[str, Form()], next: Annotated[str, Form()] = "/"
    ) -> Response:
        verdict = access.judge(key.encode(), request.client.host if request.client else "")
        if verdict != "right":
            told = {"next": _own(next), "trouble": _TROUBLE[verdict]}
            return page("login.html", texts_for(request), _STATUS[verdict], **told)
        response = RedirectResponse(_own(next), 303)
        response.set_cookie(
            COOKIE,
            access.cookie(),
            max_age=MOST_AGE,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    @router.post("/logout")
    def sign_out() -> Response:
        response = RedirectResponse("/login", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    return router


def _own(path: str) -> str:
    return path if _OWN_PATH.fullmatch(path) else "/"
