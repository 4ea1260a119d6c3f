"""Gemini's wire protocol on loopback, with every way in which it goes wrong, for the real client.

A test scripts replies in the order in which they are to be played; what is not scripted is answered
by `otherwise`. A scripted reply that was never asked for fails the test when the fixture ends.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.gemini_batches import Batches

KEY = "canary-AIzaSyD-not-a-real-key-0123456789"
CHAT = "gemini-3.8-flash"
EMBEDDINGS = "gemini-embedding-2"
MODELS = (CHAT, EMBEDDINGS, "gemini-embedding-001", "gemini-3.1-flash-lite")
PAGE = "<chunk>\n## Results\nRevenue rose to 4,711 million.\n</chunk>"

_STATUS = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


@dataclass(frozen=True)
class Reply:
    """One answer: as it should be, unless a field says otherwise."""

    text: str = PAGE
    finish: str = "STOP"
    code: int = 200
    details: tuple[dict[str, Any], ...] = ()
    message: str = "something is wrong"
    block_reason: str = ""
    """The prompt is blocked: there are no candidates."""
    no_candidates: bool = False
    no_parts: bool = False
    thoughts: str = ""
    calls: tuple[dict[str, Any], ...] = ()
    """Arguments with which the first tool of the request is called, or `{"name": …, "args": …}`."""
    broken_json: bool = False
    kept: float = 1.0
    """The share of the body that is sent before the connection breaks."""
    error_inside: int = 0
    """This code comes in the middle of a stream; a plain request just gets it."""
    delay_s: float = 0.0
    tokens: tuple[int, int] = (1400, 300)


def failing(code: int, *details: dict[str, Any], message: str = "something is wrong") -> Reply:
    return Reply(code=code, details=details, message=message)


def over_quota(seconds: float, *, per_day: bool = False, limit: int = 10) -> Reply:
    """A 429 as Google words it."""
    period = "PerDay" if per_day else "PerMinute"
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
        "quotaId": f"GenerateRequests{period}PerProjectPerModel-FreeTier",
        "quotaValue": str(limit),
    }
    kind = "type.googleapis.com/google.rpc."
    return failing(
        429,
        {"@type": f"{kind}QuotaFailure", "violations": [violation]},
        {"@type": f"{kind}RetryInfo", "retryDelay": f"{seconds:g}s"},
        message="You exceeded your current quota, please check your plan.",
    )


DROPPED = Reply(kept=0.0)
BROKEN_OFF = Reply(kept=0.6)
SHED = failing(503, message="This model is currently experiencing high demand.")
OVERLOADED = failing(503, message="The model is overloaded. Please try again later.")


@dataclass
class Request:
    """What the client sent."""

    path: str
    body: dict[str, Any]
    at: float

    @property
    def is_streamed(self) -> bool:
        return "stream" in self.path

    @property
    def tier(self) -> str:
        return str(self.body.get("serviceTier", ""))

    @property
    def prompt(self) -> str:
        parts = self.body["contents"][0]["parts"]
        return "\n".join(part["text"] for part in parts if "text" in part)

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The functions that may be called."""
        given = self.body.get("tools") or []
        return [one for tool in given for one in tool.get("functionDeclarations", [])]

    @property
    def results(self) -> list[str]:
        """What the functions that were called came to."""
        parts = [part for content in self.body["contents"] for part in content["parts"]]
        found = [part["functionResponse"] for part in parts if "functionResponse" in part]
        return [str(one["response"].get("output")) for one in found]

    @property
    def images(self) -> list[str]:
        parts = [part for content in self.body["contents"] for part in content["parts"]]
        return [part["inlineData"]["data"] for part in parts if "inlineData" in part]


@dataclass
class GeminiEmulator:
    """A server in a thread; use it as a context manager."""

    otherwise: Callable[[Request], Reply] = lambda request: Reply()
    clock: Callable[[], float] = time.monotonic
    models: tuple[str, ...] = MODELS
    requests: list[Request] = field(default_factory=list)
    scripted: deque[Reply] = field(default_factory=deque)
    scripted_embeddings: deque[Reply] = field(default_factory=deque)
    scripted_for_flex: deque[Reply] = field(default_factory=deque)
    """Played first to calls of the flex tier, which may be shed."""
    most_at_once: int = 0
    _under_way: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.batches = Batches(self.reply_in_batch)

    def __enter__(self) -> GeminiEmulator:
        handler = type("Handler", (_Handler,), {"emulator": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def generations(self) -> list[Request]:
        return [request for request in self.requests if "enerateContent" in request.path]

    def will(self, *replies: Reply) -> None:
        """Play these next, in order."""
        self.scripted.extend(replies)

    def will_say(self, *texts: str) -> None:
        self.will(*(Reply(text) for text in texts))

    def reset(self) -> None:
        """Forget everything, for the next test."""
        fresh = GeminiEmulator()
        self.otherwise, self.clock, self.most_at_once = fresh.otherwise, fresh.clock, 0
        self.requests, self.scripted, self.models = [], deque(), MODELS
        self.scripted_embeddings, self.scripted_for_flex = deque(), deque()
        self.batches = Batches(self.reply_in_batch)

    def check_played(self) -> None:
        """Fail if a scripted reply was never asked for: the code under test took another way."""
        left = [*self.scripted, *self.scripted_embeddings, *self.scripted_for_flex]
        assert not left, f"{len(left)} scripted replies were never played, first {left[0]}"

    def reply_to(self, request: Request) -> Reply:
        with self._turn:
            self.requests.append(request)
            if request.tier == "flex" and self.scripted_for_flex:
                return self.scripted_for_flex.popleft()
            script = self.scripted if "enerateContent" in request.path else None
            if "mbedContent" in request.path:
                script = self.scripted_embeddings
            if script:
                return script.popleft()
        return self.otherwise(request) if "enerateContent" in request.path else Reply()

    def reply_in_batch(self, model: str, body: dict[str, Any]) -> dict[str, Any]:
        """What became of one request of a job."""
        reply = self.reply_to(Request(f"models/{model}:batchGenerateContent", body, self.clock()))
        if reply.code != 200:
            return {"error": {"code": reply.code, "message": reply.message}}
        return {"response": _response(reply, _parts(reply), reply.finish)}

    def enter(self, step: int) -> None:
        with self._turn:
            self._under_way += step
            self.most_at_once = max(self.most_at_once, self._under_way)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    emulator: GeminiEmulator

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        may_enter = self.headers.get("x-goog-api-key") == KEY or "upload_id" in self.path
        if may_enter and self.emulator.batches.takes(self.path.partition("?")[0]):
            self.answer_of_batches(raw)
        else:
            self.answer(json.loads(raw or b"{}"))

    def answer_of_batches(self, raw: bytes) -> None:
        answer = self.emulator.batches.answer(self.command, self.path, dict(self.headers), raw)
        if not answer.code:
            self.hang_up()
            return
        self.send_response(answer.code)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def answer(self, body: dict[str, Any]) -> None:
        path = self.path.partition("?")[0].removeprefix("/v1beta/")
        self.emulator.enter(1)
        try:
            if self.headers.get("x-goog-api-key") != KEY:
                self.send_reply(_BAD_KEY, path, body)
            elif path == "models":
                self.send_json(200, {"models": [self.model(name) for name in self.emulator.models]})
            elif path.removeprefix("models/").partition(":")[0] not in self.emulator.models:
                self.emulator.requests.append(Request(path, body, self.emulator.clock()))
                self.send_reply(failing(404, message="is not found for API version"), path, body)
            else:
                reply = self.emulator.reply_to(Request(path, body, self.emulator.clock()))
                time.sleep(reply.delay_s)
                self.send_reply(reply, path, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.emulator.enter(-1)

    def model(self, name: str) -> dict[str, Any]:
        method = "embedContent" if "embedding" in name else "generateContent"
        return {"name": f"models/{name}", "supportedGenerationMethods": [method]}

    def send_reply(self, reply: Reply, path: str, body: dict[str, Any]) -> None:
        is_stream = "stream" in path
        if reply.error_inside and not is_stream:
            reply = replace(reply, code=reply.error_inside)
        if reply.code != 200:
            self.send_json(reply.code, _error(reply.code, reply))
        elif "mbedContent" in path:
            vectors = [_vector(each) for each in body["requests"]]
            self.send_json(200, {"embeddings": vectors}, reply)
        elif is_stream:
            self.send_stream(reply)
        else:
            self.send_json(200, _response(reply, _parts(reply), reply.finish), reply)

    def send_json(self, code: int, answer: object, reply: Reply | None = None) -> None:
        raw = json.dumps(answer).encode()
        reply = reply or Reply()
        if reply.broken_json:
            raw = raw[: len(raw) // 2]
        if reply.kept == 0:
            self.hang_up()
            return
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: int(len(raw) * reply.kept)])
        if reply.kept < 1:
            self.wfile.flush()
            self.hang_up()

    def send_stream(self, reply: Reply) -> None:
        if reply.kept == 0:
            self.hang_up()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        events = list(_events(reply))
        if reply.error_inside:
            half = events[: len(events) // 2 or 1]
            events = [*half, json.dumps(_error(reply.error_inside, reply))]
        if reply.broken_json:
            events[-1] = events[-1][: len(events[-1]) // 2]
        for event in events[: max(1, int(len(events) * reply.kept))]:
            raw = f"data: {event}\r\n\r\n".encode()
            self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
            self.wfile.flush()
        if reply.kept < 1:
            self.hang_up()
        else:
            self.wfile.write(b"0\r\n\r\n")

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()


_BAD_KEY = failing(
    400,
    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"},
    message="API key not valid. Please pass a valid API key.",
)


def _error(code: int, reply: Reply) -> dict[str, Any]:
    error: dict[str, Any] = {"code": code, "message": reply.message}
    error["status"] = _STATUS.get(code, "UNKNOWN")
    if reply.details:
        error["details"] = list(reply.details)
    return {"error": error}


def calling(*calls: dict[str, Any], text: str = "") -> Reply:
    """A reply that calls a tool, once for each set of arguments."""
    return Reply(text, calls=calls)


def _parts(reply: Reply) -> list[dict[str, Any]]:
    """Thoughts, text, calls, in that order; a reply of calls alone has no text."""
    thoughts = [{"text": reply.thoughts, "thought": True}] if reply.thoughts else []
    text = [{"text": reply.text}] if reply.text or not reply.calls else []
    return [] if reply.no_parts else [*thoughts, *text, *_called(reply)]


def _called(reply: Reply) -> list[dict[str, Any]]:
    named = [
        call if set(call) == {"name", "args"} else {"name": "calculate", "args": call}
        for call in reply.calls
    ]
    return [{"functionCall": call, "thoughtSignature": "c2lnbmVk"} for call in named]


def _response(reply: Reply, parts: list[dict[str, Any]], finish: str) -> dict[str, Any]:
    tokens_in, tokens_out = reply.tokens
    usage = {
        "promptTokenCount": tokens_in,
        "candidatesTokenCount": tokens_out,
        "totalTokenCount": tokens_in + tokens_out,
    }
    answer: dict[str, Any] = {"usageMetadata": usage, "modelVersion": CHAT}
    if reply.block_reason:
        answer["promptFeedback"] = {"blockReason": reply.block_reason}
    elif not reply.no_candidates:
        candidate: dict[str, Any] = {"index": 0}
        if parts:
            candidate["content"] = {"role": "model", "parts": parts}
        if finish:
            candidate["finishReason"] = finish
        answer["candidates"] = [candidate]
    return answer


def _events(reply: Reply) -> Iterator[str]:
    """Four pieces, the last of which says how it ended."""
    parts = _parts(reply)
    if not parts or reply.block_reason or reply.no_candidates:
        yield json.dumps(_response(reply, [], reply.finish))
        return
    calls = _called(reply)
    for thought in [part for part in parts if part.get("thought")]:
        yield json.dumps(_response(reply, [thought], ""))
    if calls and not reply.text:
        yield json.dumps(_response(reply, calls, reply.finish))
        return
    size = len(reply.text) // 4 + 1
    pieces = [reply.text[start : start + size] for start in range(0, len(reply.text), size)] or [""]
    for piece in pieces[:-1]:
        yield json.dumps(_response(reply, [{"text": piece}], ""))
    yield json.dumps(_response(reply, [{"text": pieces[-1]}, *calls], reply.finish))


def _vector(request: dict[str, Any]) -> dict[str, Any]:
    """Texts that share words are near each other."""
    text = " ".join(part.get("text", "") for part in request["content"]["parts"])
    size = request.get("outputDimensionality") or 3072
    values = [0.0] * size
    for word in text.lower().split() or ["-"]:
        values[int.from_bytes(sha256(word.encode()).digest()[:4], "big") % size] += 1.0
    return {"values": values}
