"""An address of this machine: who may listen there, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.errors import UsageError
from pagewise.library import Library
from pagewise.serving.server import serve
from pagewise.settings import Settings

pytestmark = pytest.mark.filterwarnings(
    "ignore:Accessing the 'model_fields' attribute:DeprecationWarning"
)


ROOT = Path(__file__).resolve().parents[3]
REVENUE = {"question": "What was the revenue in 2023?"}


def test_a_port_that_is_taken_is_named(small_library: Library) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} .*in use"):
            serve(small_library, port=port)


SERVE = """
import sys
from pathlib import Path
from pagewise.library import Library
from pagewise.serving.server import serve
from pagewise.settings import Settings
with Library(Settings(home=Path(sys.argv[1]), offline=True)) as library:
    serve(library, port=0)
print("closed")
"""


def test_a_server_told_to_stop_finishes_what_it_was_asked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stderr
        port = int(re.findall(r"127\.0\.0\.1:(\d+)", process.stderr.readline())[0])
        body = json.dumps({"input": REVENUE}).encode()
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            head = (
                f"POST /pagewise/invoke HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}"
            )
            connection.sendall(f"{head}\r\nExpect: 100-continue\r\n\r\n".encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 100 ")  # it waits for the body now
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            connection.sendall(body)
            answered = connection.recv(4096)
        assert answered.startswith(b"HTTP/1.1 409 ")  # what it says of an empty library
        assert process.stdout.read() == "closed\n"
    assert process.returncode == 0
    with Library(Settings(home=tmp_path, offline=True)) as library:
        assert library.documents() == []
