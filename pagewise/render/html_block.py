"""A block as safe HTML: its own tags and no others, with doubtful numbers set off."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from loaders.chunking.block import Block
from loaders.text.printable import printable

_TAG = re.compile(r"(<[^<>]*>)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BULLET = re.compile(r"^\s*(?:[-*]\s+)?")


def shown_block(block: Block, doubts: Sequence[str] = ()) -> str:
    """Write the block; `doubts` are numbers, or cells as `row › cell`."""
    return set_off(_html(block), [doubt.rpartition(" › ")[2] for doubt in doubts])


def set_off(safe: str, doubts: Sequence[str]) -> str:
    """Mark the doubtful numbers in the text between the tags of `safe` HTML."""
    if not doubts:
        return safe
    written = sorted({html.escape(doubt, quote=False) for doubt in doubts}, key=len, reverse=True)
    number = re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, written))})(?![\w]|[.,]\d)")
    parts = _TAG.split(safe)
    parts[::2] = [number.sub(r"<mark>\g<0></mark>", text) for text in parts[::2]]
    return "".join(parts)


def _html(block: Block) -> str:
    if block.table is not None:
        lead_in = f"<p>{_safe(block.lead_in)}</p>" if block.lead_in else ""
        caption = f'<p class="caption">{_safe(block.caption)}</p>' if block.caption else ""
        summary = f"<p>{_safe(block.summary)}</p>" if block.summary else ""
        return f'{lead_in}{caption}<div class="grid">{block.table.to_html()}</div>{summary}'
    if block.kind == "heading":
        level = min(block.level + 2, 6)
        return f"<h{level}>{_safe(block.text.lstrip('# '))}</h{level}>"
    if block.kind == "list":
        items = (_BULLET.sub("", line) for line in block.text.splitlines() if line.strip())
        return "<ul>" + "".join(f"<li>{_safe(item)}</li>" for item in items) + "</ul>"
    return "".join(f"<p>{_safe(line)}</p>" for line in block.text.splitlines() if line.strip())


def _safe(text: str) -> str:
    """Escape whatever is there; Markdown's bold is the only sign that is followed."""
    return _BOLD.sub(
        r"<strong>\1</strong>", html.escape(printable(html.unescape(text)), quote=False)
    )
