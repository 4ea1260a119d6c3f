"""What the embedded reader makes of a document that a test has printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.pages.page import Audit, Page, Reading
from loaders.reading.auditing.shown_text import shown_text
from loaders.reading.document import open_document, page_from
from loaders.reading.reader import EmbeddedReader
from loaders.reading.worker import Worker


@dataclass(frozen=True)
class ReadPage:
    """A page as it was read."""

    page: Page
    reading: Reading

    @property
    def audit(self) -> Audit:
        assert self.reading.audit is not None
        return self.reading.audit

    @property
    def blocks(self) -> list[Block]:
        return list(parse_markup(self.reading.markup))

    @property
    def text(self) -> str:
        """All that is shown, white space folded."""
        return " ".join(shown_text(self.reading.markup).split())

    @property
    def tables(self) -> list[list[list[str]]]:
        return [block.table.rows for block in self.blocks if block.table]

    def cell(self, row: str, column: str) -> str:
        """The cell of the first table that has a row and a column of these names."""
        for rows in self.tables:
            heads = [[cell for cell in line if cell] for line in zip(*rows, strict=True)]
            columns = [n for n, head in enumerate(heads) if column in head]
            lines = [line for line in rows if row in line]
            if columns and lines:
                return lines[0][columns[0]]
        raise AssertionError(f"no cell {row} x {column} in {self.tables or self.text}")


def read_back(path: Path, numbers: Sequence[int] | None = None) -> list[ReadPage]:
    """The pages of the document as they are read without a model of language."""
    reader = EmbeddedReader()
    with open_document(path) as document:
        return [ReadPage(page, reader.read(page)) for page in document.pages(numbers)]


def read_here(path: Path) -> list[ReadPage]:
    """The document read in this process: to start another takes longer than to read a page."""
    worker, reader = Worker(path), EmbeddedReader()
    found = []
    for number in range(worker.opened()["page_count"]):
        answer, image = worker.page({"page": number, "layout": True, "image_width": 0})
        page = page_from(number, answer, image)
        found.append(ReadPage(page, reader.read(page)))
    return found
