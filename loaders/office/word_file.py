"""Word files: headings, paragraphs, lists, tables with their spans, notes."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from loaders.chunking.html_table import raised
from loaders.chunking.markup import safe
from loaders.chunking.spanned_grid import RawCell
from loaders.office.office_page import OfficePage, counted, heading, table_markup
from loaders.office.word_text import W, boxes_in, line_of

RENDERED = f"{W}lastRenderedPageBreak"
CONTROLS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}
"""What only wraps paragraphs and tables."""


def word_pages(data: bytes) -> list[OfficePage]:
    """The pages as Word broke them last; a file that no program has laid out is one page."""
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    is_laid_out = next(body.iter(RENDERED), None) is not None
    pages = [OfficePage(blocks=[safe(line) for line in running_lines(document)])]
    for element in blocks_in(body):
        before, after = breaks(element, is_laid_out=is_laid_out)
        pages += [OfficePage() for _ in range(before)]
        pages[-1].blocks += written(element, document)
        pages += [OfficePage() for _ in range(after)]
    pages[-1].blocks += [*notes_of(document), *comments_of(document)]
    pictures = sum(1 for _ in body.iter(f"{W}drawing")) - sum(1 for _ in boxes_in(body))
    pages[0].notes += counted(max(0, pictures), "pictures not read")
    return pages


def blocks_in(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside of content controls too."""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in CONTROLS:
            yield from blocks_in(child)


def breaks(element: Any, *, is_laid_out: bool) -> tuple[int, int]:
    """How many pages begin with the first word of the element, and how many after it."""
    before = after = 0
    seen_text = element.tag == f"{W}tbl"
    for node in element.iter():
        if node.tag == f"{W}t":
            seen_text = True
        is_break = (
            node.tag == RENDERED
            if is_laid_out
            else node.tag == f"{W}pageBreakBefore"
            or (node.tag == f"{W}br" and node.get(f"{W}type") == "page")
        )
        before, after = before + (is_break and not seen_text), after + (is_break and seen_text)
    return before, after


def written(element: Any, document: Any) -> list[str]:
    """The element as markup, text boxes behind the paragraph that holds them."""
    if element.tag == f"{W}tbl":
        return [table_markup(*grid_of(element))]
    inner = [
        text for box in boxes_in(element) for e in blocks_in(box) for text in written(e, document)
    ]
    return [paragraph_markup(element, document), *inner]


def paragraph_markup(element: Any, document: Any) -> str:
    """A heading, an item or a paragraph, by its style."""
    text = line_of(element)
    style = Paragraph(element, document._body).style
    name = (style.name or "").lower() if style is not None else ""
    if name == "title":
        return heading(text, 1)
    if name.startswith("heading") and name[-1:].isdecimal():
        return heading(text, int(name[-1]))
    is_item = name.startswith("list") or element.find(f"{W}pPr/{W}numPr") is not None
    return f"- {safe(text)}" if is_item and text else safe(text)


def grid_of(table: Any) -> tuple[list[list[RawCell]], int]:
    """The rows with their spans, and how many of them are marked to come again on each page."""
    rows: list[list[RawCell]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    head_rows = 0
    for row in (child for child in table.iter(f"{W}tr") if table_of(child) is table):
        head_rows += row.find(f"{W}trPr/{W}tblHeader") is not None and head_rows == len(rows)
        line: list[RawCell] = []
        column = 0
        for cell in (child for child in row.iter(f"{W}tc") if table_of(child) is table):
            span = number_of(cell.find(f"{W}tcPr/{W}gridSpan"))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                grow(rows, open_cells[column])
            else:
                open_cells[column] = len(rows), len(line)
                line.append(RawCell(cell_text(cell), colspan=span))
            column += span
        rows.append(line)
    return rows, head_rows


def table_of(element: Any) -> Any:
    """The innermost table around the element."""
    return next(element.iterancestors(f"{W}tbl"), None)


def number_of(element: Any) -> int:
    """The value of a property that counts; 1 without it."""
    value = element.get(f"{W}val", "1") if element is not None else "1"
    return max(1, int(value)) if value.isdecimal() else 1


def grow(rows: list[list[RawCell]], place: tuple[int, int]) -> None:
    """Let a cell reach one row further down."""
    row, number = place
    cell = rows[row][number]
    rows[row][number] = RawCell(cell.text, cell.rowspan + 1, cell.colspan)


def cell_text(cell: Any) -> str:
    """All that stands in the cell."""
    return " ".join(filter(None, (line_of(line) for line in cell.iter(f"{W}p"))))


def running_lines(document: Any) -> list[str]:
    """Heads and feet of the pages, each once, without those that only count pages."""
    parts = [part for section in document.sections for part in (section.header, section.footer)]
    lines = (line_of(line) for part in parts for line in part._element.iter(f"{W}p"))
    return [line for line in dict.fromkeys(lines) if any(char.isalpha() for char in line)]


def notes_of(document: Any) -> list[str]:
    """Footnotes and endnotes with their marks; the first two of each part are lines to draw."""
    found: list[str] = []
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(relation.target_part.blob):
                text = " ".join(filter(None, (line_of(line) for line in note.iter(f"{W}p"))))
                if text and not note.get(f"{W}type"):
                    found.append(safe(f"{raised(note.get(f'{W}id', ''))} {text}"))
    return found


def comments_of(document: Any) -> list[str]:
    """What readers have noted, as it is told of PDFs."""
    return [
        safe(f"Note ({comment.author}): {' '.join(comment.text.split())}")
        for comment in document.comments
        if comment.text.strip()
    ]
