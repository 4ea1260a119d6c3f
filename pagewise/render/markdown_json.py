"""What was read as Markdown, or as JSON for programs; and a block of it as text."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from typing import Any

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.pages.page import Reading
from pagewise.ledger_report import audit_figures
from pagewise.render.read_stream import ReadDocument


def as_json(documents: Iterable[ReadDocument]) -> Iterator[str]:
    """One line a document; see DESIGN for its keys. A line is whole or not there."""
    for document in documents:
        if not document.failure:
            pages = [_page_json(reading) for reading in document.readings()]
            line = {"document": document.name, "sha256": document.sha256, "pages": pages}
            if document.warning:
                line["warning"] = document.warning
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _page_json(reading: Reading) -> dict[str, Any]:
    return {
        "page": reading.page + 1,
        "label": reading.label,
        "outcome": str(reading.outcome),
        "reader": reading.reader,
        "detail": reading.detail,
        "audit": audit_figures(reading),
        "chunks": [block_json(block) for block in parse_markup(reading.markup)],
    }


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


def as_markdown(documents: Iterable[ReadDocument]) -> Iterator[str]:
    """Headings as Markdown has them, tables as HTML, which Markdown allows; page by page."""
    for document in documents:
        if document.failure:
            continue
        yield f"<!-- {document.name} -->"
        for reading in document.readings():
            told = f"page {reading.page + 1}: {reading.outcome} {reading.detail}".rstrip()
            parts = [f"<!-- {told} -->"]
            parts += [block_text(block) for block in parse_markup(reading.markup)]
            yield "\n\n" + "\n\n".join(parts)
        yield "\n"
