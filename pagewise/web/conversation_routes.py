"""The conversation: its page, and answers that come as they are made."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from markupsafe import Markup, escape

from graph.answer import Answer
from loaders.errors import PagewiseError
from loaders.sources import READABLE
from pagewise import console
from pagewise.answer_stream import add
from pagewise.library import Library
from pagewise.web import suggestions
from pagewise.web.document_rows import document_rows
from pagewise.web.jobs import Jobs
from pagewise.web.templating import HEADERS, event, page, partial, render, texts_for
from pagewise.web.texts import Texts
from pagewise.web.turn_view import TurnView, link, view_of

MOST_TURNS = 50
_THREAD = re.compile(r"[A-Za-z0-9_-]{8,64}")
logger = logging.getLogger(__name__)


def conversation_router(library: Library, jobs: Jobs, *, has_key: bool) -> APIRouter:
    """The page, with or without a conversation, and what is asked on it."""
    router = APIRouter(include_in_schema=False)

    def shown(request: Request, thread: str, turns: list[TurnView]) -> HTMLResponse:
        return page(
            "page.html",
            texts_for(request),
            thread=thread,
            turns=turns,
            link=link,
            rows=document_rows(library),
            jobs=jobs.running(),
            suggestions=suggestions.latest(library),
            has_key=has_key,
            kinds=",".join(sorted(READABLE)),
        )

    @router.get("/")
    def new_conversation(request: Request) -> HTMLResponse:
        return shown(request, secrets.token_urlsafe(12), [])

    @router.get("/c/{thread}")
    def earlier_conversation(request: Request, thread: str) -> HTMLResponse:
        thread = _checked(thread)
        return shown(request, thread, earlier_turns(library, thread, texts_for(request)))

    @router.post("/ui/ask")
    async def ask(
        request: Request,
        question: Annotated[str, Form()],
        thread: Annotated[str, Form()],
        document: Annotated[str, Form()] = "",
    ) -> Response:
        thread = _checked(thread)
        if "hx-request" not in request.headers:  # a browser that runs no program
            await library.aask(question, document=document, thread=thread)
            return RedirectResponse(f"/c/{thread}", 303)
        events = answer_events(library, texts_for(request), question, document, thread)
        return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)

    return router


def _checked(thread: str) -> str:
    if not _THREAD.fullmatch(thread):
        raise HTTPException(404, "there is no such conversation")
    return thread


def earlier_turns(library: Library, thread: str, t: Texts) -> list[TurnView]:
    """The turns of a conversation that was kept, the last ones."""
    config: Any = {"configurable": {"thread_id": thread}}
    states = library.threaded_graph.get_state_history(config, limit=MOST_TURNS)
    return [
        view_of(
            Answer.model_validate(state.values["answer"]),
            library,
            t,
            console.plain(str(state.values.get("document") or "")),
        )
        for state in list(states)[::-1]
        if state.values.get("answer")
    ]


async def answer_events(
    library: Library, t: Texts, question: str, document: str, thread: str
) -> AsyncIterator[str]:
    """The question at once, what a model writes as it is written, then the checked answer."""
    turn = f"turn-{secrets.token_hex(6)}"
    begun = render("turn_begun.html", t, turn=turn, question=question, document=document)
    yield event(partial("#turns", "beforeend", Markup(begun)))
    total: dict[str, Any] = {}
    if not await library.adocuments():
        told = _failed(t, turn, question, f"{t('empty')} {t('empty_hint')}")
        yield event(partial(f"#{turn}", "outerHTML", told))
        return
    try:
        asked = library.astream(question, document=document, thread=thread)
        async with aclosing(asked) as pieces:
            async for piece in pieces:
                if draft := piece.pop("draft", ""):
                    yield event(partial(f"#{turn}-draft", "beforeend", escape(draft)))
                add(piece, total)
        answer = Answer.model_validate(total)
        view = await asyncio.to_thread(view_of, answer, library, t, document)
        whole = Markup(render("turn.html", t, turn=turn, view=view, link=link))
    except PagewiseError as error:
        whole = _failed(t, turn, question, str(error))
    except Exception:
        logger.exception("answering %s", thread)
        yield event(partial(f"#{turn}", "outerHTML", _failed(t, turn, question, "")))
        raise
    yield event(partial(f"#{turn}", "outerHTML", whole))


def _failed(t: Texts, turn: str, question: str, cause: str) -> Markup:
    return Markup(
        render("turn_failed.html", t, turn=turn, question=question, cause=console.plain(cause))
    )
