"""From HTML to rows of raw cells, however broken it is, and back to HTML that is safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape

from loaders.chunking.spanned_grid import Cell, Grid, RawCell

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(
    r"<(script|style|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_UNSHOWN = re.compile(
    r"<([a-z][a-z0-9]*)\b(?:[^<>]*\s)?"
    r"(?:hidden(?=[\s>=/])|style\s*=\s*[\"'][^\"'<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden))[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>table|thead|tbody|tfoot|tr|th|td|caption|colgroup|col)\b(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_BEGINS = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
"""What a table begins with, its own tag or that of its first rows."""
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|center|code|div|em|font|html|body|head|i|img|input|label|mark|p|q|s|small|span"
    r"|strong|strike|sub|u|br|hr|ul|ol|li|h[1-6]|svg|math)\b[^<>]*>",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup\s*>", re.IGNORECASE)
_SUP_LEFT = re.compile(r"</?sup\b[^<>]*>", re.IGNORECASE)
_SUPERSCRIPTS = dict(zip("0123456789+-nabcdefg", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵃᵇᶜᵈᵉᶠᵍ", strict=True))
_BREAK = re.compile(r"<(?:br|/p|/div|/li|p|div|li|hr|tr|td|th)\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class RawTable:
    """A table as its HTML gives it."""

    rows: list[list[RawCell]] = field(default_factory=list)
    head_rows: int = 0
    """Leading rows that stand in a thead."""
    caption: str = ""


def plain_text(fragment: str) -> str:
    """The text of an HTML fragment: formatting gone, raised marks kept raised, one line."""
    text = _SUP_LEFT.sub("", with_raised(fragment))
    text = _INLINE.sub("", _BREAK.sub(" ", text))
    return " ".join(unescape(text).split())


def with_raised(html: str) -> str:
    """HTML in which what its tags raise is in raised characters."""
    return _RAISED.sub(lambda match: raised(match[1]), html)


def raised(text: str) -> str:
    """A footnote mark or exponent in raised characters, so that 12.5 and its ¹ stay two things."""
    bare = text.strip()
    if all(character in _SUPERSCRIPTS for character in bare):
        return "".join(_SUPERSCRIPTS[character] for character in bare)
    return bare if not bare[:1].isalnum() else f"[^{bare}]"


def without_hidden(html: str) -> str:
    """Without comments, scripts, styles, and elements that a browser does not show."""
    bare = _HIDDEN.sub("", _COMMENT.sub("", html))
    while (opened := _UNSHOWN.search(bare)) is not None:
        bare = bare[: opened.start()] + bare[_end_of(bare, opened) :]
    return bare


def _end_of(html: str, opened: re.Match[str]) -> int:
    """Where an element ends, those of its name inside it counted; at the end if it never does."""
    depth = 1
    for tag in re.compile(rf"<(/?){opened[1]}\b[^<>]*>", re.IGNORECASE).finditer(
        html, opened.end()
    ):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(html)


class _Builder:
    """Rows in the making: a cell ends where the next thing begins, whether or not it says so."""

    def __init__(self, depth: int) -> None:
        self.table = RawTable()
        self.row: list[RawCell] | None = None
        self.cell: tuple[str, str] | None = None
        self.text: list[str] = []
        self.depth = depth
        self.in_head = False
        self.opens = False
        self.in_caption = False

    def take_text(self, text: str) -> None:
        if self.cell or self.in_caption:
            self.text.append(text)
        elif text.strip() and self.depth:
            stray = plain_text(text)
            if stray:  # text between rows is kept as a cell rather than lost
                self._add(RawCell(stray))

    def take_tag(self, name: str, attributes: str, *, closing: bool) -> bool:
        """Return False when the table is over."""
        if name == "table":
            return self._table(closing=closing)
        if self.depth > 1:
            self.text.append(" ")  # a table within a cell is that cell's text
        elif name in {"td", "th"}:
            self._end_cell()
            self.cell, self.text = (None if closing else (name, attributes)), []
        elif name == "caption":
            self._caption(closing=closing)
        elif name not in {"col", "colgroup"}:
            self._end_row()
            self._begin(name, closing=closing)
        return True

    def _begin(self, name: str, *, closing: bool) -> None:
        if name == "tr":
            self.row = None if closing else []
        else:
            self.in_head = name == "thead" and not closing
            self.opens = (
                name == "tbody" and not closing and self.table.head_rows < len(self.table.rows)
            )

    def finish(self) -> RawTable:
        self._end_row()
        return self.table

    def _table(self, *, closing: bool) -> bool:
        self.depth += -1 if closing else 1
        if self.depth <= 0:
            return False
        self.text.append(" ")
        return True

    def _caption(self, *, closing: bool) -> None:
        self._end_cell()
        if self.in_caption:
            self.table.caption = plain_text("".join(self.text))
        self.in_caption, self.text = not closing, []

    def _add(self, cell: RawCell) -> None:
        self.row = [*(self.row or ()), cell]

    def _end_cell(self) -> None:
        if self.in_caption:
            self.table.caption, self.in_caption = plain_text("".join(self.text)), False
        if self.cell is None:
            return
        name, attributes = self.cell
        spans = {key.lower(): int(value) for key, value in _SPAN.findall(attributes)}
        self._add(
            RawCell(
                text=plain_text("".join(self.text)),
                rowspan=max(spans.get("rowspan", 1), 1),
                colspan=max(spans.get("colspan", 1), 1),
                header=name == "th",
            )
        )
        self.cell, self.text = None, []

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is None:
            return
        if self.in_head and self.table.head_rows == len(self.table.rows):
            self.table.head_rows += 1
        if self.opens and self.row:
            self.row, self.opens = [replace(self.row[0], opens=True), *self.row[1:]], False
        self.table.rows.append(self.row)
        self.row = None


def read_table(html: str) -> RawTable:
    """The first table of some HTML, or its rows and cells; without rows if there is none."""
    found = read_tables(without_hidden(html), _BEGINS | {"td", "th", "col", "colgroup"})
    return next((table for _, _, table in found), RawTable())


def read_tables(html: str, begins: frozenset[str] = _BEGINS) -> Iterator[tuple[int, int, RawTable]]:
    """Where each table starts and stops, and the table; rows whose table tag is missing are one.

    One that is never closed ends with its last tag, or with the paragraph of its last cell.
    """
    builder: _Builder | None = None
    start = last = 0
    for tag in _TAG.finditer(html):
        name, closing = tag["name"].lower(), bool(tag["close"])
        if builder and name == "table" and not closing and builder.depth == 1 and not builder.cell:
            yield start, last, builder.finish()  # it was never closed
            builder = None
        if builder:
            builder.take_text(html[last : tag.start()])
        elif closing or name not in begins:
            continue
        else:
            builder, start = _Builder(depth=int(name != "table")), tag.start()
        last = tag.end()
        if not builder.take_tag(name, tag["attributes"], closing=closing):
            yield start, last, builder.finish()
            builder = None
    if builder:
        blank = html.find("\n\n", last) if builder.cell else last
        stop = blank if blank >= 0 else len(html)
        builder.take_text(html[last:stop] if builder.cell else "")
        yield start, stop, builder.finish()


def write_table(grid: Grid, head_rows: int, header_columns: int = 0) -> str:
    """A table of nothing but table tags and spans, everything else escaped.

    Cells of the header are th, so are the row labels; reading it again gives the same grid.
    """
    lines = ["<table>"]
    if head_rows:
        lines += ["<thead>", *_row_lines(grid, 0, head_rows, grid.width), "</thead>"]
    if grid.height > head_rows:
        body = _row_lines(grid, head_rows, grid.height, header_columns)
        lines += ["<tbody>", *body, "</tbody>"]
    return "\n".join([*lines, "</table>"])


def _row_lines(grid: Grid, start: int, stop: int, label_columns: int) -> Iterator[str]:
    for row in range(start, stop):
        cells = []
        column = 0
        while column < grid.width:
            owner = grid.owners[row][column]
            cell = grid.cells[owner] if owner >= 0 else Cell(row, column, "")
            if cell.row == row:
                name = "th" if column < label_columns and cell.text else "td"
                cells.append(f"<{name}{_spans(cell)}>{escape(cell.text, quote=False)}</{name}>")
            column = cell.column + cell.colspan
        first = grid.at(row, 0)
        if row > start and first and first.row == row and first.opens:
            yield "</tbody><tbody>"
        yield f"<tr>{''.join(cells)}</tr>"


def _spans(cell: Cell) -> str:
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return spans + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")
