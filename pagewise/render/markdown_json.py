"""What was read as Markdown, or as JSON for programs; and a block of it as text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.pages.page import Reading
from loaders.text.printable import one_line, printable
from pagewise.indexing.ledger_report import page_json
from pagewise.render.read_stream import ReadDocument

_ACTIVE = re.compile(r"<(?=[A-Za-z/!?])|(?<=\])[(:]|!(?=\[)")
"""What would begin a tag, a link, a definition or an image."""
_OF_A_PAGE = {"page", "outcome", "reader", "detail", "audit"}


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
    chunks = [block_json(block) for block in parse_markup(reading.markup)]
    return {**page_json(reading, _OF_A_PAGE), "label": reading.label, "chunks": chunks}


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


def block_text(block: Block, shown: Callable[[str], str] = html.unescape) -> str:
    """The block as it is shown: lead-in, caption, table, notes; or its Markdown."""
    if block.table is None:
        return shown(block.text)
    parts = [shown(text) for text in (block.lead_in, block.caption)]
    parts += [block.table.to_html(), shown(block.summary)]
    return "\n".join(part for part in parts if part)


def as_markdown(documents: Iterable[ReadDocument]) -> Iterator[str]:
    """Headings as Markdown has them, tables as HTML, which Markdown allows; page by page."""
    for document in documents:
        if document.failure:
            continue
        yield f"<!-- {_remark(document.name)} -->"
        for reading in document.readings():
            told = f"page {reading.page + 1}: {reading.outcome} {reading.detail}".rstrip()
            parts = [f"<!-- {_remark(told)} -->"]
            parts += [printable(_markdown(block)) for block in parse_markup(reading.markup)]
            yield "\n\n" + "\n\n".join(parts)
        yield "\n"


def _markdown(block: Block) -> str:
    text = block_text(block, _quiet)
    return f"{'#' * block.level} {text}" if block.kind == "heading" else text


def _quiet(text: str) -> str:
    """Its headings, lists and emphasis are Markdown; a printed tag, link or image is text."""
    return _ACTIVE.sub(r"\\\g<0>", html.unescape(text))


def _remark(text: str) -> str:
    """One line that a comment can hold: no name ends it."""
    return re.sub("-(?=-|>)", "- ", one_line(text))
