"""From a sheet to markup: each region written in its own way, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.reading.geometry import area, enclosing, inside, middle
from loaders.reading.grid import to_html
from loaders.reading.order import in_reading_order
from loaders.reading.page import Box
from loaders.reading.prose import joined, line_text, lines_of, paragraph
from loaders.reading.sheet import Region, Rule, Sheet, Token
from loaders.reading.table import find_table

LEFT_OUT = {"page-header", "page-footer"}
BULLET = re.compile(r"^[•◦▪▫■□●○‣⁃∙·–—*»➢➤✓\uf0b7\uf0a7\-]\s+|^[•●▪■◦]")
TABLE_CAPTION = re.compile(r"^(table|tabelle|tab\.|表|tableau|tabla|exhibit)\s*\S", re.IGNORECASE)
FIGURE_CAPTION = re.compile(
    r"^(figure|fig\.|abbildung|abb\.|图|圖|chart|graph)\s*\S", re.IGNORECASE
)
NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+\S")


@dataclass(slots=True)
class Block:
    """A region with its words."""

    kind: str
    box: Box
    tokens: list[Token] = field(default_factory=list)
    region: Region | None = None

    @property
    def text(self) -> str:
        return paragraph(self.tokens)


def write_markup(sheet: Sheet) -> str:
    """The page in the markup that both readers write."""
    blocks = blocks_of(sheet)
    body = body_size(sheet.tokens)
    kept = [block for block in blocks if block.kind not in LEFT_OUT] or blocks
    ordered = in_reading_order(kept, lambda block: block.box)
    return "\n".join(written(ordered, body, sheet.rules))


def blocks_of(sheet: Sheet) -> list[Block]:
    """Every word in exactly one block: the smallest region around it, tables first."""
    blocks = [Block(region.kind, region.box, region=region) for region in sheet.regions]
    ranked = sorted(blocks, key=lambda block: (block.kind != "table", area(block.box)))
    stray: list[Token] = []
    for token in sheet.tokens:
        home = next((block for block in ranked if inside(token.box, block.box)), None)
        (home.tokens if home else stray).append(token)
    blocks += stray_blocks(stray)
    return [block for block in blocks if block.tokens or block.kind == "picture"]


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


def body_size(tokens: Sequence[Token]) -> float:
    """The size in which most characters of the page are printed."""
    weights: dict[float, int] = {}
    for token in tokens:
        size = round(token.size * 2) / 2
        weights[size] = weights.get(size, 0) + len(token.text)
    return max(weights, key=lambda size: weights[size], default=10.0)


def written(blocks: Sequence[Block], body: float, rules: Sequence[Rule]) -> list[str]:
    """One chunk for each block; captions stand with what they name."""
    captions = paired_captions(blocks)
    taken = {id(caption) for caption in captions.values()}
    chunks: list[str] = []
    for block in blocks:
        if id(block) in taken:
            continue
        caption = captions.get(id(block))
        content = block_markup(block, caption, body, rules)
        if content:
            boxes = [block.box] + ([caption.box] if caption else [])
            chunks.append(chunk(content, enclosing(boxes)))
    return chunks


def chunk(content: str, box: Box) -> str:
    """The markup of one thought and its place."""
    place = " ".join(f"{value:.0f}" for value in box)
    return f'<chunk box="{place}">\n{content}\n</chunk>'


def block_markup(block: Block, caption: Block | None, body: float, rules: Sequence[Rule]) -> str:
    """A block in the form that its kind asks for."""
    if block.kind == "table" and block.region is not None:
        table = find_table(block.tokens, block.region, rules)
        over = [*([caption.text] if caption else []), *table.above]
        parts = [escaped(joined(over))] if over else []
        parts.append(to_html(table.grid, table.box))
        parts += [escaped(joined(table.below))] if table.below else []
        return "\n".join(parts)
    if block.kind == "picture":
        words = [escaped(line_text(line)) for line in lines_of(block.tokens)]
        return "\n".join(([escaped(caption.text)] if caption else []) + words)
    text = escaped(block.text)
    if block.kind in ("title", "section-header") and text:
        return "#" * heading_level(block, text, body) + " " + text
    if block.kind == "list-item":
        return list_markup(block)
    return text


def heading_level(block: Block, text: str, body: float) -> int:
    """By its number where it has one, else by its size against the body of the page."""
    if block.kind == "title":
        return 1
    number = NUMBERED.match(text)
    if number:
        return min(6, number.group(1).count(".") + 2)
    ratio = max(token.size for token in block.tokens) / body
    return 2 if ratio > 1.35 else 3 if ratio > 1.1 else 4


def list_markup(block: Block) -> str:
    """One line for each item; a line that starts no item goes on with the last."""
    items: list[list[str]] = []
    for line in lines_of(block.tokens):
        text = line_text(line)
        if not items or BULLET.match(text) or NUMBERED.match(text):
            items.append([])
        items[-1].append(text)
    return "\n".join(f"- {escaped(BULLET.sub('', joined(item)))}" for item in items)


def escaped(text: str) -> str:
    """The text of a PDF must never forge a tag of the markup."""
    return text.replace("<", "&lt;")


def paired_captions(blocks: Sequence[Block]) -> dict[int, Block]:
    """For each table and picture the caption nearest to it, by what the caption calls itself."""
    pairs: dict[int, Block] = {}
    for caption in blocks:
        if caption.kind not in ("caption", "text"):
            continue
        text = caption.text
        wanted = (
            "table"
            if TABLE_CAPTION.match(text)
            else "picture"
            if FIGURE_CAPTION.match(text)
            else ""
        )
        if caption.kind == "text" and not (wanted and len(text) < 300):
            continue
        nearest = nearest_block(caption, blocks, wanted)
        if nearest is not None and id(nearest) not in pairs:
            pairs[id(nearest)] = caption
    return pairs


def nearest_block(caption: Block, blocks: Sequence[Block], wanted: str) -> Block | None:
    """The table or picture right above or below the caption."""
    kinds = (wanted,) if wanted else ("table", "picture")
    found = [
        (gap, index)
        for index, block in enumerate(blocks)
        if block.kind in kinds
        and (gap := max(block.box[1] - caption.box[3], caption.box[1] - block.box[3])) < 40
        and block.box[0] - 30 < middle(caption.box)[0] < block.box[2] + 30
    ]
    return blocks[min(found)[1]] if found else None
