"""From readings to the chunks that are stored: LangChain documents with flat metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from langchain_core.documents import Document

from loaders.chunking.boilerplate import without_artefacts
from loaders.chunking.declared_unit import declared_in
from loaders.chunking.markup import parse_markup, shown
from loaders.chunking.packing import Draft, Packer
from loaders.chunking.stitching import PageBlocks, stitched
from loaders.chunking.sum_check import mismatches
from loaders.chunking.table import Table
from loaders.pages.page import Outcome, Reading
from loaders.text.quantities import numbers_in

_MOST_MISMATCHES = 10


def make_chunks(document: str, readings: Iterable[Reading]) -> Iterator[Document]:
    """The chunks of a document in order, as its pages are read.

    Readings come in page order. Held back is one page, for what runs over its end.
    """
    packer = Packer()
    told = _Told()
    stamp = _Stamp(document, told)
    page = None
    for page in stitched(_pages(readings, told)):
        for draft in packer.pack(page.blocks, page.page):
            yield stamp.chunk(draft, page.reader)
    for draft in packer.finish():
        yield stamp.chunk(draft, page.reader if page else "")


def searched_text(chunk: Document) -> str:
    """What is embedded and indexed: where the chunk stands, then what it says.

    A table is said row by row without its tags, so that its words are as dense as prose.
    """
    metadata = chunk.metadata
    section, title = str(metadata.get("section", "")), str(metadata.get("title", ""))
    places = [title, section] if title != section else [title]
    if metadata.get("kind") != "table":
        return "\n".join([*filter(None, places), shown(chunk.page_content)])
    before, _, rest = chunk.page_content.partition("<table>")
    _, _, after = rest.rpartition("</table>")
    texts = [*places, shown(before.strip()), shown(after.strip()), *table_lines(chunk)]
    return "\n".join(filter(None, texts))


def table_lines(chunk: Document) -> list[str]:
    """A table chunk's rows as lines of text: the header once, then each row with its group."""
    table = Table.from_html(chunk.page_content)
    paths = [table.column_path(column) for column in range(table.width)]
    data = paths[table.header_columns :]
    shared = data[0][:1] if len({path[:1] for path in data}) == 1 and len(data) > 1 else ()
    columns = [" ".join(path[len(shared) :] if path in data else path) for path in paths]
    lines = [" | ".join(filter(None, [*table.titles, *shared, *columns]))]
    for row in table.body:
        if not table.is_group_row(row):
            cells = table.rows[row][table.header_columns :]
            lines.append(" | ".join(filter(None, [" › ".join(table.row_path(row)), *cells])))
    return list(filter(None, lines))


@dataclass
class _Told:
    """What is known of the pages so far, by page."""

    novel: dict[int, set[str]] = field(default_factory=dict)
    """Numbers that the audit did not find."""
    amounts: dict[int, tuple[str, int]] = field(default_factory=dict)
    """What the document has said by then of all its amounts, and on which page."""


def _pages(readings: Iterable[Reading], told: _Told) -> Iterator[PageBlocks]:
    amounts = "", 0
    for reading in readings:
        if reading.outcome is not Outcome.OK:
            continue
        if reading.audit and reading.audit.novel_numbers:
            told.novel[reading.page] = set(reading.audit.novel_numbers)
        blocks = without_artefacts(parse_markup(reading.markup))
        if declared := declared_in(blocks):
            amounts = declared, reading.page
        told.amounts[reading.page] = amounts
        yield PageBlocks(reading.page, reading.reader, blocks)


class _Stamp:
    """Turns drafts into documents, counting as it goes."""

    def __init__(self, document: str, told: _Told) -> None:
        self.document = document
        self.told = told
        self.ordinal = 0
        self.on_page: dict[int, int] = {}
        self.table_id = ""
        self.footing: list[str] = []

    def chunk(self, draft: Draft, reader: str) -> Document:
        content = draft.content
        pages = sorted(draft.pages) or [0]
        number = self.on_page[pages[0]] = self.on_page.get(pages[0], -1) + 1
        metadata: dict[str, Any] = {
            "source": self.document,
            "page": pages[0],
            "pages": pages,
            "kind": draft.kind,
            "chunk_id": _digest(self.document, pages[0], number, content),
            "ordinal": self.ordinal,
            "section": draft.section,
            "title": shown(draft.title),
            "caption": shown(draft.caption),
            "reader": reader,
            **self._table(draft, pages[0], number),
        }
        if box := _box(draft, pages[0]):
            metadata["box"] = box
        if doubts := self._doubts(pages, content):
            metadata["novel_numbers"] = doubts
        self.ordinal += 1
        return Document(page_content=content, metadata=metadata, id=metadata["chunk_id"])

    def _table(self, draft: Draft, page: int, number: int) -> dict[str, Any]:
        if draft.table is None or draft.whole is None:
            return {}
        if draft.piece == 0:
            self.table_id = _digest(self.document, page, number, "table")
            wrong = mismatches(draft.whole.table or draft.table)[:_MOST_MISMATCHES]
            self.footing = [str(mismatch) for mismatch in wrong]
        found: dict[str, Any] = {
            "table_id": self.table_id,
            "piece": draft.piece,
            "pieces": draft.pieces,
            "first_row": draft.first_row,
        }
        amounts, said_on = self.told.amounts.get(page, ("", 0))
        if amounts:
            found |= {"amounts": amounts, "amounts_page": said_on}
        if draft.row_pages:
            found["row_pages"] = list(draft.row_pages)
        if self.footing:
            found["footing"] = self.footing
        return found

    def _doubts(self, pages: list[int], content: str) -> list[str]:
        """The numbers of a chunk that the audit did not find on its page."""
        novel = set().union(*(self.told.novel.get(page, set()) for page in pages))
        if not novel:
            return []
        return sorted(novel & {mention.text for mention in numbers_in(content)})


def _box(draft: Draft, page: int) -> list[float]:
    """Around everything of the chunk on its first page; empty if the reader gave no places."""
    boxes = [box for number, box in draft.boxes if number == page]
    if not boxes:
        return []
    left, top, right, bottom = zip(*boxes, strict=True)
    return [min(left), min(top), max(right), max(bottom)]


def _digest(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:24]
