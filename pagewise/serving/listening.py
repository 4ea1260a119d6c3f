"""An application at an address of this machine, until it is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Sequence

import uvicorn
from starlette.types import ASGIApp

from loaders.errors import UsageError
from pagewise import console
from pagewise.serving.connections import KEPT_S, PatientProtocol
from pagewise.terminal.interrupts import signals_ignored

SHUTDOWN_SECONDS = 20


def run_app(app: ASGIApp, host: str, port: int, *, paths: Sequence[str]) -> None:
    """Say where the paths are, and answer; what is under way at the end is finished first.

    Raises:
        UsageError: The address cannot be had.
    """
    with _listen(host, port) as listener:
        name = f"[{host.strip('[]')}]" if ":" in host else host
        shown = f"http://{name}:{listener.getsockname()[1]}"
        told = " · ".join([*(f"{shown}{path}" for path in paths), "Ctrl-C ends"])
        console.err().print(told, markup=False)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            http=PatientProtocol,
            timeout_keep_alive=KEPT_S,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        # uvicorn sends itself the signal again when it is done: the library is still to close.
        with signals_ignored(signal.SIGINT, signal.SIGTERM):
            uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen at {host}, port {port} ({error}); choose another with --host or --port"
        ) from error
