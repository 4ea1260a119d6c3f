"""A real Postgres on loopback, which can be killed and started again; each test its own schema."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
"""Debian keeps it off the path; the latest version is the last."""
CONTROL = shutil.which("pg_ctl") or (str(INSTALLED[-1]) if INSTALLED else "")
FAST = "-c fsync=off -c full_page_writes=off -c max_connections=300"
"""A killed process loses nothing by it, only a machine without power does."""


class Postgres:
    """A cluster of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self._control("initdb", "-o", "-A trust -N -U pagewise --locale=C.UTF-8")
        self.start()

    def url(self, schema: str = "") -> str:
        query = f"?schema={schema}" if schema else ""
        return f"postgresql://pagewise:canary@127.0.0.1:{self.port}/postgres{query}"

    def start(self) -> None:
        """Wait until it takes connections; the children of a killed one take a while to end."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} {FAST}"
        for _ in range(100):
            with suppress(subprocess.CalledProcessError):
                self._control("start", "-w", "-o", options, "-l", str(self.folder / "log"))
                return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        self._control("stop", "-w", "-m", "immediate")

    def kill(self) -> None:
        """As the kernel does when memory runs out: the first process, and by it all others."""
        pid_file = self.folder / "data" / "postmaster.pid"
        os.kill(int(pid_file.read_text(encoding="utf-8").split()[0]), signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """Of it and its children, those that have ended too."""
        told = (self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8")
        ticks = os.sysconf("SC_CLK_TCK")
        first, total = told.split()[0], 0.0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
                number, parent, times = status.parent.name, fields[1], fields[11:15]
                if number == first:
                    total += sum(map(int, times))
                elif parent == first:
                    total += sum(map(int, times[:2]))
        return total / ticks

    def _control(self, *words: str) -> None:
        command = [CONTROL, "-D", str(self.folder / "data"), *words]
        if os.getuid() == 0:  # Postgres refuses to run as root
            shutil.chown(self.folder, "postgres")
            command = ["setpriv", "--reuid=postgres", "--clear-groups", *command]
        nowhere = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=nowhere, stderr=nowhere, cwd="/")


def servers() -> Iterator[Postgres]:
    """For fixtures: one server, as long as it is needed; skipped where none is installed.

    Its folder is not pytest's: that is for its own user alone, and Postgres may be another.
    """
    pytest.importorskip("psycopg_pool")
    if not CONTROL:
        pytest.skip("there is no Postgres on this machine (apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = Postgres(Path(folder))
        yield server
        with suppress(subprocess.CalledProcessError):  # a test may have ended it for good
            server.stop()
