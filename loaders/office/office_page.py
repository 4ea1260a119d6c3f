"""What the readers of office files hand on: pages of markup, with what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.chunking.html_table import write_table
from loaders.chunking.markup import safe
from loaders.chunking.spanned_grid import RawCell
from loaders.chunking.table import Table


@dataclass(slots=True)
class OfficePage:
    """A page, a slide, a table of a sheet, a chapter."""

    label: str = ""
    """What people call it, where that is not its number: `Budget!A3:F20`."""
    blocks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What of it was not read."""

    @property
    def markup(self) -> str:
        return "\n\n".join(block for block in self.blocks if block.strip())


def table_markup(rows: Iterable[Sequence[RawCell]], head_rows: int = 0) -> str:
    """A grid as the markup's table; without declared header rows its content tells them."""
    table = Table.from_raw(list(rows), head_rows=head_rows)
    return write_table(table.grid, table.header_rows) if table.height else ""


def heading(text: str, level: int) -> str:
    """A heading of Markdown."""
    return f"{'#' * min(max(level, 1), 6)} {safe(text)}" if text.strip() else ""


def counted(number: int, what: str) -> list[str]:
    """A note that so many of them were not read, if there are any."""
    return [f"{what}: {number}"] if number else []
