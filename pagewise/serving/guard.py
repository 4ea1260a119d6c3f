"""Who may ask, how much, and how long: decided before anything else of the server runs."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import re
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loaders.errors import PagewiseError, UsageError
from loaders.text.printable import one_line
from pagewise.serving.body_check import fault_of
from pagewise.serving.client_disconnect import Client
from pagewise.web.access import Access

SHORTEST_KEY = 16
LONGEST_PATH = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
OPEN_PATHS = {"/health", "/login"}
OPEN_FOLDER = "/static/"
"""Shown to everybody: it says nothing about the library."""
SAFE = {"GET", "HEAD"}
"""What changes nothing; all else must come from a page of this server."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost."""

    body_bytes: int = 256 * 1024
    upload_bytes: int = 257 * 1024**2
    """Of a request that brings files: the largest file, and the form around it."""
    body_s: float = 20.0
    answer_s: float = 300.0
    upload_s: float = 1800.0
    at_once: int = 100
    """Requests that are being answered; `/health` always is."""


class Refusal(Exception):
    """An HTTP status, and a cause."""

    def __init__(self, status: int, cause: str, **headers: str) -> None:
        super().__init__(cause)
        self.status, self.headers = status, headers


def require_key(host: str, key: str) -> None:
    """Refuse to listen to other machines without a key that cannot be guessed.

    Raises:
        UsageError: There is none, or a short one.
    """
    if key and len(key) < SHORTEST_KEY:
        raise UsageError(f"PAGEWISE_SERVER_KEY is too short; give it {SHORTEST_KEY} characters")
    if not key and not is_loopback(host):
        raise UsageError(
            f"{host} is open to other machines: set PAGEWISE_SERVER_KEY, which they then send as "
            "`Authorization: Bearer …`, or stay on 127.0.0.1"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def problem(kind: str, cause: str) -> dict[str, Any]:
    """An error as every reply has it."""
    return {"error": {"type": kind, "message": one_line(cause)}}


class Guard:
    """ASGI middleware: the key, the origin, the size and the time of a request.

    What is sent to one of `uploads` is not held in memory: the application reads it as it comes.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access | None = None,
        *,
        limits: Limits | None = None,
        uploads: Collection[str] = (),
    ) -> None:
        self.app, self.access, self.limits = app, access, limits or Limits()
        self.uploads, self.places = uploads, asyncio.Semaphore(self.limits.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = Reply(send)
        try:
            self.admit(scope)
            if scope["method"] == "POST" and scope["path"] in self.uploads:
                async with self.place(), asyncio.timeout(self.limits.upload_s):
                    await self.app(scope, self.counted(scope, receive), reply.send)
            else:
                await self.answer(scope, receive, reply)
        except Refusal as refusal:
            await reply.fail(refusal.status, str(refusal), refusal.headers)
        except TimeoutError:
            await reply.fail(504, f"no answer after {self.limits.answer_s:g} seconds", {})
        except Exception as error:  # the last one who can tell the client
            if isinstance(error.__cause__, PagewiseError):
                logger.info("%s: %s", scope["path"], error.__cause__)
            else:
                logger.exception("%s %s", scope["method"], scope["path"])
            await reply.fail(500, "an unexpected failure; the server's log says more", {})

    async def answer(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        """Read the body, then answer for as long as the client is there and there is time."""
        body = await self.read(scope, receive)
        if fault := fault_of(body):
            raise Refusal(422, f"the request cannot be read: {fault}")
        client = Client(body, receive, reply)
        place = nullcontext() if _is_open(scope["path"]) else self.place()
        async with place, asyncio.timeout(self.limits.answer_s):
            await client.served(self.app(scope, client.receive, reply.send))

    def place(self) -> asyncio.Semaphore:
        """One of those that are answered at once; who comes too many waits for none."""
        if self.places.locked():
            told = "too many questions at once; ask again soon"
            raise Refusal(503, told, **{"retry-after": "5"})
        return self.places

    def admit(self, scope: Scope) -> None:
        """Ask for the key; without one, let in only those who mean this server.

        A web page that somebody looks at can send requests to this machine: its origin tells, or,
        when its own name has been pointed here, the host that it asked for.
        """
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        host, origin = headers.get("host", b"").decode("latin-1"), headers.get("origin")
        if not self.access and not is_loopback(_split(f"//{host}").hostname or ""):
            raise Refusal(403, f"this server is not {host!r}")
        if origin is not None and _split(origin.decode("latin-1")).netloc != host:
            raise Refusal(403, "pages of other sites may not ask")
        if self.access and not _is_open(scope["path"]):
            _require_access(self.access, scope, headers)
        if len(scope["path"]) > LONGEST_PATH or _CONTROL.search(scope["path"]):
            raise Refusal(404, "there is nothing at this address")

    async def read(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body, unless it is too long or too slow in coming."""
        _require_size(scope, self.limits.body_bytes)
        body: bytes = b""
        try:
            async with asyncio.timeout(self.limits.body_s):
                while True:
                    message = await receive()
                    body += message.get("body", b"")
                    if len(body) > self.limits.body_bytes:
                        raise Refusal(413, _too_large(self.limits.body_bytes))
                    if not message.get("more_body", False):
                        return body
        except TimeoutError as error:
            cause = f"the request was not complete after {self.limits.body_s:g} seconds"
            raise Refusal(408, cause) from error

    def counted(self, scope: Scope, receive: Receive) -> Receive:
        """An upload as it comes, unless it is too long or stands still."""
        most, taken = self.limits.upload_bytes, 0
        _require_size(scope, most)

        async def piece() -> Message:
            nonlocal taken
            try:
                async with asyncio.timeout(self.limits.body_s):
                    message = await receive()
            except TimeoutError as error:
                cause = f"nothing of the upload came for {self.limits.body_s:g} seconds"
                raise Refusal(408, cause) from error
            taken += len(message.get("body", b""))
            if taken > most:
                raise Refusal(413, _too_large(most))
            return message

        return piece


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:  # `[::1`
        raise Refusal(400, f"{one_line(address)!r} is no address") from error


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDER)


def _require_access(access: Access, scope: Scope, headers: dict[str, bytes]) -> None:
    """The key of a program, or the cookie of a browser that has sent it."""
    scheme, _, given = headers.get("authorization", b"").partition(b" ")
    if scheme.lower() == b"bearer":
        verdict = access.judge(given.strip(), str((scope.get("client") or ("",))[0]))
        if verdict == "right":
            return
        if verdict == "wait":
            raise Refusal(429, "too many wrong keys; wait a minute", **{"retry-after": "60"})
    elif access.is_signed_in(headers.get("cookie", b"").decode("latin-1")):
        if scope["method"] not in SAFE and "origin" not in headers:
            raise Refusal(403, "a browser says which page asks; programs send the key")
        return
    elif scope["method"] == "GET" and b"text/html" in headers.get("accept", b""):
        raise Refusal(303, "sign in first", location=f"/login?next={quote(scope['path'])}")
    cause = "send the server's key as `Authorization: Bearer …`"
    raise Refusal(401, cause, **{"www-authenticate": "Bearer"})


def _require_size(scope: Scope, most: int) -> None:
    """Refuse what says itself that it is too large, before anything is read."""
    for name, value in scope["headers"]:
        is_length = value.isdigit() and len(value) < 20  # more digits than anybody would send
        if name == b"content-length" and not (is_length and int(value) <= most):
            raise Refusal(413, _too_large(most))


def _too_large(most: int) -> str:
    return f"a request to this address has at most {most} bytes"


class Reply:
    """What has been sent, so that a failure can still be told in the form that was begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.is_stream, self.has_begun, self.is_done = send, False, False, False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            kind = dict(message["headers"]).get(b"content-type", b"")
            self.is_stream = kind.startswith(b"text/event-stream")
        elif message["type"] == "http.response.body":
            self.is_done = not message.get("more_body", False)
        await self._send(message)

    async def fail(self, status: int, cause: str, headers: dict[str, str]) -> None:
        """Say why, as JSON or as the last event of a stream; silent when all has been sent."""
        if self.is_done:
            return
        body = b""
        if not self.has_begun:
            body = json.dumps(problem(NAMES.get(status, "InternalError"), cause)).encode()
            all_headers = {"content-type": "application/json", "connection": "close", **headers}
            encoded = [(name.encode(), value.encode()) for name, value in all_headers.items()]
            await self._send({"type": "http.response.start", "status": status, "headers": encoded})
        elif self.is_stream and status != 500:  # of a failure LangServe has told already
            event = json.dumps({"status_code": status, "message": cause})
            body = f"event: error\r\ndata: {event}\r\n\r\n".encode()
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


NAMES = {
    303: "SignIn",
    400: "InvalidRequest",
    401: "KeyMissing",
    403: "Forbidden",
    404: "NotFound",
    408: "TooSlow",
    413: "TooLarge",
    422: "InvalidRequest",
    429: "TooMany",
    503: "Busy",
    504: "OutOfTime",
}
