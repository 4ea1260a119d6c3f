"""Where to look: in which documents, on which pages, for which kind of chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty field lets everything through."""

    documents: tuple[str, ...] = ()
    first_page: int | None = None
    """Counted from 0, like `last_page`, which belongs to the range."""
    last_page: int | None = None
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def matches_metadata(self, metadata: Mapping[str, Any]) -> bool:
        """Whether a chunk with this metadata is wanted; one page of several is enough."""
        pages = metadata.get("pages") or [metadata.get("page", 0)]
        return (
            (not self.documents or metadata.get("source") in self.documents)
            and (not self.kinds or metadata.get("kind") in self.kinds)
            and (self.first_page is None or max(pages) >= self.first_page)
            and (self.last_page is None or min(pages) <= self.last_page)
        )


EVERYTHING = Filters()
