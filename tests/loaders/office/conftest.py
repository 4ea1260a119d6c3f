"""What was read of an office file."""

from __future__ import annotations

from pathlib import Path

from loaders.chunking.markup import parse_markup
from loaders.loader import PageLoader
from loaders.pages.page import Reading
from pagewise.render.markdown_json import block_text


def read(path: Path) -> list[Reading]:
    return list(PageLoader(path).readings())


def tables(reading: Reading) -> list[list[list[str]]]:
    return [block.table.rows for block in parse_markup(reading.markup) if block.table]


def text(reading: Reading) -> str:
    return "\n".join(block_text(block) for block in parse_markup(reading.markup))
