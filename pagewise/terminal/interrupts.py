"""Ctrl-C ends what is being done, and nothing else, however often and whenever it is pressed.

At the prompt it is a key like others; a signal could meet the program between two modes of the
terminal, or in the middle of an event loop's end. While an answer is made it is heard once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Between a prompt and an answer there is nothing to end."""
    before = signal.signal(signal.SIGINT, _ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def one_interrupt() -> Iterator[None]:
    """KeyboardInterrupt for the first Ctrl-C; what it ends is not disturbed by a second."""
    signal.signal(signal.SIGINT, _interrupt)
    with suppress(KeyboardInterrupt):
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, _ignore)


@contextmanager
def control_keys_typed() -> Iterator[None]:
    """What is pressed comes as a key, from before the prompt is shown until the line is taken."""
    try:
        import termios
    except ImportError:  # Windows: its console has no such modes
        yield
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    keys = [*before]
    keys[3] = before[3] & ~termios.ISIG
    termios.tcsetattr(terminal, termios.TCSANOW, keys)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def _ignore(number: int, frame: FrameType | None) -> None:
    """There is nothing to end."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _ignore)
    raise KeyboardInterrupt
