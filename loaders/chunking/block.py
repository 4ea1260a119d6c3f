"""The piece of a page that markup is parsed into: one heading, paragraph, list, table or figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loaders.chunking.table import Table
from loaders.pages.word import Box

BlockKind = Literal["heading", "text", "list", "table", "figure"]


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together on a page.

    `text` is Markdown in which the `<` of anything like a tag is written `&lt;`; `markup.shown`
    gives it back. A table's own text is in `table`.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Of a heading, from 1."""
    lead_in: str = ""
    """The sentence that introduces a table."""
    caption: str = ""
    summary: str = ""
    """What stands below a table and belongs to it: a summary, its notes."""
    table: Table | None = None
    box: Box | None = None
    chunk: int = 0
    """Which chunk of the page's markup it came from, so that neighbours are known."""
    pages: tuple[int, ...] = ()
    page_boxes: tuple[tuple[int, Box], ...] = ()
    """The places of a stitched table on its pages."""
    row_pages: tuple[int, ...] = ()
    """For each row of a table's body its page, once the table has been stitched."""
