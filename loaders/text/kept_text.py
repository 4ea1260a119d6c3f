"""Text as it is kept: what can be encoded and is to be read, whoever wrote it."""

from __future__ import annotations

import re

_NOT_KEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line feed, and halves of surrogate pairs, which have no bytes."""
_MEANT = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}


def kept_text(text: str) -> str:
    """Without control characters; half a pair becomes the sign for what could not be read."""
    if not _NOT_KEPT.search(text):
        return text
    return _NOT_KEPT.sub(_in_its_place, text.replace("\r\n", "\n"))


def _in_its_place(sign: re.Match[str]) -> str:
    return "\ufffd" if sign[0] >= "\ud800" else _MEANT.get(sign[0], "")
