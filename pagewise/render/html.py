"""What was read as one page for people: each picture beside its chunks, with their places on it.

Nothing is loaded and nothing runs: pictures are inside, there is no script, and all that comes from
a document is escaped. A chunk and its mark on the picture are one element, so that the style
sheet alone can light up both.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.errors import PageError
from loaders.pages.page import Audit, Reading
from loaders.pages.word import Box
from loaders.reading.auditing.audit import doubts_in
from loaders.reading.document import Picture
from pagewise.indexing.ledger_report import doubts_of
from pagewise.render.html_block import shown_block
from pagewise.render.jinja_templates import templates_of
from pagewise.render.read_stream import ReadDocument

WIDTH = 1000
"""Pixels of a picture: small print can be read when it is enlarged."""
_SHARE_OF_PAGE = 80
"""The numbers of chunks are this part of the page's longer side."""
_MOST_ROWS = 1024


def as_html(documents: Iterable[ReadDocument]) -> Iterator[str]:
    """Yield the parts of one HTML file, page by page; nothing if no document could be read."""
    failures: list[str] = []
    is_begun = False
    for document in documents:
        if document.failure:
            failures.append(document.failure)
            continue
        if not is_begun:
            yield _head(document.name)
        is_begun = True
        yield _part("opening", document)
        outcomes: Counter[str] = Counter()
        for reading in document.readings():
            outcomes[str(reading.outcome)] += 1
            yield _page(document, reading)
        yield _part("end", outcomes.items(), document.sha256)
    if is_begun:
        yield from (_part("trouble", failure) for failure in failures)
        yield "</main></body></html>\n"


def _part(name: str, *values: object) -> str:
    """One of the template's parts, filled in."""
    template: Any = templates_of("pagewise.render").get_template("read.html").module
    return str(getattr(template, name)(*values))


@cache
def style() -> str:
    """How it looks; its hash stands in the page's security policy."""
    return (Path(__file__).parent / "templates" / "read.css").read_text(encoding="utf-8")


def _head(title: str) -> str:
    digest = b64encode(sha256(style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _part("head", title, policy, style())


def _page(document: ReadDocument, reading: Reading) -> str:
    try:
        picture, trouble = document.picture(reading.page, WIDTH), ""
    except PageError as error:
        picture, trouble = None, f"no picture: {error.reason}"
    data = b64encode(picture.image).decode() if picture else ""
    source = f"data:{picture.media_type};base64,{data}" if picture else ""
    notes = [*doubts_of(reading), *filter(None, [trouble])]
    blocks = parse_markup(reading.markup)
    chunks = [
        _chunk([*group], picture, reading.audit)
        for _, group in groupby(blocks, lambda block: (block.chunk, block.box))
    ]
    rows = min(_MOST_ROWS, 1 << len(chunks).bit_length())
    return _part("page", reading, picture, source, notes, rows, chunks)


def _chunk(blocks: Sequence[Block], picture: Picture | None, audit: Audit | None) -> dict[str, Any]:
    box = blocks[0].box
    return {
        "kind": next((block.kind for block in blocks if block.kind != "text"), "text"),
        "mark": _mark(box, picture) if box and picture else None,
        "body": "\n".join(shown_block(one, doubts_in(_markup(one), audit)) for one in blocks),
    }


def _markup(block: Block) -> str:
    """The block as the audit saw it, in which `<` begins a tag and nothing else."""
    table = block.table.to_html() if block.table else ""
    return "\n".join([block.text, block.lead_in, block.caption, table, block.summary])


def _mark(box: Box, picture: Picture) -> dict[str, float | str]:
    """The chunk's box over the picture, in points, and the place of its number before it."""
    size = max(picture.width, picture.height) / _SHARE_OF_PAGE
    room = size / 5  # between the print and its frame
    left, top = box[0] - room, box[1] - room
    frame = {"left": left, "top": top, "width": box[2] + room - left, "height": box[3] + room - top}
    x, anchor = (left - size / 4, "end") if left > 2 * size else (left + size / 4, "start")
    return {**frame, "x": x, "y": top + 0.8 * size, "size": size, "anchor": anchor}
