"""The protocols of OpenAI and of Ollama on loopback, for their real clients.

A test scripts replies; what is not scripted is answered with `otherwise`. Ollama's server does what
the real one does to a long prompt: it keeps what the window holds, from the end, and says nothing.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OPENAI_KEY = "canary-sk-not-a-real-key-0123456789"
QWEN, VISION, GEMMA, EMBED = "qwen3:8b", "qwen3-vl:8b", "gemma3:4b", "nomic-embed-text"


@dataclass(frozen=True)
class Answer:
    """One answer: as it should be, unless a field says otherwise."""

    text: str = "Well."
    calls: tuple[dict[str, Any], ...] = ()
    """Arguments with which the first tool of the request is called."""
    finish: str = "stop"
    thinking: str = ""
    code: int = 200
    message: str = "something is wrong"
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    is_dropped: bool = False


@dataclass
class Asked:
    """What the client sent, and what of it the model gets to see."""

    path: str
    body: dict[str, Any]
    seen: str = ""

    @property
    def prompt(self) -> str:
        return _said(self.body)


@dataclass
class OllamaShelf:
    """A model that is pulled: what `/api/show` says of it."""

    window: int = 32768
    capabilities: tuple[str, ...] = ("completion", "tools")


@dataclass
class ProviderEmulator:
    """A server in a thread; use it as a context manager."""

    otherwise: Answer = Answer()
    requests: list[Asked] = field(default_factory=list)
    scripted: deque[Answer] = field(default_factory=deque)
    models: dict[str, OllamaShelf] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> ProviderEmulator:
        handler = type("Handler", (_Handler,), {"emulator": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        assert not self.scripted, f"never played: {self.scripted}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def chats(self) -> list[Asked]:
        return [one for one in self.requests if one.path.endswith(("/chat", "/completions"))]

    def will(self, *answers: Answer) -> None:
        self.scripted.extend(answers)

    def answer_to(self, asked: Asked) -> Answer:
        with self._turn:
            self.requests.append(asked)
            return self.scripted.popleft() if self.scripted else self.otherwise


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    emulator: ProviderEmulator

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        names = list(self.emulator.models)
        if self.path == "/api/tags":
            self.send({"models": [{"model": name, "name": name} for name in names]})
        else:
            self.send(
                {"object": "list", "data": [{"id": name, "object": "model"} for name in names]}
            )

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)))
        if self.path == "/api/show":
            self.show(body["model"])
            return
        asked = Asked(self.path, body, _in_window(body))
        answer = self.emulator.answer_to(asked)
        if answer.is_dropped:
            self.close_connection = True
            self.connection.close()
        elif answer.code != 200:
            self.refuse(answer)
        elif "embed" in self.path:
            self.embed(body)
        elif self.path == "/api/chat":
            self.ollama(body, answer)
        else:
            self.openai(body, answer)

    def send(
        self, value: object, code: int = 200, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.write(json.dumps(value).encode(), "application/json", code, headers)

    def write(
        self, raw: bytes, kind: str, code: int = 200, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.send_response(code)
        self.close_connection = True  # clients that nobody closes leave no socket behind
        own = (("Content-Type", kind), ("Content-Length", str(len(raw))), ("Connection", "close"))
        for name, value in (*own, *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def refuse(self, answer: Answer) -> None:
        if self.path.startswith("/api/"):
            self.send({"error": answer.message}, answer.code, answer.headers)
            return
        error = {"message": answer.message, "type": "error", "param": None}
        self.send({"error": {**error, "code": answer.reason or None}}, answer.code, answer.headers)

    def show(self, name: str) -> None:
        shelf = self.emulator.models.get(name)
        if shelf is None:
            self.send({"error": f"model '{name}' not found"}, 404)
            return
        self.send(
            {
                "model_info": {"general.architecture": "toy", "toy.context_length": shelf.window},
                "capabilities": list(shelf.capabilities),
                "details": {"family": "toy"},
            }
        )

    def embed(self, body: dict[str, Any]) -> None:
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        vectors = [_vector(text) for text in texts]
        if self.path.startswith("/api/"):
            self.send({"model": body["model"], "embeddings": vectors})
            return
        data = [
            {"object": "embedding", "index": at, "embedding": vector}
            for at, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        self.send({"object": "list", "model": body["model"], "data": data, "usage": usage})

    def ollama(self, body: dict[str, Any], answer: Answer) -> None:
        calls = [
            {"function": {"name": body["tools"][0]["function"]["name"], "arguments": call}}
            for call in answer.calls
        ]
        lines: list[dict[str, Any]] = [
            {"message": {"role": "assistant", "content": piece}} for piece in _halves(answer)
        ]
        if answer.thinking:
            said = {"role": "assistant", "content": "", "thinking": answer.thinking}
            lines.insert(0, {"message": said})
        if calls:
            lines.append({"message": {"role": "assistant", "content": "", "tool_calls": calls}})
        end = {
            "done": True,
            "done_reason": answer.finish,
            "prompt_eval_count": 700,
            "eval_count": 9,
        }
        lines.append({"message": {"role": "assistant", "content": ""}, **end})
        told = [{"model": body["model"], "created_at": "2026-11-28T00:00:00Z"} | x for x in lines]
        raw = "\n".join(json.dumps({"done": False, **line}) for line in told)
        self.write(f"{raw}\n".encode(), "application/x-ndjson")

    def openai(self, body: dict[str, Any], answer: Answer) -> None:
        head = {"id": "chatcmpl-1", "created": 1, "model": body["model"]}
        usage = {"prompt_tokens": 700, "completion_tokens": 9, "total_tokens": 709}
        calls: list[dict[str, Any]] = [
            {
                "id": f"call_{at}",
                "index": at,
                "type": "function",
                "function": {
                    "name": body["tools"][0]["function"]["name"],
                    "arguments": json.dumps(call),
                },
            }
            for at, call in enumerate(answer.calls)
        ]
        if not body.get("stream"):
            message = {"role": "assistant", "content": answer.text}
            choice: dict[str, Any] = {"index": 0, "finish_reason": answer.finish}
            choice["message"] = message | ({"tool_calls": calls} if calls else {})
            self.send(head | {"object": "chat.completion", "choices": [choice], "usage": usage})
            return
        deltas: list[dict[str, Any]] = [{"content": piece} for piece in _halves(answer)]
        deltas += [{"tool_calls": calls}] if calls else []
        events: list[dict[str, Any]] = [
            {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
        ]
        events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": answer.finish}]})
        events = [head | {"object": "chat.completion.chunk"} | event for event in events]
        raw = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
        self.write(f"{raw}data: [DONE]\n\n".encode(), "text/event-stream")


def _halves(answer: Answer) -> Iterator[str]:
    middle = len(answer.text) // 2
    yield from filter(None, (answer.text[:middle], answer.text[middle:]))


def _said(body: dict[str, Any]) -> str:
    contents = [message.get("content") or "" for message in body.get("messages", ())]
    return "\n".join(
        part if isinstance(part, str) else part.get("text", "")
        for content in contents
        for part in ([content] if isinstance(content, str) else content)
    )


def _in_window(body: dict[str, Any]) -> str:
    """What is left of a prompt: Ollama's default window is 4096 tokens, of three letters here."""
    window = int((body.get("options") or {}).get("num_ctx") or 4096)
    return _said(body)[-3 * window :]


def _vector(text: str) -> list[float]:
    """Texts that share words are near each other."""
    values = [0.0] * 64
    for word in text.lower().split() or ["-"]:
        values[sha256(word.encode()).digest()[0] % 64] += 1.0
    return values
