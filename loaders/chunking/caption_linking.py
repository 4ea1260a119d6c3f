"""Captions, lead-ins, summaries and notes brought to the table or figure that they belong to."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.chunking.block import Block
from loaders.chunking.period_lines import is_period_line, take_period_line
from loaders.chunking.unit_lines import is_unit_text, take_unit_line, with_unit, with_units
from loaders.text.captions import bare_caption, caption_of, is_summary, says_note
from loaders.text.sentence_splitter import ends_sentence, sentences

_MARK = re.compile(
    r"\s{0,4}(?:[-•]\s{1,3})?(\(\w{1,2}\)(?=\s)|\[\^\w{1,3}\]|[*†‡§]{1,3}(?=[^*])|[¹²³⁴⁵⁶⁷⁸⁹ᵃ-ᶠ])"
)
_LONGEST_CAPTION = 400
_LONGEST_LINE = 100
_LONGEST_NOTES = 1500
_MOST_HEADINGS = 8


def attach(blocks: list[Block], *, is_chunk: bool) -> list[Block]:
    """Join what belongs together; within a chunk more is certain than between chunks."""
    joined = _with_table_texts(_with_figures(blocks, is_chunk=is_chunk), is_chunk=is_chunk)
    return joined if is_chunk else list(with_units(joined))


def _with_figures(blocks: list[Block], *, is_chunk: bool) -> list[Block]:
    """A paragraph that a figure's caption begins is a figure; first in its chunk, with all text."""
    joined: list[Block] = []
    takes_all = False
    for block in blocks:
        caption = caption_of(block.text.split("\n", 1)[0]) if block.kind == "text" else None
        is_prose = block.kind in {"text", "list"}
        if takes_all and is_prose and not (caption and caption.kind == "table"):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}\n\n{block.text}")
        elif caption and caption.kind == "figure":
            takes_all = is_chunk and _are_headings(joined)
            joined.append(replace(block, kind="figure", caption=caption.text))
        else:
            takes_all = False
            joined.append(block)
    return joined


def _are_headings(blocks: list[Block]) -> bool:
    """Nothing but a few headings: what follows opens its chunk."""
    few = len(blocks) <= _MOST_HEADINGS
    return few and all(block.kind == "heading" for block in blocks)


def _with_table_texts(blocks: list[Block], *, is_chunk: bool) -> list[Block]:
    """Give each table the caption before it, or else the one after it, then its summary."""
    captions_follow = _captions_follow(blocks)
    joined: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if block.kind == "table":
            lines = _take_lines(joined, block)
            if not block.caption and not captions_follow:
                block = _take_before(block, joined, is_chunk=is_chunk)
            if not block.caption:
                block = _take_after(block, waiting)
            if not block.caption:
                block = _take_before(block, joined, is_chunk=is_chunk)
            block = with_unit(block, lines)
            block = _take_summary(block, waiting, is_chunk=is_chunk)
        joined.append(block)
    return joined


def _take_lines(joined: list[Block], table: Block) -> str:
    """The lines right above a table that say its period and its unit.

    A unit line above the period stays: it may hold for the tables below this one too.
    """
    unit = "" if is_period_line(table.caption.split("\n")[0]) else take_unit_line(joined)
    period = take_period_line(joined, table.table)
    return "\n".join(filter(None, (period, unit)))


def _captions_follow(blocks: list[Block]) -> bool:
    """Tables and captions take turns, and a table comes first."""
    turns = [
        "t" if block.kind == "table" else "c"
        for block in blocks
        if (block.kind == "table" and not block.caption) or _caption_line(block, 0)
    ]
    return bool(turns) and len(turns) % 2 == 0 and turns == ["t", "c"] * (len(turns) // 2)


def _caption_line(block: Block, line: int) -> str:
    """A table's caption in the first or last line of a paragraph or heading."""
    if block.kind not in {"text", "heading"}:
        return ""
    caption = caption_of(block.text.split("\n")[line])
    return caption.text if caption and caption.kind == "table" else ""


def _last_title(block: Block) -> str:
    """A table's caption that was read as the end of the paragraph above it: it ends no sentence."""
    pieces = list(sentences(block.text))
    for count in (1, 2):  # `Table 1.` may end one
        title = "".join(pieces[-count:]).strip()
        caption = caption_of(title) if len(pieces) > count and "\n" not in title else None
        if caption and caption.kind == "table" and not title.endswith((".", "。", "?", "!")):
            return title
    return ""


def _take_before(table: Block, joined: list[Block], *, is_chunk: bool) -> Block:
    if not joined or joined[-1].kind not in {"text", "heading"}:
        return table
    before = joined[-1]
    lines = before.text.split("\n")
    if _caption_line(before, 0):
        joined.pop()
        return replace(table, caption=bare_caption(before.text))
    if caption := _caption_line(before, -1):
        joined[-1] = replace(before, text="\n".join(lines[:-1]))
        return replace(table, caption=caption)
    if caption := _last_title(before):
        joined[-1] = replace(before, text=before.text.removesuffix(caption).rstrip())
        return replace(table, caption=caption)
    if before.kind == "heading" or is_unit_text(before.text):
        return table
    if before.text.rstrip("*_ ").endswith((":", "：")) and len(lines) == 1:
        return replace(table, lead_in=_lead_in(joined))
    is_first = len(joined) <= _MOST_HEADINGS and _are_headings(joined[:-1])
    is_opening = is_chunk and is_first and len(before.text) <= _LONGEST_CAPTION
    if not table.caption and (is_opening or _stands_upon(table, joined)):
        joined.pop()
        return replace(table, caption=bare_caption(before.text))
    return table


def _stands_upon(table: Block, joined: list[Block]) -> bool:
    """One short line that ends no sentence, right above the table and further from what precedes.

    Places are told by readers that see them; a reader that gives none calls captions so.
    """
    line, above = joined[-1], joined[-2] if len(joined) > 1 else None
    is_line = "\n" not in line.text and len(line.text) <= _LONGEST_LINE
    if not is_line or ends_sentence(line.text) or line.box is None or table.box is None:
        return False
    white = table.box[1] - line.box[3]
    room = line.box[1] - above.box[3] if above and above.box else white + 1
    return 0 <= white <= line.box[3] - line.box[1] and not 0 <= room <= white


def _lead_in(joined: list[Block]) -> str:
    """A short paragraph whole, of a long one the last sentence; taken away from its place."""
    before = joined.pop()
    if len(before.text) <= _LONGEST_CAPTION:
        return before.text
    *rest, last = sentences(before.text)
    if rest:
        joined.append(replace(before, text="".join(rest).rstrip()))
    return last


def _take_after(table: Block, waiting: list[Block]) -> Block:
    caption = _caption_line(waiting[-1], 0) if waiting else ""
    if not caption:
        return table
    after = waiting.pop()
    first, _, rest = after.text.partition("\n")
    if after.kind == "heading" or not rest:
        return replace(table, caption=bare_caption(first))
    return replace(table, caption=bare_caption(first), summary=rest)


def _take_summary(table: Block, waiting: list[Block], *, is_chunk: bool) -> Block:
    """The paragraph after a table that speaks of it, then the notes on its marks."""
    summary = [table.summary] if table.summary else []
    while waiting and sum(map(len, summary)) <= _LONGEST_NOTES:
        if not _is_note(waiting[-1], table) and not (
            is_chunk and _is_summary(waiting[-1], summary)
        ):
            break
        summary.append(waiting.pop().text)
    return replace(table, summary="\n".join(summary))


def _is_summary(block: Block, summary: list[str]) -> bool:
    if block.kind != "text" or summary or caption_of(block.text.split("\n")[0]):
        return False
    return is_summary(block.text)


def _is_note(block: Block, table: Block) -> bool:
    """A text that begins with a mark that stands in the table, or calls itself a note."""
    if len(block.text) > _LONGEST_NOTES or block.kind not in {"text", "list"}:
        return False
    match = _MARK.match(block.text)
    if match and table.table:
        return any(match[1] in cell.text for cell in table.table.grid.cells)
    return block.kind == "text" and says_note(block.text)
