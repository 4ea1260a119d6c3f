"""The formats of `read --format`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from app.readout.documents import ReadDocument
from app.readout.page import as_html
from app.readout.written import as_json, as_markdown

FORMATS: dict[str, Callable[[Iterable[ReadDocument]], Iterator[str]]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
}
