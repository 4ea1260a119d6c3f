"""Captions: which block names which table or figure."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import enclosing, middle
from loaders.reading.layout.blocks import Block
from loaders.reading.text_layer.line_joining import paragraph
from loaders.text.captions import names_figure, names_table

NEAR = 40.0
"""Points between a caption and what it names."""
LINE = 6.0
"""Points between lines that are of one piece."""
FAR = 2
LONG = 400
"""Characters; a longer text that begins with `Table 4` is a paragraph about it."""


def paired(blocks: Sequence[Block]) -> dict[int, Block]:
    """For the index of each table and picture the caption nearest to it."""
    pairs: dict[int, Block] = {}
    stand_above = not _stand_below(blocks)
    for caption in blocks:
        wanted = named(caption)
        if wanted is None:
            continue
        is_above = stand_above and wanted == ("table",)
        nearest = nearest_block(caption, blocks, wanted, is_above=is_above)
        if nearest is not None and is_nearer(caption, pairs.get(nearest), blocks[nearest]):
            pairs[nearest] = caption
    return pairs


def _stand_below(blocks: Sequence[Block]) -> bool:
    """Whether a table's caption stands below the last table, where those of the others then do."""
    lowest = max((one.box[3] for one in blocks if one.kind == "table"), default=0.0)
    return any(named(one) == ("table",) and 0 <= one.box[1] - lowest < NEAR for one in blocks)


def is_nearer(caption: Block, other: Block | None, block: Block) -> bool:
    """It is the first, or stands between the other and what both may name."""
    return other is None or other.box[3] <= caption.box[1] < caption.box[3] <= block.box[1] + 2


def with_whole_captions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the further lines of a caption joined to it.

    A line with a unit at its right end looks like a table of its own.
    """
    kept: list[Block] = []
    for block in blocks:
        if is_titled_line(block):
            block.kind = "caption"
        if kept and named(kept[-1]) and goes_on(kept[-1], block):
            kept[-1].tokens += block.tokens
            kept[-1].box = enclosing((kept[-1].box, block.box))
        else:
            kept.append(block)
    return kept


def is_titled_line(block: Block) -> bool:
    """A table of one line, which is the title of another."""
    if block.kind != "table" or not block.tokens:
        return False
    height = block.box[3] - block.box[1]
    return height < 2 * block.tokens[0].size and names_table(paragraph(block.tokens))


def goes_on(caption: Block, block: Block) -> bool:
    """One line right below the caption, in its print, at its left or amidst it, and no wider."""
    size = caption.tokens[-1].size
    one, other = caption.box, block.box
    return (
        block.kind in ("text", "caption")
        and block.tokens != []
        and abs(block.tokens[0].size - size) < 0.3
        and block.tokens[0].bold == caption.tokens[-1].bold
        and -0.3 * size < other[1] - one[3] < 0.6 * size
        and other[3] - other[1] < 2 * size
        and other[2] - other[0] <= one[2] - one[0] + 2
        and min(abs(one[0] - other[0]), abs(middle(one)[0] - middle(other)[0])) < 2
        and named(block) != ("table",)
    )


def named(block: Block) -> tuple[str, ...] | None:
    """The kinds that the block may be a caption of; nothing if it is none."""
    if block.kind in ("table", "picture", "formula", "title", "field"):
        return None
    text = paragraph(block.tokens)
    is_caption = block.kind == "caption"
    if names_table(text) and (is_caption or len(text) < LONG):
        return ("table",)
    if names_figure(text) and (is_caption or len(text) < LONG):
        return ("picture",)
    return ("table", "picture") if is_caption else None


def nearest_block(
    caption: Block, blocks: Sequence[Block], kinds: Sequence[str], *, is_above: bool = False
) -> int | None:
    """The table or picture right above or below the caption.

    A caption that `is_above` what it names is of the one below, unless the other is far nearer.
    """
    found = [
        (gap, index)
        for index, block in enumerate(blocks)
        if block.kind in kinds
        and (gap := max(block.box[1] - caption.box[3], caption.box[1] - block.box[3])) < NEAR
        and block.box[0] - 30 < middle(caption.box)[0] < block.box[2] + 30
    ]
    if not found:
        return None
    nearest, index = min(found)
    below = [(gap, one) for gap, one in found if blocks[one].box[1] >= caption.box[3] - 2]
    is_other = is_above and below and min(below)[0] <= FAR * max(nearest, LINE)
    return min(below)[1] if is_other else index
