"""`read`: what the reader makes of a file, as Markdown, as HTML, or as JSON for programs."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app import models
from app.audit import audit_figures
from app.report import COMPLETE
from app.settings import Settings
from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.errors import SourceError
from loaders.loader import PageLoader
from loaders.reading.page import Reading
from loaders.sources import Source, find_sources
from loaders.web_address import is_web_address

STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #bbb;padding:.15rem .5rem}
th{background:#f3f3f3}h2.page{border-top:2px solid #ccc;color:#777;font-size:1rem}
.caption{font-weight:600}.outcome{color:#a00}"""


@dataclass(slots=True)
class ReadDocument:
    """A document that was read, page by page; or why it could not be."""

    name: str
    """The path as it was given."""
    sha256: str = ""
    readings: list[Reading] = field(default_factory=list)
    failure: str = ""
    warning: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every page was read."""
        return not self.failure and all(r.outcome in COMPLETE for r in self.readings)


def read_sources(
    names: Sequence[str], pages: Sequence[int] | None, settings: Settings
) -> Iterator[ReadDocument]:
    """Read one file after the other; one that cannot be opened does not stop the others."""
    missing: list[SourceError] = []
    with TemporaryDirectory() as folder:
        downloads = None if settings.offline else Path(folder)
        sources = find_sources(names, downloads, on_error=missing.append)
        yield from (ReadDocument(error.source, failure=str(error)) for error in missing)
        for source in sources:
            yield _read(source, pages, settings)


def _read(source: Source, pages: Sequence[int] | None, settings: Settings) -> ReadDocument:
    # A file is called what the user called it, a download by its address.
    name = source.origin if is_web_address(source.origin) else str(source.path)
    loader = PageLoader(source.path, models.load_reader(settings), name=name, pages=pages)
    try:
        readings = list(loader.readings())
    except SourceError as error:
        return ReadDocument(name, failure=str(error))
    sha256 = loader.record.sha256 if loader.record else ""
    return ReadDocument(name, sha256, readings, warning=loader.repaired)


def as_json(document: ReadDocument) -> str:
    """One line; see DESIGN for its keys."""
    pages = [
        {
            "page": reading.page + 1,
            "outcome": str(reading.outcome),
            "reader": reading.reader,
            "detail": reading.detail,
            "audit": audit_figures(reading),
            "chunks": [block_json(block) for block in parse_markup(reading.markup)],
        }
        for reading in document.readings
    ]
    line = {"document": document.name, "sha256": document.sha256, "pages": pages}
    if document.warning:
        line["warning"] = document.warning
    return json.dumps(line, ensure_ascii=False) + "\n"


def block_json(block: Block) -> dict[str, Any]:
    """A table has rows; every other block is text."""
    kind = block.kind if block.kind in {"table", "figure"} else "text"
    return {
        "kind": kind,
        "text": block_text(block),
        "rows": block.table.rows if block.table else [],
        "caption": html.unescape(block.caption),
        "box": list(block.box) if block.box else None,
    }


def block_text(block: Block) -> str:
    """The block as it is shown: lead-in, caption, table, notes; or its Markdown."""
    if block.table is None:
        return html.unescape(block.text)
    parts = [html.unescape(text) for text in (block.lead_in, block.caption)]
    parts += [block.table.to_html(), html.unescape(block.summary)]
    return "\n".join(part for part in parts if part)


def as_markdown(document: ReadDocument) -> str:
    """Headings as Markdown has them, tables as HTML, which Markdown allows."""
    parts = [f"<!-- {document.name} -->"]
    for reading in document.readings:
        parts.append(f"<!-- page {reading.page + 1}: {reading.outcome} {reading.detail}".rstrip())
        parts[-1] += " -->"
        parts += [block_text(block) for block in parse_markup(reading.markup)]
    return "\n\n".join(parts) + "\n"


def as_html(document: ReadDocument) -> str:
    """A page for a browser; all text is escaped, no script and no link survives."""
    title = html.escape(document.name)
    head = f"<!doctype html><meta charset='utf-8'><title>{title}</title><style>{STYLE}</style>"
    parts = [head, f"<h1>{title}</h1>"]
    for reading in document.readings:
        outcome = f"{reading.outcome}: {reading.detail}" if reading.detail else reading.outcome
        parts.append(f"<h2 class='page'>page {reading.page + 1} · {html.escape(outcome)}</h2>")
        parts += [_block_html(block) for block in parse_markup(reading.markup)]
    return "\n".join(parts) + "\n"


def _block_html(block: Block) -> str:
    def safe(text: str) -> str:
        return html.escape(html.unescape(text), quote=False)

    if block.table is not None:
        caption = f"<p class='caption'>{safe(block.caption)}</p>" if block.caption else ""
        return f"{caption}{block.table.to_html()}<p>{safe(block.summary)}</p>"
    if block.kind == "heading":
        level = min(block.level + 1, 6)
        return f"<h{level}>{safe(block.text.lstrip('# '))}</h{level}>"
    if block.kind == "list":
        lines = (line.lstrip("-* ") for line in block.text.splitlines() if line.strip())
        return "<ul>" + "".join(f"<li>{safe(line)}</li>" for line in lines) + "</ul>"
    return f"<p>{safe(block.text)}</p>"


FORMATS: dict[str, Callable[[ReadDocument], str]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
}
