"""What the library remembers of a document."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple, Self

import pydantic.dataclasses
from langchain_core.documents import Document


class Heading(NamedTuple):
    """A line of a document's contents; the page is counted from 0."""

    level: int
    text: str
    page: int


@pydantic.dataclasses.dataclass(frozen=True, slots=True, config={"coerce_numbers_to_str": True})
class DocumentProperties:
    """What a file says about itself; all of it may be missing, and none of it need be true.

    Made of what was kept of it; a library of another version may tell more, or less.
    """

    author: str = ""
    created: str = ""
    """ISO 8601, perhaps without month or day; so is `modified`."""
    modified: str = ""
    labels: tuple[str, ...] = ()
    """What is printed as each page's number; empty if the file does not say."""
    contents: tuple[Heading, ...] = ()
    """The bookmarks, in order."""


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
    properties: DocumentProperties = field(default_factory=DocumentProperties)
    chunks: int = 0
    """How many were stored; the store fills it in."""

    def row(self) -> tuple[object, ...]:
        """The columns of the catalog's table."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        told["properties"] = json.dumps(asdict(self.properties), ensure_ascii=False)
        return tuple(told.values())

    @classmethod
    def of_row(cls, *row: Any) -> Self:
        told = dict(zip((one.name for one in fields(cls)), row, strict=True))
        properties = DocumentProperties(**json.loads(told.pop("properties") or "{}"))
        return cls(**told, properties=properties)


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that one arm of the search found; greater is better, scales differ between arms."""

    chunk_id: str
    score: float


def shown_text(chunk: Document) -> str:
    """A chunk is found by what it shows, unless the library is told better."""
    return chunk.page_content
