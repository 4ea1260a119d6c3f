"""Blocks packed into drafts of chunks: whole sentences, whole rows, 128 to 512 tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from loaders.chunking.block import Block
from loaders.chunking.sections import Sections
from loaders.chunking.table import Table
from loaders.chunking.text_pieces import packed, pieces_of, token_count
from loaders.pages.word import Box
from loaders.text.sentence_splitter import sentences
from loaders.text.units import is_unit_line

FEWEST_TOKENS = 128
MOST_TOKENS = 512
_AIM = 256

Kind = Literal["text", "table", "figure"]


@dataclass(slots=True)
class Draft:
    """A chunk in the making."""

    kind: Kind
    section: str
    title: str
    parts: list[str] = field(default_factory=list)
    tokens: int = 0
    pages: dict[int, None] = field(default_factory=dict)
    boxes: list[tuple[int, Box]] = field(default_factory=list)
    caption: str = ""
    table: Table | None = None
    whole: Block | None = None
    """The block of which a table's draft is a piece."""
    piece: int = 0
    pieces: int = 1
    first_row: int = 0
    row_pages: tuple[int, ...] = ()
    is_open: bool = True
    """More text of the same page may still be added."""

    def add(self, text: str, pages: Iterable[int], box: Box | None) -> None:
        self.parts.append(text)
        self.tokens += token_count(text)
        numbers = list(pages)
        self.pages.update(dict.fromkeys(numbers))
        if box and numbers:
            self.boxes.append((numbers[0], box))

    @property
    def content(self) -> str:
        return "\n\n".join(self.parts)


class Packer:
    """Packs page after page; what it knows of the document is which sections are open."""

    def __init__(self) -> None:
        self.sections = Sections()
        self.drafts: list[Draft] = []
        self.headings: list[tuple[Block, tuple[int, ...]]] = []
        self.page = 0

    def pack(self, blocks: list[Block], page: int) -> Iterator[Draft]:
        """The drafts of a page; a heading at its foot waits for the page that follows."""
        self.page = page
        for block, lead_in in _with_lead_ins(blocks):
            pages = block.pages or (page,)
            if block.kind == "heading":
                self._take_heading(block, pages)
            elif block.kind == "table":
                self._take_table(block, pages)
            elif block.kind == "figure":
                self._take_figure(block, pages)
            else:
                self._take_text(block, pages, lead_in)
        yield from self._closed()

    def finish(self) -> Iterator[Draft]:
        """What still waits when the document is over: headings with nothing beneath them."""
        if self.headings:
            self._begin("text")
        yield from self._closed()

    def _closed(self) -> Iterator[Draft]:
        drafts, self.drafts = self.drafts, []
        yield from _without_crumbs(drafts)

    def _begin(self, kind: Kind) -> Draft:
        if self.drafts:
            self.drafts[-1].is_open = False
        draft = Draft(kind, self.sections.path, self.sections.title)
        self._add_headings(draft)
        self.drafts.append(draft)
        return draft

    def _add_headings(self, draft: Draft) -> None:
        """A heading that waited for the next page does not say where the chunk stands."""
        for heading, pages in self.headings:
            own = pages if self.page in pages else ()
            draft.add(f"{'#' * heading.level} {heading.text}", own, heading.box)
        self.headings = []

    def _take_heading(self, block: Block, pages: tuple[int, ...]) -> None:
        waiting = sum(token_count(heading.text) + 2 for heading, _ in self.headings)
        if waiting + token_count(block.text) > MOST_TOKENS:  # an outline, with nothing beneath
            self._begin("text")
        self.sections.enter(block.level, block.text, directly=bool(self.headings))
        self.headings.append((block, pages))

    def _take_figure(self, block: Block, pages: tuple[int, ...]) -> None:
        for piece in pieces_of(block.text, MOST_TOKENS):
            draft = self._begin("figure")
            draft.caption = block.caption
            draft.add(piece.strip(), pages, block.box)

    def _take_text(self, block: Block, pages: tuple[int, ...], lead_in: Block | None) -> None:
        text = f"{lead_in.text}\n\n{block.text}" if lead_in else block.text
        most = MOST_TOKENS - sum(token_count(heading.text) + 2 for heading, _ in self.headings)
        for piece in _text_pieces(text, max(most, FEWEST_TOKENS), is_list=block.kind == "list"):
            draft = self._draft_for(token_count(piece))
            draft.add(piece.strip("\n").rstrip(), (lead_in and lead_in.pages) or pages, block.box)

    def _draft_for(self, tokens: int) -> Draft:
        """The open draft if the text still fits, a new one otherwise."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.kind != "text" or not last.is_open:
            return self._begin("text")
        heads = sum(token_count(heading.text) + 2 for heading, _ in self.headings)
        together = last.tokens + heads + tokens
        aim = MOST_TOKENS if self.sections.in_references else _AIM
        is_full = last.tokens >= FEWEST_TOKENS and (bool(self.headings) or together > aim)
        if is_full or together > MOST_TOKENS:
            return self._begin("text")
        self._add_headings(last)
        return last

    def _take_table(self, block: Block, pages: tuple[int, ...]) -> None:
        table = block.table
        if table is None:
            return
        spans = row_spans(table, MOST_TOKENS - min(token_count(block.caption), FEWEST_TOKENS))
        for number, span in enumerate(spans):
            draft = self._begin("table")
            part = table if len(spans) == 1 else table.part(span.start, span.stop)
            offset = table.header_rows
            row_pages = block.row_pages[span.start - offset : span.stop - offset]
            own_pages = tuple(dict.fromkeys(row_pages)) or pages
            texts = [block.lead_in if number == 0 else "", block.caption, part.to_html()]
            texts.append(block.summary if number == 0 else "")
            for text in filter(None, texts):
                draft.add(text, own_pages, None)
            places = dict(block.page_boxes)
            box = places.get(own_pages[0], block.box)
            draft.boxes = [(own_pages[0], box)] if box else []
            draft.caption, draft.table, draft.whole = _caption(block), part, block
            draft.piece, draft.pieces, draft.first_row = number, len(spans), span.start - offset
            draft.row_pages = row_pages or own_pages[:1] * len(span)


def _caption(block: Block) -> str:
    """A table without a caption, or with a unit only, goes by the sentence that introduces it."""
    if block.caption and not is_unit_line(block.caption):
        return block.caption
    last = block.lead_in and list(sentences(block.lead_in))[-1].strip()
    return "\n".join(filter(None, (last, block.caption)))


def row_spans(table: Table, most: int) -> list[range]:
    """The body cut between rows into pieces of about equal length, never after a group's name."""
    sizes = [
        sum(token_count(cell) + 1 for cell in table.rows[row] if cell) or 1 for row in table.body
    ]
    head = sum(
        token_count(cell) + 1 for row in table.rows[: table.header_rows] for cell in row if cell
    )
    budget = max(most - head, FEWEST_TOKENS)
    total = sum(sizes)
    if total <= budget or len(sizes) < 2:
        return [table.body]
    aim = total / -(-total // budget)
    spans: list[range] = []
    start, size = table.header_rows, 0
    for row, length in zip(table.body, sizes, strict=True):
        if row > start and (size + length > budget or size >= aim):
            stop = _before_group_rows(table, start, row)
            spans.append(range(start, stop))
            start, size = stop, sum(sizes[stop - table.header_rows : row - table.header_rows])
        size += length
    return [*spans, range(start, table.height)]


def _before_group_rows(table: Table, start: int, stop: int) -> int:
    cut = stop
    while cut - 1 > start and table.is_group_row(cut - 1):
        cut -= 1
    return stop if cut - 1 <= start and table.is_group_row(start) else cut


def _with_lead_ins(blocks: list[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block, a list together with the short paragraph that introduces it."""
    lead_in: Block | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        introduces = after is not None and _introduces(block, after)
        if not introduces:
            yield block, lead_in
        lead_in = block if introduces else None


def _introduces(block: Block, after: Block) -> bool:
    is_short = block.kind == "text" and len(block.text) <= FEWEST_TOKENS * 4
    is_announced = is_short and block.text.rstrip("*_ ").endswith((":", "："))
    return is_announced and after.kind == "list" and token_count(after.text) <= MOST_TOKENS


def _text_pieces(text: str, most: int, *, is_list: bool) -> Iterator[str]:
    """Sentences, or the items of a list, in pieces that fit."""
    if token_count(text) <= most:
        yield text
        return
    if not is_list:
        yield from pieces_of(text, most)
        return
    parts = (piece for item in text.split("\n") for piece in pieces_of(item, most))
    yield from map("\n".join, packed(parts, most, lambda part: token_count(part) + 1))


def _without_crumbs(drafts: list[Draft]) -> list[Draft]:
    """Short text joined to the text before it, if nothing stands between and both fit."""
    joined: list[Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        is_crumb = draft.kind == "text" and draft.tokens < FEWEST_TOKENS
        if before and is_crumb and _fits(before, draft):
            before.parts += draft.parts
            before.tokens += draft.tokens
            before.pages.update(draft.pages)
            before.boxes += draft.boxes
        else:
            joined.append(draft)
    return joined


def _fits(before: Draft, draft: Draft) -> bool:
    together = before.tokens + draft.tokens
    return (before.kind, before.section) == ("text", draft.section) and together <= MOST_TOKENS
