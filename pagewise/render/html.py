"""What was read as one page for people: each picture beside its chunks, with their places on it.

Nothing is loaded and nothing runs: pictures are inside, there is no script, and all that comes from
a document is escaped. A chunk and its mark on the picture are one element, so that the style
sheet alone can light up both.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.errors import PageError
from loaders.pages.page import Audit, Reading
from loaders.pages.word import Box
from loaders.reading.auditing.audit import doubts_in
from loaders.reading.document import Picture
from loaders.text.printable import printable
from pagewise.render.html_block import shown_block
from pagewise.render.html_style import STYLE
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
        yield from _document(document)
    if is_begun:
        yield from (f'<p class="trouble">{_text(failure)}</p>\n' for failure in failures)
        yield "</main></body></html>\n"


def _head(title: str) -> str:
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body><main>\n"
    )


def _document(document: ReadDocument) -> Iterator[str]:
    yield f'<h1 dir="auto">{_text(document.name)}</h1>\n'
    if document.warning:
        yield f'<p class="trouble">{_text(document.warning)}</p>\n'
    outcomes: Counter[str] = Counter()
    for reading in document.readings():
        outcomes[str(reading.outcome)] += 1
        yield from _page(document, reading)
    told = " · ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    yield f'<p class="end">Pages: {told or "none"} · SHA-256 {document.sha256}</p>\n'


def _page(document: ReadDocument, reading: Reading) -> Iterator[str]:
    try:
        picture, trouble = document.picture(reading.page, WIDTH), ""
    except PageError as error:
        picture, trouble = None, f"no picture: {error.reason}"
    notes = list(filter(None, [reading.detail, trouble, *audit_notes(reading.audit)]))
    outcome = str(reading.outcome)
    yield (
        f'<section><h2>Page {reading.page + 1} <span class="{outcome}">{outcome}</span>'
        f" <small>read by {_text(reading.reader)}{_recall(reading.audit)}</small></h2>\n"
    )
    if notes:
        yield '<ul class="notes">' + "".join(f"<li>{_text(note)}</li>" for note in notes)
        yield "</ul>\n"
    chunks = [
        list(group)
        for _, group in groupby(
            parse_markup(reading.markup), lambda block: (block.chunk, block.box)
        )
    ]
    rows = min(_MOST_ROWS, 1 << len(chunks).bit_length())
    yield f'<div class="{"page" if picture else "bare"} r{rows}">\n'
    if picture:
        yield _image(picture, reading.page)
    for number, blocks in enumerate(chunks, 1):
        yield _chunk(number, blocks, picture, reading.audit)
    yield "</div></section>\n"


def _recall(audit: Audit | None) -> str:
    return f", {audit.word_recall:.1%} of the words found" if audit else ""


def audit_notes(audit: Audit | None) -> Iterator[str]:
    """Say what the audit doubts, each kind of doubt in one line."""
    if audit is None:
        return
    kinds = {
        "numbers that the page does not have": audit.novel_numbers,
        "numbers of the page that are missing": audit.missing_numbers,
        "numbers that nobody sees on the page": audit.hidden_numbers,
        "numbers that could not be read for certain": audit.unsure_numbers,
        "doubtful cells": audit.doubtful_cells,
        "text that nobody sees, left out": [f"“{audit.hidden_text}”"] if audit.hidden_text else [],
    }
    yield from audit.notes
    yield from (f"{kind}: {', '.join(found)}" for kind, found in kinds.items() if found)


def _image(picture: Picture, page: int) -> str:
    data = b64encode(picture.image).decode()
    source = f"data:{picture.media_type};base64,{data}"
    return f'<img class="picture" alt="Page {page + 1} as it is printed" src="{source}">\n'


def _chunk(
    number: int, blocks: Sequence[Block], picture: Picture | None, audit: Audit | None
) -> str:
    kind = next((block.kind for block in blocks if block.kind != "text"), "text")
    box = blocks[0].box
    mark = _mark(number, box, picture) if box and picture else ""
    body = "\n".join(shown_block(block, doubts_in(_markup(block), audit)) for block in blocks)
    return (
        f'<article class="{kind}">{mark}<div class="chunk"><b class="number">{number}</b>'
        f'<div dir="auto">{body}</div></div></article>\n'
    )


def _markup(block: Block) -> str:
    """The block as the audit saw it, in which `<` begins a tag and nothing else."""
    table = block.table.to_html() if block.table else ""
    return "\n".join([block.text, block.lead_in, block.caption, table, block.summary])


def _mark(number: int, box: Box, picture: Picture) -> str:
    """Draw the chunk's box over the picture, in points, with its number before it."""
    size = max(picture.width, picture.height) / _SHARE_OF_PAGE
    room = size / 5  # between the print and its frame
    left, top, right, bottom = box[0] - room, box[1] - room, box[2] + room, box[3] + room
    is_room = left > 2 * size
    x, anchor = (left - size / 4, "end") if is_room else (left + size / 4, "start")
    return (
        f'<svg class="mark" viewBox="0 0 {picture.width:.1f} {picture.height:.1f}" '
        f'aria-hidden="true"><rect x="{left:.1f}" y="{top:.1f}" '
        f'width="{right - left:.1f}" height="{bottom - top:.1f}"/>'
        f'<text x="{x:.1f}" y="{top + 0.8 * size:.1f}" font-size="{size:.1f}" '
        f'text-anchor="{anchor}">{number}</text></svg>'
    )


def _text(text: str) -> str:
    return html.escape(printable(text))
