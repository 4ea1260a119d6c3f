"""Connections that are waited for only so long: for a request's head, and for who does not read.

uvicorn limits neither. One that sends nothing, or half a head, holds a place until its time is
over; when places run out, the one that has been idle longest goes first, so that others get in.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10.0
"""From the first byte, or from connecting, to the end of a request's head."""
UNREAD_S = 30.0
"""For a client that takes nothing of what is sent to it."""
KEPT_S = 65
"""Between two requests: longer than clients keep theirs (httpx 5 s, aiohttp 15 s, most proxies 60),
else one is reset whose next request was on its way."""
MOST_CONNECTIONS = 512


class PatientProtocol(H11Protocol):
    """HTTP/1.1, with an end to all waiting for the client."""

    head_s, unread_s, most = HEAD_S, UNREAD_S, MOST_CONNECTIONS
    _waits: dict[str, asyncio.TimerHandle]
    """For a head, for a reader: with an end."""
    _idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._idle_since = self.loop.time()
        self._waits = {}
        self._wait("head", self.head_s)
        if len(self.connections) > self.most:
            self._let_one_go()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.is_idle:
            self._wait_no_more("head")
        elif "head" not in self._waits:
            self._wait("head", self.head_s)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._idle_since = self.loop.time()
        self._wait_no_more("head")  # the time between two is uvicorn's

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait("reader", self.unread_s)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._wait_no_more("reader")

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more("head", "reader")
        super().connection_lost(exc)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return getattr(self.cycle, "response_complete", True)  # there is none before the first

    def _let_one_go(self) -> None:
        others = (one for one in self.connections if isinstance(one, PatientProtocol))
        idle = [one for one in others if one.is_idle] or [self]
        min(idle, key=lambda one: one._idle_since).transport.abort()

    def _wait(self, what: str, seconds: float) -> None:
        self._waits[what] = self.loop.call_later(seconds, self.transport.abort)

    def _wait_no_more(self, *waits: str) -> None:
        for what in waits:
            if waiting := self._waits.pop(what, None):
                waiting.cancel()
