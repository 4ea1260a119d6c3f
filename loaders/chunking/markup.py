"""The markup that readers write, parsed and repaired: whatever comes in, no text is lost.

Unclosed and nested chunks, no chunk at all, tables outside chunks or never closed, rows without a
table, stray code fences, Markdown's pipe tables: each becomes the blocks that were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import zip_longest

from loaders.chunking.block import Block
from loaders.chunking.caption_linking import attach
from loaders.chunking.html_table import read_tables, with_raised, without_hidden
from loaders.chunking.markdown_blocks import blocks_of
from loaders.chunking.table import Table
from loaders.pages.word import Box

_CHUNK = re.compile(r"<(?P<close>/?)chunk\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_BOX = re.compile(r"\bbox\s*=\s*[\"']([^\"'<>]{1,80})[\"']", re.IGNORECASE)
_FENCE_LINE = re.compile(r"[ \t]*(?:```|~~~)[ \t]*(\w*)[ \t]*$")
_MARKUP_LANGUAGES = {"html", "markdown", "md", "xml"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff]")

_HEADING_TAG = re.compile(r"<h([1-6])\b[^<>]*>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\b[^<>]*?\balt\s*=\s*\"([^\"<>]*)\"[^<>]*>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(
    r"</?(?:p|div|section|article|header|footer|main|nav|h[1-6]|ul|ol|dl|dt|dd|blockquote|figure"
    r"|figcaption|html|body|head|title|center|pre|hr|form)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK_TAG = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_FORMAT_TAG = re.compile(
    r"</?(?:a|abbr|big|cite|code|em|font|i|img|li|mark|small|span|strike|sub|sup|u|meta|link"
    r"|svg|button|input|label|time)(?:\s[^<>]*)?/?>|<!doctype[^<>]*>",
    re.IGNORECASE,
)
_FORGED = re.compile(r"<(?=[A-Za-z/!?])")


@dataclass(frozen=True, slots=True)
class _Region:
    """A chunk's inside, or what stands outside of chunks."""

    text: str
    box: Box | None
    is_chunk: bool


def parse_markup(markup: str) -> list[Block]:
    """The blocks of a page in order, captions and summaries with their tables."""
    source = _without_fences(_CONTROL.sub("", markup.replace("\r\n", "\n").replace("\r", "\n")))
    blocks: list[Block] = []
    for number, region in enumerate(_regions(without_hidden(source))):
        found = [
            replace(block, box=block.box or region.box, chunk=number)
            for block in _region_blocks(region.text)
        ]
        blocks.extend(attach(found, is_chunk=region.is_chunk))
    return attach(blocks, is_chunk=False)


def safe(text: str) -> str:
    """Text in which nothing can pass for a tag; every other character is itself."""
    return _FORGED.sub("&lt;", text)


def shown(markup: str) -> str:
    """A block's text as people read it."""
    return markup.replace("&lt;", "<")


def _without_fences(markup: str) -> str:
    """Without the fences that wrap markup; those around code stay."""
    lines = markup.split("\n")
    fences = [index for index, line in enumerate(lines) if _FENCE_LINE.match(line)]
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    for start, stop in zip_longest(fences[::2], fences[1::2], fillvalue=len(lines)):
        inside = lines[start + 1 : stop]
        language = (_FENCE_LINE.match(lines[start]) or [""] * 2)[1].lower()
        wraps_all = start == first
        if language in _MARKUP_LANGUAGES or wraps_all or any("<chunk" in line for line in inside):
            lines[start] = ""
            if stop < len(lines):
                lines[stop] = ""
    return "\n".join(lines)


def _regions(source: str) -> Iterator[_Region]:
    """A chunk ends where it says so, where the next begins, or with the page."""
    position, box, inside = 0, None, False
    for tag in _CHUNK.finditer(source):
        text = source[position : tag.start()]
        if text.strip():
            yield _Region(text, box, inside)
        inside = not tag["close"]
        box = box_of(tag["attributes"]) if inside else None
        position = tag.end()
    if source[position:].strip():
        yield _Region(source[position:], box, inside)


def box_of(attributes: str) -> Box | None:
    """The box that a tag names; None if it names none, or not four numbers."""
    match = _BOX.search(attributes)
    try:
        numbers = [float(word) for word in match[1].replace(",", " ").split()] if match else []
    except ValueError:
        return None
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _region_blocks(text: str) -> Iterator[Block]:
    """Text and tables in turn; what looks like a table but has no cell is text."""
    position = 0
    for start, stop, raw in read_tables(text):
        table = Table.from_raw(raw.rows, head_rows=raw.head_rows, caption=raw.caption)
        if not table.height:
            continue
        yield from blocks_of(_to_markdown(text[position:start]))
        box = box_of(text[start : text.index(">", start)])
        yield Block("table", caption=safe(table.caption), table=table, box=box)
        position = stop
    yield from blocks_of(_to_markdown(text[position:]))


def _to_markdown(html: str) -> str:
    """Text with the HTML that a reader may have slipped in as Markdown, no other tag left."""
    if "<" in html:
        html = with_raised(html)
        html = _HEADING_TAG.sub(lambda match: f"\n\n{'#' * int(match[1])} ", html)
        html = _ITEM_TAG.sub("\n- ", html)
        html = _IMAGE_TAG.sub(r"\n\n![\1]()\n\n", html)
        html = _PARAGRAPH_TAG.sub("\n\n", html)
        html = _BREAK_TAG.sub("\n", html)
        html = _FORMAT_TAG.sub("", _BOLD_TAG.sub("**", html))
    return safe(unescape(html).replace("\u00a0", " "))
