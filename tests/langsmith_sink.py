"""LangSmith's wire protocol on loopback: keeps what the real client sends, for tests to read."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Self

import zstandard

Json = dict[str, Any]


class LangSmithSink:
    """`runs` are the traces put together from their parts, `feedback` what was said of them.

    `requests` are all the others.
    """

    def __init__(self) -> None:
        self.parts: dict[str, Json] = {}
        self.feedback: list[Json] = []
        self.requests: list[tuple[str, str, Any]] = []
        self.raw = b""
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def runs(self) -> list[Json]:
        """Every run with its `inputs`, `outputs` and `extra`, oldest first."""
        return sorted(self.parts.values(), key=lambda run: str(run.get("dotted_order", "")))

    def keep(self, method: str, path: str, kind: str, body: bytes) -> Any:
        """Take a request; what to reply."""
        with self._lock:
            self.raw += body
            if path.startswith("/runs/multipart"):
                for name, part in _parts(kind, body):
                    kind_of_part, run, *field = name.split(".")
                    if kind_of_part == "feedback":
                        self.feedback.append(part)
                        continue
                    known = self.parts.setdefault(run, {})
                    known.update({field[0]: part} if field else part)
                return {}
            sent = json.loads(body) if body else None
            self.requests.append((method, path.split("?")[0], sent))
            return _reply(method, path.split("?")[0], sent)


def _parts(kind: str, body: bytes) -> Iterator[tuple[str, Any]]:
    whole = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    for part in BytesParser(policy=HTTP).parsebytes(whole).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if str(name).split(".")[0] in {"post", "patch", "feedback"}:
            yield str(name), json.loads(content)


def _reply(method: str, path: str, sent: Any) -> Any:
    """The least that the client needs to go on."""
    now, tenant = "2026-01-01T00:00:00Z", str(uuid.UUID(int=1))
    if path == "/info":
        flags = {"zstd_compression_enabled": True}
        limits = {"use_multipart_endpoint": True, "size_limit": 100, "scale_up_nthreads_limit": 4}
        limits |= {"scale_up_qsize_trigger": 1000, "size_limit_bytes": 20_000_000}
        return {"version": "1", "instance_flags": flags, "batch_ingest_config": limits}
    if method == "GET":
        return []
    if path in {"/datasets", "/sessions"}:
        made = {"id": str(uuid.uuid4()), "created_at": now, "start_time": now}
        return {**sent, **made, "tenant_id": tenant}
    made_new = {"id": str(uuid.uuid4())}
    return [made_new] if "examples" in path else made_new


def _handler(sink: LangSmithSink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if self.headers.get("Transfer-Encoding") == "chunked":
                body = self._chunks()
            else:
                body = self.rfile.read(length)
            if self.headers.get("Content-Encoding") == "zstd":
                body = zstandard.ZstdDecompressor().stream_reader(BytesIO(body)).read()
            kind = self.headers.get("Content-Type", "")
            reply = json.dumps(sink.keep(self.command, self.path, kind, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_POST = do_PATCH = do_GET

        def _chunks(self) -> bytes:
            body = b""
            while size := int(self.rfile.readline().strip(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
