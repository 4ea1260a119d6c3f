"""S3's protocol on loopback, as far as a client that puts and gets small objects goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def s3_server() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Its address, and the objects by path; every request must be signed."""
    objects: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def reply(self, code: int, body: bytes = b"") -> None:
            self.send_response(code)
            self.send_header("content-length", str(len(body)))
            self.send_header("etag", '"1"')
            self.send_header("last-modified", "Sun, 29 Nov 2026 00:00:00 GMT")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0))
            if not (self.headers.get("authorization") or "").startswith("AWS4-HMAC-SHA256"):
                self.reply(403)
            elif self.command == "PUT":
                objects[self.path] = sent
                self.reply(200)
            elif self.command == "DELETE":
                objects.pop(self.path, None)
                self.reply(204)
            else:
                self.reply(200 if self.path in objects else 404, objects.get(self.path, b""))

        do_GET = do_HEAD = do_PUT = do_DELETE = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", objects
    finally:
        server.shutdown()
        server.server_close()
