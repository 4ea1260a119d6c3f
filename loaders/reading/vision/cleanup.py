"""What a model writes beside the page's text, taken off: page numbers, running heads, remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.pages.word import Word
from loaders.reading.auditing.word_recall import terms_of
from loaders.reading.text_layer.headers_footers import edge_words, is_page_number, lines_by_height

_CONTINUES = re.compile(
    r"[\[(*_]*\s*(?:the\s+)?(?:text|table|list|section|page|paragraph|content)?\s*"
    r"(?:is\s+)?(?:continues|continued|continuing)\b[^\])\n]{0,60}\b(?:page|above|below)\b\s*[\])*_.]*",
    re.IGNORECASE,
)
_INLINE_CONTINUES = re.compile(
    r"\s*\[[^\[\]\n]{0,40}\bcontinue[sd]?\b[^\[\]\n]{0,40}\]", re.IGNORECASE
)


def tidied(markup: str, words: Sequence[Word], height: float) -> str:
    """Drop lines that say nothing of the page's text; a number inside a table stays."""
    heads = [line.text for line in lines_by_height(edge_words(words, height))]
    lines = _INLINE_CONTINUES.sub("", markup).split("\n")
    kept: list[str] = []
    in_table = False
    for number, line in enumerate(lines):
        bare = line.strip().strip("*_ ")
        is_beside = bool(_CONTINUES.fullmatch(bare)) or (
            _is_lonely(lines, number) and _is_head(bare, heads, has_text_layer=bool(words))
        )
        if in_table or not bare or not is_beside:
            kept.append(line)
        in_table = _is_in_table(line, in_table)
    return "\n".join(kept)


def _is_head(line: str, heads: Sequence[str], *, has_text_layer: bool) -> bool:
    """Tell a running head or a page number: by the page's words, or without them by its form."""
    if is_page_number(line):
        digits = re.findall(r"\d+", line)
        if has_text_layer:
            return any(
                is_page_number(head) and digits == re.findall(r"\d+", head) for head in heads
            )
        return len("".join(digits)) <= 3
    terms = terms_of(line.lstrip("# "))
    return bool(terms) and any(terms == terms_of(head) for head in heads)


def _is_lonely(lines: Sequence[str], number: int) -> bool:
    """Tell a line that stands by itself at the beginning or end of a chunk."""
    before = next((line.strip() for line in reversed(lines[:number]) if line.strip()), "")
    after = next((line.strip() for line in lines[number + 1 :] if line.strip()), "")
    return not before or before.startswith("<chunk") or not after or after.startswith("</chunk")


def _is_in_table(line: str, in_table: bool) -> bool:
    opened, closed = line.rfind("<table"), line.rfind("</table")
    return in_table if opened == closed else opened > closed
