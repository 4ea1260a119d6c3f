"""A process that has loaded all that reads a PDF, touches none, and forks a child for each.

To load it costs more CPU time than to read some pages; to fork costs some milliseconds. The first
byte of a request counts for nothing, its three file descriptors are the child's requests, its
answers, and where its exit code is told; the answer is the child's number and descriptor.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from loaders.reading.worker import load_readers, main

KEPT_S = 30.0
"""So long it waits for a next document; it holds 150 MB."""
CODE_BYTES = 2


class ForkServer:
    """Forks at the other's request, and tells how its children have ended."""

    def __init__(self, door: socket.socket) -> None:
        self.door = door
        self.ended, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(wakes)
        self.children: dict[int, int] = {}
        """Where the exit code of each is told, by its number."""
        self.has_forked = False

    def serve(self) -> None:
        """Until the other is gone, or wants nothing more."""
        both = DefaultSelector()
        both.register(self.door, EVENT_READ)
        both.register(self.ended, EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in both.select(KEPT_S)]
            if self.ended in ready:
                os.read(self.ended, 512)
                self.reap()
            if self.door in ready and not self.answer():
                return
            if not ready and not self.children:
                return

    def answer(self) -> bool:
        """Fork once; whether there was somebody who asked for it."""
        told, pipes, _, _ = socket.recv_fds(self.door, 1, 3)
        if not told:
            return False
        requests, answers, code = pipes
        if self.has_forked:  # whoever reads several documents needs it
            load_layout_model()
        self.has_forked = True
        child = os.fork()
        if not child:
            self.become_child(requests, answers)
        self.children[child] = code
        os.close(requests)
        os.close(answers)
        watched = os.pidfd_open(child)  # it cannot be gone: nobody but us can have waited for it
        socket.send_fds(self.door, [child.to_bytes(4, sys.byteorder)], [watched])
        os.close(watched)
        return True

    def become_child(self, requests: int, answers: int) -> None:
        """Serve one document, with nothing of the server's in hand, and come to an end."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(requests, 0)
            os.dup2(answers, 1)
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            main()
            code = 0
        finally:
            os._exit(code)

    def reap(self) -> None:
        """Tell the exit codes of those that have ended, as `subprocess` has them."""
        for child in [*self.children]:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                pipe = self.children.pop(child)
                code = os.waitstatus_to_exitcode(status)
                with suppress(BrokenPipeError):  # who started it does not ask any more
                    os.write(pipe, code.to_bytes(CODE_BYTES, sys.byteorder, signed=True))
                os.close(pipe)


if __name__ == "__main__":
    load_readers()
    from loaders.reading.layout.layout_model import load_layout_model

    ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve()
