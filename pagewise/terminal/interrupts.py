"""Keys that are pressed: Ctrl-C ends what is being done, and nothing else, however often.

At the prompt it is a key like others; a signal could meet the program between two modes of the
terminal, or in the middle of an event loop's end. While an answer is made it is heard once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType


@contextmanager
def signals_ignored(*numbers: signal.Signals) -> Iterator[None]:
    """Between a prompt and an answer there is nothing to end; and a server hears them itself."""
    before = {number: signal.signal(number, _ignore) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def one_interrupt() -> Iterator[None]:
    """KeyboardInterrupt for the first Ctrl-C; what it ends is not disturbed by a second."""
    signal.signal(signal.SIGINT, _interrupt)
    with suppress(KeyboardInterrupt):
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, _ignore)


def control_keys_typed() -> AbstractContextManager[None]:
    """What is pressed comes as a key, from before the prompt is shown until the line is taken."""
    return _without("ISIG")


def silent_keys() -> AbstractContextManager[None]:
    """What is typed while something is drawn stays for the next prompt, and off the screen."""
    return _without("ECHO")


@contextmanager
def _without(mode: str) -> Iterator[None]:
    """A mode of the terminal is off until the block ends; where there is none, nothing is."""
    try:
        import termios  # POSIX alone has it
    except ImportError:
        yield
        return
    try:
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
    except (OSError, ValueError, termios.error):
        yield  # no terminal
        return
    modes = [*before]
    modes[3] &= ~getattr(termios, mode)
    termios.tcsetattr(keyboard, termios.TCSANOW, modes)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)


def _ignore(number: int, frame: FrameType | None) -> None:
    """There is nothing to end."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _ignore)
    raise KeyboardInterrupt
