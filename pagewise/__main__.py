"""The door: `python -m pagewise`, `main.py` and the installed script are one command line."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; Ctrl-C before anything has begun ends it without a word."""
    _open_streams()
    if argv is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pagewise.cli import main as run  # which takes a while

    return run(argv)


def _open_streams() -> None:
    """A stream that was closed before the start (`>&-`) takes what it is given, and has nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, pathlib.Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    sys.exit(main())
