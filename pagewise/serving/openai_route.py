"""`/v1/chat/completions` and `/v1/models`: the library as a model for clients of OpenAI's API.

Only the checked answer is sent, in a stream too: what a model drafts is not. The question is the
user's last message; a client's system prompt is no part of it and instructs nobody.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute

from graph.answer import Answer, Json
from graph.turn import asked
from loaders.chunking.text_pieces import token_count
from loaders.errors import ModelError, PagewiseError
from pagewise.answer_stream import summed, words_of
from pagewise.async_bridge import in_thread
from pagewise.library import Library
from pagewise.serving.openai_schemas import MODEL, ChatCompletion, ChatRequest, problem_of
from pagewise.serving.schemas import faults_in
from pagewise.terminal.citations import doubtful_numbers, passages_of
from pagewise.terminal.export import answer_markdown

CREATED = 1_764_000_000
"""When this model came to be, as the form wants it: nobody needs it."""
_END = "data: [DONE]\n\n"


class OpenAIRoute(APIRoute):
    """A route whose errors have OpenAI's form, so that its clients can tell them."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return JSONResponse(problem_of(faults_in(error.errors(), within=1), 400), 400)
            except PagewiseError as error:
                status = 502 if isinstance(error, ModelError) else 400
                return JSONResponse(problem_of(str(error), status), status)

        return told


def openai_router(library: Library) -> APIRouter:
    """The routes under `/v1`."""
    router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["OpenAI"])
    model = {"id": MODEL, "object": "model", "created": CREATED, "owned_by": MODEL}

    @router.get("/models")
    def list_models() -> dict[str, Any]:
        """The one model: this library."""
        return {"object": "list", "data": [model]}

    @router.get("/models/{name}", response_model=None)
    def one_model(name: str) -> dict[str, Any] | JSONResponse:
        """What there is to say about a model."""
        return model if name == MODEL else _no_model(name)

    @router.post("/chat/completions", response_model=ChatCompletion)
    async def complete(request: ChatRequest) -> Response:
        """Answer the last message from the documents; `pagewise` holds the answer whole."""
        if request.model != MODEL:
            return _no_model(request.model)
        turn = asked({"messages": request.spoken()})
        pieces = await asyncio.to_thread(
            library.stream,
            turn.question,
            document=request.document,
            history=[(question, answer) for question, answer in turn.history],
        )
        chat = _Chat(library, request)
        if request.stream:
            return StreamingResponse(chat.stream(pieces), media_type="text/event-stream")
        return JSONResponse(chat.whole(await summed(in_thread(pieces))))

    return router


def _no_model(name: str) -> JSONResponse:
    cause = f"the model {name!r} does not exist; there is {MODEL!r}"
    return JSONResponse(problem_of(cause, 404, "model_not_found"), 404)


class _Chat:
    """One reply, whole or in chunks that bear the same id."""

    def __init__(self, library: Library, request: ChatRequest) -> None:
        self.library, self.request = library, request
        self.id, self.created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())

    def whole(self, answer: Answer) -> Json:
        text = self.shown(answer)
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
        }
        return self._completion("chat.completion", [choice], answer, text)

    async def stream(self, pieces: Iterator[Json]) -> AsyncIterator[str]:
        """Chunk by chunk as server-sent events; what fails on the way is the last of them."""
        yield self._chunk({"role": "assistant", "content": ""})
        try:
            answer = await summed(in_thread(pieces))
        except PagewiseError as error:
            yield _event(problem_of(str(error), 500))
            return
        text = self.shown(answer)
        for word in words_of(text):
            yield self._chunk({"content": word})
        last = {"index": 0, "delta": {}, "finish_reason": "stop"}
        yield _event(self._completion("chat.completion.chunk", [last], answer))
        if self.request.stream_options and self.request.stream_options.include_usage:
            yield _event(self._completion("chat.completion.chunk", [], None, text))
        yield _END

    def shown(self, answer: Answer) -> str:
        """The answer as Markdown, with marks, remarks and the list of places below it."""
        doubtful = doubtful_numbers(passages_of(self.library.store, answer), answer)
        return answer_markdown(answer, doubtful)

    def _chunk(self, delta: Json) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        return _event(self._completion("chat.completion.chunk", [choice]))

    def _completion(
        self, kind: Any, choices: list[Json], answer: Answer | None = None, text: str | None = None
    ) -> Json:
        return ChatCompletion(
            id=self.id,
            object=kind,
            created=self.created,
            choices=choices,
            usage=None if text is None else self._usage(text),
            pagewise=answer.model_dump(mode="json") if answer else None,
        ).model_dump(exclude_none=True)

    def _usage(self, text: str) -> dict[str, int]:
        """By our own count of tokens: clients show it, nobody is charged by it."""
        asked_with = sum(token_count(message.text()) for message in self.request.messages)
        written = token_count(text)
        return {
            "prompt_tokens": asked_with,
            "completion_tokens": written,
            "total_tokens": asked_with + written,
        }


def _event(data: Json) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
