"""Tables: what they say as a grid, and how they are set."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pymupdf

from samples.typeset import (
    BOLD,
    CAPTION,
    FAINT,
    INK,
    MIST,
    TEAL,
    Sheet,
    Style,
    break_lines,
    pieces_of,
    plain,
)

CELL = Style(font="helv", size=8.4, leading=10.4, after=0)


@dataclass(frozen=True)
class Cell:
    """A table cell; spans count grid positions."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Literal["left", "right", "centre"] | None = None


@dataclass(frozen=True)
class Row:
    """A row; `kind` says how it looks."""

    cells: tuple[Cell, ...]
    kind: Literal["head", "body", "sum", "total", "section"] = "body"


def row(
    *cells: str | Cell, kind: Literal["head", "body", "sum", "total", "section"] = "body"
) -> Row:
    return Row(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells), kind)


@dataclass(frozen=True)
class Table:
    """What a table says and how wide its columns are; `l` left, `r` right, `c` centre."""

    caption: str
    widths: Sequence[float]
    aligns: str
    rows: Sequence[Row]
    ruled: bool = False
    """Lines around every cell instead of three horizontal rules."""
    note: str = ""
    """What a reader should notice; stands in the truth only."""
    row_height: float = 15.0
    style: Style = CELL

    @property
    def header_rows(self) -> int:
        return sum(each.kind == "head" for each in self.rows)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell with the row and column of its first position."""
        taken: set[tuple[int, int]] = set()
        for number, each in enumerate(self.rows):
            column = 0
            for cell in each.cells:
                while (number, column) in taken:
                    column += 1
                taken |= {
                    (number + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }
                yield number, column, cell
                column += cell.columns

    def grid(self) -> list[list[str]]:
        """Spans filled in on their first position only."""
        grid = [[""] * len(self.widths) for _ in self.rows]
        for number, column, cell in self.placed():
            grid[number][column] = plain(cell.text)
        return grid

    def spans(self) -> list[dict[str, int]]:
        """The merged cells."""
        return [
            {"row": number, "column": column, "rows": cell.rows, "columns": cell.columns}
            for number, column, cell in self.placed()
            if cell.rows > 1 or cell.columns > 1
        ]

    def piece(self, first: int, last: int) -> Table:
        """Body rows from `first` up to `last`, under the header again."""
        head = self.header_rows
        return replace(self, rows=[*self.rows[:head], *self.rows[head + first : head + last]])


def set_table(
    sheet: Sheet, table: Table, x: float, y: float, *, caption: str | None = None, **truth: Any
) -> float:
    """Set caption and table; `caption` replaces the table's own on a later page."""
    caption = table.caption if caption is None else caption
    width = sum(table.widths)
    if caption:
        y = sheet.lines(break_lines(caption, CAPTION, width), x, y, width, CAPTION) + CAPTION.after
    bottom = _TableSetter(sheet, table, x, y).draw()
    truth |= {"note": table.note} if table.note else {}
    sheet.note(
        "table",
        (x, y, x + width, bottom),
        caption=plain(caption),
        header_rows=table.header_rows,
        header_columns=len(table.aligns) - len(table.aligns.lstrip("l")),
        rows=table.grid(),
        spans=table.spans(),
        **truth,
    )
    return bottom + 10


@dataclass
class _TableSetter:
    """One table on one sheet."""

    sheet: Sheet
    table: Table
    x: float
    y: float

    def __post_init__(self) -> None:
        self.edges = [self.x]
        for width in self.table.widths:
            self.edges.append(self.edges[-1] + width)
        self.tops = [self.y]
        for each in self.table.rows:
            self.tops.append(self.tops[-1] + self._height(each))

    def _height(self, each: Row) -> float:
        lines = max((cell.text.count("\n") for cell in each.cells if cell.rows == 1), default=0)
        return self.table.row_height + lines * self.table.style.leading

    def draw(self) -> float:
        """Shades first, then rules, then words row by row."""
        for number, each in enumerate(self.table.rows):
            self._shade(number, each)
        for number, column, cell in self.table.placed():
            if self.table.ruled:
                box = self._box(number, column, cell)
                self.sheet.page.draw_rect(pymupdf.Rect(box), color=FAINT, width=0.5)
            elif cell.columns > 1 and self.table.rows[number].kind == "head":
                left, _, right, bottom = self._box(number, column, cell)
                self.sheet.rule(left + 6, bottom, right - 2, 0.5, TEAL)
            elif cell.rows > 1 and self.table.rows[number].kind == "body":
                self.sheet.rule(self.edges[0], self.tops[number], self.edges[-1], 0.3, FAINT)
        if not self.table.ruled:
            self._three_rules()
        for number, column, cell in self.table.placed():
            self._words(number, column, cell)
        return self.tops[-1]

    def _shade(self, number: int, each: Row) -> None:
        box = (self.edges[0], self.tops[number], self.edges[-1], self.tops[number + 1])
        if each.kind == "section" or (each.kind == "head" and self.table.ruled):
            self.sheet.fill(box, MIST)
        elif each.kind in {"sum", "total"} and not self.table.ruled:
            self.sheet.rule(box[0], box[1], box[2], 0.8 if each.kind == "total" else 0.4)

    def _three_rules(self) -> None:
        left, right = self.edges[0], self.edges[-1]
        self.sheet.rule(left, self.tops[0], right, 1.2, TEAL)
        self.sheet.rule(left, self.tops[self.table.header_rows], right, 0.6, TEAL)
        self.sheet.rule(left, self.tops[-1], right, 1.2, TEAL)

    def _box(self, number: int, column: int, cell: Cell) -> tuple[float, float, float, float]:
        bottom = self.tops[number + cell.rows]
        return self.edges[column], self.tops[number], self.edges[column + cell.columns], bottom

    def _words(self, number: int, column: int, cell: Cell) -> None:
        left, top, right, bottom = self._box(number, column, cell)
        kind = self.table.rows[number].kind
        named: dict[str, Literal["left", "right", "centre"]]
        named = {"l": "left", "r": "right", "c": "centre"}
        align = cell.align or named[self.table.aligns[column]]
        style = self.table.style
        if kind != "body":
            style = replace(style, font=BOLD[style.font])
        style = replace(style, align=align, colour=TEAL if kind in {"head", "section"} else INK)
        text_lines = cell.text.split("\n")
        height = style.leading * (len(text_lines) - 1) + style.size * 0.72
        if kind == "head":
            baseline = bottom - (self.table.row_height - style.size * 0.72) / 2
            baseline -= style.leading * (len(text_lines) - 1)
        else:
            baseline = (top + bottom - height) / 2 + style.size * 0.72
        place = {"left": left + 4, "right": right - 7, "centre": (left + right) / 2}[align]
        for text in text_lines:
            hang = self._hang(text, style) if align == "right" else 0.0
            self.sheet.label(text, place + hang, baseline, style)
            baseline += style.leading

    @staticmethod
    def _hang(text: str, style: Style) -> float:
        """How far a closing parenthesis, percent or mark hangs out, so that digits align."""
        tail = re.search(r"(?<=\d)\)?(?:\^.+\^)?$", text)
        return sum(piece.width for piece in pieces_of(tail.group(), style)) if tail else 0.0
