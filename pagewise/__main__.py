"""The door: `python -m pagewise`, `main.py` and the installed script are one command line."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; Ctrl-C before anything has begun ends it without a word."""
    if argv is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pagewise.cli import main as run  # which takes a while

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
