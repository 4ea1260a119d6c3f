"""From a sheet to markup: each block written in its own way, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.pages.geometry import enclosing, grown, inside
from loaders.pages.page_layout import Fill, Rule, Sheet, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.layout.blocks import Block, blocks_of, is_edge
from loaders.reading.layout.caption_pairs import paired, with_whole_captions
from loaders.reading.layout.charts import chart_text
from loaders.reading.layout.field_pairs import listed_pairs
from loaders.reading.layout.reading_order import in_reading_order
from loaders.reading.layout.toc_detection import plain_lines
from loaders.reading.tables.table_builder import FoundTable, find_tables
from loaders.reading.tables.table_grid import to_html
from loaders.reading.text_layer.line_joining import (
    body_size,
    joined,
    line_text,
    lines_of,
    paragraph,
    words_known,
)

BULLET = re.compile(r"^[•◦▪▫■□●○‣⁃∙·–—*»➢➤✓\uf0b7\uf0a7\uf0d8\-]\s+|^[•●▪■◦\uf0b7\uf0a7\uf0d8]")
NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+\S")
ITEM = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[①-⑳]|\[\d+\])\s*\S")

AROUND = 30.0
"""Points around a picture's words in which its bars and the patches of its legend may stand."""


def write_markup(sheet: Sheet) -> str:
    """The page in the markup that both readers write."""
    ordered = with_whole_captions(in_order(blocks_of(sheet), sheet))
    known = words_known(sheet.tokens)
    written = Writer(body_size(sheet.tokens), known, sheet.rules, sheet.fills).page(ordered)
    notes = [chunk(escaped(text), box) for box, text in sheet.remarks]
    return "\n".join(filter(None, [written, *notes]))


def in_order(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """The blocks as they are read; a running head is before all columns, a foot behind them."""
    heads: list[Block] = []
    body: list[Block] = []
    feet: list[Block] = []
    for block in blocks:
        if not is_edge(block, sheet):
            body.append(block)
        else:
            (heads if block.box[3] < sheet.height / 2 else feet).append(block)
    return [
        block
        for part in (heads, body, feet)
        for block in in_reading_order(part, lambda block: block.box)
    ]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the blocks of one page."""

    body: float
    """The size of ordinary print."""
    known: frozenset[str]
    """The words of the page, to mend hyphens by."""
    rules: Sequence[Rule]
    fills: Sequence[Fill] = ()

    def page(self, blocks: Sequence[Block]) -> str:
        """One chunk for each block; captions stand with what they name."""
        captions = paired(blocks)
        taken = {id(caption) for caption in captions.values()}
        chunks: list[str] = []
        for index, block in enumerate(blocks):
            if id(block) not in taken:
                chunks += self.chunks(block, captions.get(index))
        return "\n".join(chunks)

    def chunks(self, block: Block, caption: Block | None) -> list[str]:
        """The block as one chunk, or as one for each table in it."""
        if block.part is not None and block.part.frame is not None:
            return [block.part.frame.markup(write_markup(block.part))]
        named = self.text(caption) if caption else ""
        region = block.region if block.kind == "table" else None
        if region is not None:
            tables = find_tables(block.tokens, region, self.rules, self.fills)
            return [
                chunk(self.table(table, named if index == 0 else ""), table.box)
                for index, table in enumerate(tables)
            ]
        content = self.picture(block, named) if block.kind == "picture" else self.prose(block)
        boxes = [block.box, *([caption.box] if caption else [])]
        return [chunk(content, enclosing(boxes))] if content else []

    def text(self, block: Block) -> str:
        return escaped(paragraph(block.tokens, self.known))

    def table(self, table: FoundTable, caption: str) -> str:
        """Caption, grid, notes."""
        over = joined([caption, *map(escaped, table.above)], self.known)
        under = escaped(joined(table.below, self.known))
        plain = plain_lines(table.grid)
        if plain:
            body = "\n".join(
                f"- {escaped(line)}" if len(plain) > 1 else escaped(line) for line in plain
            )
        else:
            body = to_html(table.grid, table.box, self.known)
        return "\n".join(filter(None, [over, body, under]))

    def picture(self, block: Block, caption: str) -> str:
        """Caption, and the words inside the picture line by line."""
        around = grown(block.box, AROUND)
        near = [fill for fill in self.fills if inside(fill.box, around, 0.9)]
        if block.region is not None and block.region.is_read:
            words = [escaped(line_text(line)) for line in lines_of(block.tokens)]
        else:
            words = [escaped(line) for line in chart_text(block.tokens, near) if block.tokens]
        return "\n".join(filter(None, [caption, *words]))

    def prose(self, block: Block) -> str:
        """A field of a form, a heading, a list, or a paragraph."""
        if block.label:
            rest = block.tokens[len(block.label) : len(block.tokens) - len(block.remark)]
            remark = f" ({escaped(paragraph(block.remark, self.known))})" if block.remark else ""
            return self.pair(block.label, rest) + remark
        text = self.text(block)
        if block.kind in ("title", "section-header") and text:
            return "#" * self.heading_level(block, text) + " " + text
        if pairs := listed_pairs(block.tokens):
            return "\n".join(self.pair(*pair) for pair in pairs)
        if block.kind == "list-item" or holds_bullets(block):
            return self.items(block)
        return text

    def pair(self, label: Sequence[Token], value: Sequence[Token]) -> str:
        """What is named, and what it is."""
        name = paragraph(label, self.known).rstrip(" :")
        return escaped(f"{name}: {paragraph(value, self.known)}")

    def heading_level(self, block: Block, text: str) -> int:
        """By its number where it has one, else by its size against the body of the page."""
        if block.kind == "title":
            return 1
        number = NUMBERED.match(text)
        if number:
            return min(6, number.group(1).count(".") + 2)
        ratio = max(token.size for token in block.tokens) / self.body
        return 2 if ratio > 1.35 else 3 if ratio > 1.1 else 4

    def items(self, block: Block) -> str:
        """One line for each item; a line that starts no item goes on with the last."""
        texts = map(line_text, lines_of(block.tokens))
        items = runs(texts, lambda _, text: bool(BULLET.match(text) or ITEM.match(text)))
        return "\n".join(f"- {escaped(BULLET.sub('', joined(item, self.known)))}" for item in items)


def holds_bullets(block: Block) -> bool:
    """A bullet stands before its first line and before another one."""
    dots = [line[0].text == "•" for line in lines_of(block.tokens)]
    return dots[:1] == [True] and sum(dots) > 1


def chunk(content: str, box: Box) -> str:
    """The markup of one thought and its place."""
    place = " ".join(f"{value:.0f}" for value in box)
    return f'<chunk box="{place}">\n{content}\n</chunk>'


def escaped(text: str) -> str:
    """The text of a PDF must never forge a tag of the markup."""
    return text.replace("<", "&lt;")
