"""An answer for somebody who has hung up is not worked on: it ends, and gives back what it held."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Protocol

from starlette.types import Message, Receive

_UNWINDING_S = 5.0
"""What is cancelled gives back what it holds; not for ever."""


class Progress(Protocol):
    """How much of a reply has been sent."""

    is_done: bool


class Client:
    """Who sent a request whose body has been read; there is nothing more to come from them."""

    def __init__(self, body: bytes, receive: Receive, reply: Progress) -> None:
        self._body: bytes | None = body
        self._reply = reply
        self._leaving = asyncio.ensure_future(_leaves(receive))

    async def receive(self) -> Message:
        """The body, then that they have left, once they have."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await asyncio.shield(self._leaving)
        return {"type": "http.disconnect"}

    async def served(self, answering: Awaitable[None]) -> None:
        """Answer, while they are there; what comes after the reply is done in any case."""
        work = asyncio.ensure_future(answering)
        try:
            await asyncio.wait([work, self._leaving], return_when=asyncio.FIRST_COMPLETED)
            if work.done() or self._reply.is_done:
                await work
        finally:
            self._leaving.cancel()
            if not work.done():
                work.cancel()
                await asyncio.wait([work], timeout=_UNWINDING_S)


async def _leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
