"""What stands on a page and says nothing: its number, a notice that the text goes on."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.chunking.block import Block
from loaders.text.languages import pattern_of

_END = rf"(?:{pattern_of('page_end')})?"
_PAGE_NUMBER = re.compile(
    rf"\s*(?:[-–—|]\s{{0,3}})?(?:(?:{pattern_of('page')})\s{{0,3}})?(?:\d{{1,4}}{_END}|[ivxlc]{{1,7}})"
    rf"(?:\s{{0,3}}(?:/|\||{pattern_of('of_pages')})\s{{0,3}}\d{{1,4}}{_END})?(?:\s{{0,3}}[-–—|])?\s*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"[*_]{{0,2}}[\[(（【](?:[^\W\d_]{{1,10}} ){{0,2}}(?:{pattern_of('goes_on')})"
    r"[^\[\]()（）【】\n]{0,60}[\])）】][*_]{0,2}",
    re.IGNORECASE,
)


def without_artefacts(blocks: list[Block]) -> list[Block]:
    """The blocks of a page without page numbers at its edges and notices anywhere in its text."""
    kept = [block for block in map(_without_notice, blocks) if block.kind == "table" or block.text]
    for edge in (0, -1):
        if len(kept) > 1 and kept[edge].kind in {"text", "heading"}:
            kept = _without_number(kept, edge)
    return kept


def _without_notice(block: Block) -> Block:
    if block.kind not in {"text", "list"} or not _GOES_ON.search(block.text):
        return block
    return replace(block, text=_GOES_ON.sub("", block.text).strip())


def _without_number(blocks: list[Block], edge: int) -> list[Block]:
    lines = blocks[edge].text.split("\n")
    if not _PAGE_NUMBER.fullmatch(lines[edge]):
        return blocks
    rest = lines[1:] if edge == 0 else lines[:-1]
    kept = list(blocks)
    if any(line.strip() for line in rest):
        kept[edge] = replace(blocks[edge], text="\n".join(rest).strip())
    else:
        kept.pop(edge)
    return kept
