"""What this program says of itself: log lines, errors, tracebacks, without keys or control signs.

A service repeats keys in its errors, and a client chooses the path that a log line quotes.
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

from loaders.errors import PagewiseError
from loaders.redaction import Redaction
from loaders.text.printable import one_line, printable

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def hidden(text: str) -> str:
    """A text from anywhere, without the keys that it may quote."""
    from pagewise.secrets import redaction_for
    from pagewise.settings import load_settings

    try:
        hide = redaction_for(load_settings(Path()))  # which library it is does not matter
    except PagewiseError:  # the settings themselves are what is wrong
        hide = Redaction()
    return hide.text(text)


def traceback_of(error: BaseException) -> str:
    """The whole traceback, fit to be shown."""
    return _SafeFormatter().formatException((type(error), error, error.__traceback__))


def use_safe_log() -> None:
    """Warnings that nobody handles go to stderr, a line each; embedding programs have their own."""
    if logging.lastResort:
        logging.lastResort.setFormatter(_SafeFormatter())


class _SafeFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return hidden(one_line(super().formatMessage(record)))

    def formatException(self, ei: ExcInfo) -> str:
        return hidden(printable(super().formatException(ei)))
