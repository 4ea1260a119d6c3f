"""What the library remembers of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as it was indexed; `name` is what people call it, and its chunks' source."""

    name: str
    sha256: str
    source: str = ""
    """The absolute path or URL it was read from."""
    pages: int = 0
    bytes: int = 0
    reader: str = "local"
    title: str = ""
    indexed_at: str = ""
    """UTC, ISO 8601; the store fills it in when it is empty."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that one arm of the search found; greater is better, scales differ between arms."""

    chunk_id: str
    score: float
