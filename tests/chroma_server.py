"""A real Chroma server on loopback, which can be killed and started again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

START = "from chromadb.cli.cli import app; app()"


class Server:
    """Runs as long as nobody kills it; its port stays the same."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Wait until it takes connections, however busy the machine is."""
        options = ["--path", str(self.folder), "--port", str(self.port), "--host", "127.0.0.1"]
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "run", *options], stdout=nowhere, stderr=nowhere
        )
        while self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def kill(self) -> None:
        """As the kernel does when memory runs out."""
        self.process.kill()
        self.process.wait()
