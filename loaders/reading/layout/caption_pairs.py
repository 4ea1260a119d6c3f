"""Captions: which block names which table or figure."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.geometry import middle
from loaders.reading.layout.blocks import Block
from loaders.reading.text_layer.line_joining import paragraph
from loaders.text.captions import names_figure, names_table

NEAR = 40.0
"""Points between a caption and what it names."""
LONG = 400
"""Characters; a longer text that begins with `Table 4` is a paragraph about it."""


def paired(blocks: Sequence[Block]) -> dict[int, Block]:
    """For the index of each table and picture the caption nearest to it."""
    pairs: dict[int, Block] = {}
    for caption in blocks:
        wanted = named(caption)
        if wanted is None:
            continue
        nearest = nearest_block(caption, blocks, wanted)
        if nearest is not None and nearest not in pairs:
            pairs[nearest] = caption
    return pairs


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


def nearest_block(caption: Block, blocks: Sequence[Block], kinds: Sequence[str]) -> int | None:
    """The table or picture right above or below the caption."""
    found = [
        (gap, index)
        for index, block in enumerate(blocks)
        if block.kind in kinds
        and (gap := max(block.box[1] - caption.box[3], caption.box[1] - block.box[3])) < NEAR
        and block.box[0] - 30 < middle(caption.box)[0] < block.box[2] + 30
    ]
    return min(found)[1] if found else None
