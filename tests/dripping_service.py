"""A model's service on loopback that answers a byte at a time, or never, and knows who has left."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
DRIP_S = 0.02


@dataclass
class DrippingService:
    """Its address, who is connected, and a signal for each who has asked."""

    url: str = ""
    is_silent: bool = False
    """Sends not even a head."""
    here: set[int] = field(default_factory=set)
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    changed: threading.Condition = field(default_factory=threading.Condition)
    is_over: threading.Event = field(default_factory=threading.Event)

    def wait_until_empty(self, seconds: float) -> bool:
        """Whether everybody has left by then."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.here, seconds)

    def serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            while b"\r\n\r\n" not in client.recv(65536):
                continue
            with self.changed:
                self.here.add(id(client))
            self.asked.release()
            if not self.is_silent:
                client.sendall(HEAD)
            while not self.is_over.wait(DRIP_S):
                client.settimeout(0.001)
                with suppress(TimeoutError):
                    if not client.recv(65536):
                        break
                if not self.is_silent:
                    client.sendall(b"1\r\n \r\n")
        with self.changed:
            self.here.discard(id(client))
            self.changed.notify_all()


@contextmanager
def dripping(*, is_silent: bool = False) -> Iterator[DrippingService]:
    """Run it while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        service = DrippingService(f"http://127.0.0.1:{listener.getsockname()[1]}", is_silent)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=service.serve, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield service
        finally:
            service.is_over.set()
            listener.shutdown(socket.SHUT_RDWR)
