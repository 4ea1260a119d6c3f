"""What must not be shown or leave the machine, taken out: keys, pieces of keys, page images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

PIECE = 8
"""So many signs of a key in a row give a part of it away: services repeat keys in their errors."""
HIDDEN = "(key)"
_FOREIGN_KEY = re.compile(
    r"\b(?:AIza[\w-]{10,}|(?:lsv2_|sk-|gsk_|hf_)[\w-]{12,})"
    r"|(?<=[?&]key=)[^&\s'\"]+"
    r"|(?<=[Bb]earer )[\w.~+/-]{16,}"
)
_INLINE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=-]*|[\w+/=-]{1024,}")
_BINARY = frozenset({"base64", "bytes", "data", "inline_data"})


class Redaction:
    """Takes keys and images out of text and plain JSON values."""

    def __init__(self, keys: Iterable[str] = (), addresses: Iterable[str] = ()) -> None:
        """Of `keys` pieces are hidden too; `addresses` only as a whole, as they hold words."""
        known = [key for key in keys if key]
        self._whole = [secret for secret in (*known, *addresses) if secret]
        self._pieces = frozenset(piece for key in known for piece in _pieces(key))
        starts = "|".join(map(re.escape, self._pieces))
        self._piece = re.compile(f"(?={starts})") if starts else None

    def __call__(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same values, fit to leave the machine."""
        return {self.text(key): self._clean(value, key) for key, value in values.items()}

    def _clean(self, value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return f"({len(value)} characters)" if key in _BINARY else self.text(value)
        if isinstance(value, dict):
            return self(value)
        if isinstance(value, list):
            return [self._clean(item) for item in value]
        return value

    def text(self, text: str) -> str:
        """The same text, fit to be shown."""
        for secret in self._whole:
            text = text.replace(secret, HIDDEN)
        text = _FOREIGN_KEY.sub(HIDDEN, self._without_pieces(text))
        return _INLINE.sub(lambda found: f"({len(found[0])} characters)", text)

    def _without_pieces(self, text: str) -> str:
        if self._piece is None or not any(piece in text for piece in self._pieces):
            return text
        spans: list[tuple[int, int]] = []
        for found in self._piece.finditer(text):
            start, end = found.start(), found.start() + PIECE
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
        for start, end in reversed(spans):
            text = text[:start] + HIDDEN + text[end:]
        return text


def _pieces(key: str) -> Iterator[str]:
    """Every run of signs in a key; a short one is hidden as a whole alone."""
    if len(key) >= 2 * PIECE:
        for start in range(len(key) - PIECE + 1):
            yield key[start : start + PIECE]
