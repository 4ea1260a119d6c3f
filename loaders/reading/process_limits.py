"""What the reading process may use: address space, files, CPU time; where the system has limits.

Windows has no module `resource`, and macOS refuses some of its limits: there the parent's clock
alone ends a page that takes too long.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

STARTED = 1.0
"""Seconds that may be over before the limit is set."""


def _limits() -> Any:
    """The module `resource`, or None where the system has none."""
    with suppress(ModuleNotFoundError):
        return import_module("resource")
    return None


def missing() -> str:
    """Which limits this system does not have, in words; nothing as a rule."""
    if _limits() is None:
        return "memory, written files and CPU time"
    return "memory" if sys.platform == "darwin" else ""


def limit(memory: int, most: int) -> bool:
    """Give up, for good, what a reader of files does not need; OCR may take the `most`.

    False if the system knows no such limits.
    """
    system = _limits()
    if system is None:
        return False
    with suppress(ValueError, OSError):  # macOS takes no limit of the address space
        system.setrlimit(system.RLIMIT_AS, (memory, max(memory, most)))
    system.setrlimit(system.RLIMIT_CORE, (0, 0))
    system.setrlimit(system.RLIMIT_FSIZE, (0, 0))
    return True


def allow_more_memory() -> None:
    """As much as the models of OCR need."""
    system = _limits()
    if system is not None:
        with suppress(ValueError, OSError):
            hard = system.getrlimit(system.RLIMIT_AS)[1]
            system.setrlimit(system.RLIMIT_AS, (hard, hard))


def limit_cpu(seconds: float) -> None:
    """Count anew for each request: a long document is no attack."""
    system = _limits()
    if system is not None:
        allowed = int(time.process_time() + seconds + STARTED) + 1
        system.setrlimit(system.RLIMIT_CPU, (allowed, system.RLIM_INFINITY))
