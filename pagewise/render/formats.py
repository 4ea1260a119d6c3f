"""The formats of `read --format`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pagewise.render.html import as_html
from pagewise.render.markdown_json import as_json, as_markdown
from pagewise.render.read_stream import ReadDocument

FORMATS: dict[str, Callable[[Iterable[ReadDocument]], Iterator[str]]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
}
