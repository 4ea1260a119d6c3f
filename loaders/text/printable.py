"""Text that somebody else wrote, fit to be shown: nothing in it steers, hides or turns a line.

One place says what a sign is that nobody sees; terminal, logs, answers and prompts all ask here.
"""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # titles, links, the clipboard
)
_LINE_END = re.compile(r"[\x85\u2028\u2029]")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # what terminals obey
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of a line
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164"
    r"\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # what has no width
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\ud800-\udfff]"  # halves of signs, which no encoding takes
    r"|(?<![\u0600-\u1cff\u2190-\u27ff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    r"|(?<=[\ufe0e\ufe0f])[\ufe0e\ufe0f]"
)
"""Joiners stay where scripts and emoji need them: after letters of Arabic, Indic and pictures."""


def printable(text: str) -> str:
    """The text without signs that steer a terminal, turn a line, or stand there unseen."""
    if text.isascii() and text.isprintable():
        return text
    bare = _LINE_END.sub("\n", _SEQUENCE.sub("", text))
    while (cleaner := _HIDDEN.sub("", bare)) != bare:  # a joiner may have hung on a hidden sign
        bare = cleaner
    return bare


def one_line(text: str) -> str:
    """The same as one line: a name or a message forges no second one."""
    return " ".join(printable(text).split())
