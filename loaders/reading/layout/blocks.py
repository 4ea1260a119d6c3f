"""The blocks of a page: every word in exactly one, each with what the layout calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from loaders.pages.geometry import area, enclosing, inside, middle
from loaders.pages.page_layout import MARGIN, RUNNING, Region, Sheet, Token, margin_word
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.layout.field_pairs import fields_of
from loaders.reading.text_layer.gutters import columns_of
from loaders.reading.text_layer.headers_footers import is_page_number
from loaders.reading.text_layer.line_joining import lines_of, paragraph
from loaders.text.dates import dates_in

PAGE_NUMBER = re.compile(r"^(?!(?:19|20)\d\d$)\d{1,4}$|^[ivxlc]+$")
YEAR = re.compile(r"^(?:19|20)\d\d$")
MOST_NUMBERS = 2
"""Which page, and of how many: with more it is no running head but a row of a table."""
TICK_BOXES = "☐☑☒"
CENTRED = 4.0
"""Points by which a page number may miss the middle of its page."""
LONG = 30
"""A running head has fewer words than this."""


@dataclass(slots=True)
class Block:
    """A region with its words."""

    kind: str
    box: Box
    tokens: list[Token] = field(default_factory=list)
    region: Region | None = None
    part: Sheet | None = None
    """A table on its side, as a page of its own."""
    label: list[Token] = field(default_factory=list)
    """Of a form's field: those of its words that name the rest."""
    remark: list[Token] = field(default_factory=list)
    """Of a field: those that remark on its value."""


def blocks_of(sheet: Sheet) -> list[Block]:
    """Every word in the smallest region around it, tables first; running heads left out."""
    regions = with_upright_heads(text_regions(sheet), sheet.tokens)
    blocks = [Block(region.kind, region.box, region=region) for region in regions]
    ranked = sorted(blocks, key=lambda block: (block.kind != "table", area(block.box)))
    fields = field_blocks(sheet)
    paired = {id(token) for block in fields for token in block.tokens}
    stray: list[Token] = []
    for run in runs_of([token for token in sheet.tokens if id(token) not in paired]):
        homes = [next((b for b in ranked if inside(t.box, b.box)), None) for t in run]
        if not any(home and home.kind in ("table", "picture") for home in homes):
            homes = [max(homes, key=homes.count)] * len(run)
        for token, home in zip(run, homes, strict=True):
            (home.tokens if home else stray).append(token)
    blocks += [*stray_blocks(stray), *fields]
    if fields:
        blocks = [shrunk(block) for block in blocks]
    blocks = [part for block in blocks for part in without_gutters(block)]
    filled = [block for block in blocks if block.tokens or block.kind == "picture"]
    kept = without_running(filled, sheet)
    shown = kept if any(block.tokens for block in kept) else filled
    sheet.notes += unsaid(filled, shown, sheet)
    return [*shown, *map(part_block, sheet.parts)]


def part_block(part: Sheet) -> Block:
    """The place of a part that lies on its side."""
    box = enclosing(token.box for token in part.tokens)
    return Block("part", part.frame.box(box) if part.frame else box, part=part)


def field_blocks(sheet: Sheet) -> list[Block]:
    """A block for each pair of a label and its value."""
    return [
        Block("field", enclosing(t.box for t in words), words, label=pair.label, remark=pair.remark)
        for pair in fields_of(sheet)
        if (words := [*pair.label, *pair.value, *pair.remark])
    ]


def shrunk(block: Block) -> Block:
    """The block around the words that are left in it, when fields were taken out."""
    if block.kind == "picture" or not block.tokens:
        return block
    block.box = enclosing(token.box for token in block.tokens)
    if block.region is not None:
        block.region = replace(block.region, box=block.box)
    return block


def with_upright_heads(regions: Sequence[Region], tokens: Sequence[Token]) -> list[Region]:
    """The regions, a table's with the heads that run up the page and stand on it."""
    upright = [token.box for token in tokens if token.upright]
    return [
        replace(region, box=enclosing([region.box, *heads_on(region.box, upright)]))
        if region.kind == "table"
        else region
        for region in regions
    ]


def heads_on(box: Box, upright: Sequence[Box]) -> list[Box]:
    """Upright words over the table: their foot is in it, or right above it."""
    return [
        head
        for head in upright
        if box[0] - 2 < middle(head)[0] < box[2] + 2 and head[1] < box[1] + 6 < head[3] + 12
    ]


def runs_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """Words that follow each other closely on one line: they stay together."""

    def begins(run: list[Token], token: Token) -> bool:
        last = run[-1]
        most = (2.5 if last.text in TICK_BOXES else 1.2) * token.size
        return token.line != last.line or not -token.size < token.box[0] - last.box[2] < most

    return runs(tokens, begins)


def without_gutters(block: Block) -> list[Block]:
    """The block, or one for each of the columns that the layout joined in it."""
    if block.kind in ("table", "picture", "formula", "field") or not block.tokens:
        return [block]
    columns = columns_of(block.tokens)
    if len(columns) == 1:
        return [block]
    return [
        Block(block.kind, enclosing(token.box for token in column), column) for column in columns
    ]


def text_regions(sheet: Sheet) -> list[Region]:
    """Regions without pictures that only lie behind text, and without text inside of pictures."""
    whole = max(1.0, sheet.width * sheet.height)
    pictures = [
        region
        for region in sheet.regions
        if region.kind == "picture" and area(region.box) < 0.7 * whole
    ]
    kept: list[Region] = []
    for region in sheet.regions:
        if region.kind == "picture":
            if region in pictures:
                kept.append(region)
        elif region.kind in ("table", "caption") or not any(
            inside(region.box, picture.box, 0.8) for picture in pictures
        ):
            kept.append(region)
    return kept


def without_running(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """Without page numbers, and without running heads that a page before has said.

    A head that comes again may hold what stands nowhere else, so it is kept once a document; what
    stands in the margin of one page alone is text.
    """
    edges = [block for block in blocks if is_edge(block, sheet)]
    again = [block for block in edges if comes_again(block.tokens, sheet.earlier)]
    if sheet.margins is None and any(is_of_many(block) for block in edges):
        again += [block for block in edges if not has_facts(block)]
    left_out = {
        id(edge)
        for edge in edges
        if says_page(edge, sheet.margins)
        or edge in again
        or (not has_facts(edge) and any(on_one_line(edge, head) for head in again))
    }
    return [block for block in blocks if id(block) not in left_out]


def unsaid(blocks: Sequence[Block], shown: Sequence[Block], sheet: Sheet) -> list[str]:
    """What to tell of running heads that are left out although no page before has said them."""
    kept = {id(block) for block in shown}
    heads = [
        paragraph(block.tokens)
        for block in blocks
        if id(block) not in kept
        and not comes_again(block.tokens, sheet.earlier)
        and not is_page_number(" ".join(token.text for token in block.tokens))
    ]
    return [f"left out as a running head: {'; '.join(heads)}"] if heads else []


def is_of_many(block: Block) -> bool:
    """It says a page number above 1: a document of one page with it is cut from a longer one.

    A day of a month is none.
    """
    ends = (block.tokens[0].text, block.tokens[-1].text) if block.tokens else ()
    if has_facts(block) or dates_in(" ".join(token.text for token in block.tokens)):
        return False
    return any(
        PAGE_NUMBER.match(text) and len(text) < 4 and text not in ("1", "i") for text in ends
    )


def has_facts(block: Block) -> bool:
    """It holds a number that is neither a page's nor a year, or more of these than a page has."""
    numbers = [
        token.text
        for token in block.tokens
        if any(char.isdigit() for char in token.text) and not YEAR.match(token.text)
    ]
    return len(numbers) > 2 or not all(PAGE_NUMBER.match(number) for number in numbers)


def says_page(block: Block, margins: frozenset[str] | None) -> bool:
    """Nothing but which page this is; a larger number on a document's only page is its name."""
    text = " ".join(token.text for token in block.tokens)
    numbers = re.findall(r"\d+", text)
    if not is_page_number(text) or len(numbers) > 2 or re.search(r"\d[.,]\d", text):
        return False
    if margins is None:
        return all(len(number) < 4 for number in numbers)
    return "#" in margins or not any(YEAR.match(number) for number in numbers)


def is_edge(block: Block, sheet: Sheet) -> bool:
    """What may be a running head or page number: named so by the layout, short, in the margin."""
    if is_last_number(block, sheet):
        return True
    if block.kind not in RUNNING or len(block.tokens) >= LONG:
        return False
    margin = MARGIN * sheet.height
    return block.box[3] < margin or block.box[1] > sheet.height - margin


def is_last_number(block: Block, sheet: Sheet) -> bool:
    """Which page this is, in the middle below all else: pages may end where their text ends."""
    lowest = max((token.box[3] for token in sheet.tokens), default=block.box[3])
    is_last = block.box[3] >= lowest and block.kind not in ("table", "picture", "part")
    is_centred = abs(middle(block.box)[0] - sheet.width / 2) < CENTRED
    return is_last and is_centred and is_page_number(paragraph(block.tokens))


def comes_again(tokens: Sequence[Token], margins: frozenset[str]) -> bool:
    """Whether at least half of the words stand in these margins, and every number among them."""
    words = [word for token in tokens if (word := margin_word(token.text)) != "#"]
    if any(word not in margins and any(char.isdigit() for char in word) for word in words):
        return False
    if sum(margin_word(token.text) == "#" for token in tokens) > MOST_NUMBERS:
        return False
    return bool(words) and 2 * sum(word in margins for word in words) >= len(words)


def on_one_line(one: Block, other: Block) -> bool:
    """Whether two blocks stand beside each other, or are one."""
    return one.box[1] < other.box[3] and other.box[1] < one.box[3]


def stray_blocks(tokens: Sequence[Token]) -> list[Block]:
    """Words outside all regions, a block for lines that follow each other closely."""
    blocks: list[Block] = []
    for line in lines_of(tokens):
        box = enclosing(token.box for token in line)
        last = blocks[-1] if blocks else None
        if last and box[1] - last.box[3] < 0.8 * line[0].size and abs(box[0] - last.box[0]) < 40:
            last.tokens += line
            last.box = enclosing((last.box, box))
        else:
            blocks.append(Block("text", box, list(line)))
    return blocks
