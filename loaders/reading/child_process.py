"""Starts the processes that read documents: forked, where the system can, by one that is loaded."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0
"""So long the fork server may take to load what it forks, on a busy machine."""
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "PYTHONIOENCODING": "utf-8",
    "LANG": "C.UTF-8",
    "ORT_DISABLE_TELEMETRY": "1",  # else onnxruntime tells its makers, and writes into the home
}
LOST = -int(getattr(signal, "SIGKILL", 9))
"""The exit code of a child of which nobody could tell how it ended."""


class Process(Protocol):
    """What is needed of a `subprocess.Popen`."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def send_signal(self, sig: int, /) -> None: ...
    def kill(self) -> None: ...
    def wait(self) -> int: ...


class ForkedProcess:
    """A grandchild: its parent is the fork server, which tells by a pipe how it ended."""

    def __init__(self, pid: int, handle: int, stdin: int, stdout: int, code: int) -> None:
        self.pid, self._handle = pid, handle
        self.stdin: IO[bytes] = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] = os.fdopen(stdout, "rb")
        self._code = os.fdopen(code, "rb")
        self._waits = threading.Lock()

    def send_signal(self, sig: int, /) -> None:
        """Nothing, if it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, sig)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Return the exit code, negative for a signal, when the process has ended."""
        with self._waits:
            return self._exit_code

    @cached_property
    def _exit_code(self) -> int:
        with self._code:
            told = self._code.read()
        return int.from_bytes(told, sys.byteorder, signed=True) if told else LOST

    def __del__(self) -> None:
        os.close(self._handle)


class _ForkServer:
    """The one of this process; started when it is needed, and again if it has gone."""

    def __init__(self) -> None:
        self.is_there = sys.platform == "linux" and hasattr(os, "pidfd_open")
        """macOS has no descriptors of processes, and its libraries do not like to be forked."""
        self._turn = threading.Lock()
        self._door: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._of_parent: subprocess.Popen[bytes] | None = None

    def fork(self) -> ForkedProcess | None:
        """None where the system has no such thing, or does not let us."""
        with self._turn, suppress(OSError, EOFError):
            if self._door is not None:
                with suppress(OSError, EOFError):  # it has left for want of work
                    return _forked(self._door)
            if self.is_there:
                self.is_there = False  # one that cannot even fork once is not started again
                forked = _forked(self._start())
                self.is_there = True
                return forked
        return None

    def _start(self) -> socket.socket:
        self.stop()
        self._door, theirs = socket.socketpair()
        self._door.settimeout(PATIENCE_S)
        with theirs:
            door = theirs.fileno()
            self._process = started("fork_server", str(door), pipe=subprocess.DEVNULL, keep=[door])
        return self._door

    def stop(self) -> None:
        """It has nothing to put away; its children go on."""
        if self._door is not None:
            self._door.close()
            self._door = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def leave(self) -> None:
        """In a process forked from the one that has started it, to which it belongs."""
        self._of_parent, self._process = self._process, None
        self._turn = threading.Lock()
        self.stop()


_server = _ForkServer()
atexit.register(_server.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_server.leave)


def _forked(door: socket.socket) -> ForkedProcess:
    with ExitStack() as theirs, ExitStack() as ours:
        pipes = []
        for _ in range(3):
            pipes.append(os.pipe())
            ends = pipes[-1] if len(pipes) == 1 else pipes[-1][::-1]  # requests, answers, code
            theirs.callback(os.close, ends[0])
            ours.callback(os.close, ends[1])
        (its_in, stdin), (stdout, its_out), (code, its_code) = pipes
        socket.send_fds(door, [b"."], [its_in, its_out, its_code])
        told, handles, _, _ = socket.recv_fds(door, 4, 1)
        if not handles:
            raise EOFError("the fork server has gone, or there is no room for one more descriptor")
        ours.pop_all()
        return ForkedProcess(int.from_bytes(told, sys.byteorder), handles[0], stdin, stdout, code)


def started(
    module: str, *words: str, pipe: int = subprocess.PIPE, keep: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """A module of this package as a process of its own, which sees nothing of the environment."""
    return subprocess.Popen(
        [sys.executable, "-B", "-m", f"loaders.reading.{module}", *words],
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=ENVIRONMENT,
        pass_fds=keep,
        process_group=0,  # a terminal's Ctrl-C is for us: it would look like a fault of a page
    )


def start_process() -> Process:
    """A process that waits for the name of a document."""
    return _server.fork() or started("worker")
