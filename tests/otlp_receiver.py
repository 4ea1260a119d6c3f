"""OpenTelemetry's wire protocol (OTLP over HTTP) on loopback, for the real exporter."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


class OtlpReceiver:
    """`spans` are what was exported: name, ids, attributes as text."""

    def __init__(self) -> None:
        self.spans: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}
        self.services: set[str] = set()
        self.raw = b""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, body: bytes) -> None:
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            told = {item.key: _text(item.value) for item in resource.resource.attributes}
            self.services.add(told.get("service.name", ""))
            for scope in resource.scope_spans:
                for span in scope.spans:
                    found = {item.key: _text(item.value) for item in span.attributes}
                    ids = {"id": span.span_id, "parent": span.parent_span_id}
                    self.spans.append({"name": span.name, **ids, "attributes": found})


def _text(value: Any) -> str:
    return str(getattr(value, value.WhichOneof("value") or "string_value"))


def _handler(receiver: OtlpReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            receiver.headers |= {name.lower(): value for name, value in self.headers.items()}
            if self.path == "/v1/traces":
                receiver.take(body)
            reply = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
