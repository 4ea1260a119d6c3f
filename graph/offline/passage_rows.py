"""A table as a passage: what stands above it, the rows that come nearest, what its marks mean."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from graph.evidence.sources import plain
from graph.offline.evidence_view import EvidenceView
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.query.subject_terms import holds, keys_in
from loaders.text.units import measure_of

MOST_LEADING = 3
"""Rows of a column that lead it: what comes next tells by how much."""
LONGEST_WORD = 60
"""Signs without a space; what has more is no word, or Chinese."""
END = sys.maxsize
"""Where notes stand: below every row."""


def cut(text: str, room: int) -> str:
    """As much as fits: a number is not cut to another one."""
    if len(text) <= room:
        return text
    whole, _, word = text[: room - 1].rpartition(" ")
    return f"{whole if len(word) < LONGEST_WORD else text[: room - 2]} …"


def row_text(table: TableView, row: int) -> str:
    """A row as one line: its label, and each value under its head."""
    cells = [cell for c in table.columns if (cell := table.at(row, c.index))]
    label = _path(cells[0].row) if cells else ""
    values = ", ".join(
        " = ".join(filter(None, (_head(cell.column, table), value)))
        for cell in cells
        if (value := _value(cell)) != label  # a label is not said again as a value
    )
    return ": ".join(filter(None, (label, values)))


def _path(heading: Heading) -> str:
    return " › ".join(heading.path)


def _head(column: Heading, table: TableView) -> str:
    """What heads a column; the only one of a chart is headed by what stands above all."""
    return "" if table.chart and len(table.columns) == 1 else _path(column)


def _value(cell: FoundCell) -> str:
    """A cell as it stands, with the unit that a Unit column says of it."""
    text, unit = cell.cell.text.strip(), cell.cell.unit
    return text if text.endswith(unit) else f"{text} {unit}"


@dataclass(frozen=True)
class TablePassage:
    """A table as far as it fits, the rows first that a question asks for."""

    view: EvidenceView
    table: TableView

    def text(self, room: int, row: int) -> str:
        """With what stands above it; this row is among those shown."""
        lines = [self.head, self.rows(room - len(self.head) - 3, row) or row_text(self.table, row)]
        return cut(" — ".join(filter(None, lines)), room)

    @cached_property
    def head(self) -> str:
        """Caption, titles and the unit in its corner; if it has none, the heading above it."""
        source, grid = self.table.source, self.table.table
        lines = [source.caption, self.table.lead, *grid.titles]
        lines = lines if any(lines) else [source.section.rpartition(" › ")[2]]
        lines += [text for text in self._corner() if measure_of(text, is_head=True)]
        kept: list[str] = []
        for line in (" ".join(plain(line).split()) for line in lines):
            if line and not any(line in other for other in kept):
                kept.append(line)
        return " ".join(kept)

    def _corner(self) -> Iterator[str]:
        grid = self.table.table
        for row in grid.rows[: grid.header_rows]:
            yield from row[: max(grid.header_columns, 1)]

    def rows(self, room: int, *first: int) -> str:
        """The rows that are asked for, what the table's marks mean, and others as far as they fit.

        A small table is shown whole: what leads, or adds up, is seen in all of its rows. One that
        has no room names its heads once, unless they are longer than what they head.
        """
        texts = {row.index: row_text(self.table, row.index) for row in self.table.rows}
        others = sorted(texts, key=lambda row: -self._terms_said(texts[row]))
        heads = " | ".join(map(_path, self._columns))
        if sum(len(text) + 2 for text in texts.values()) <= room or 2 * len(heads) > room:
            heads = ""
        else:
            texts = {row: self._values(row) for row in texts}
        asked = [(row, texts[row]) for row in (*first, *self._asked_rows())]
        notes = [(END, note) for note in self._notes()]
        lines = [(-1, heads), *asked, *notes, *((row, texts[row]) for row in others)]
        kept: dict[str, int] = {}
        for row, text in lines:
            if text and text not in kept and len(text) + 2 <= room:
                kept[text] = row
                room -= len(text) + 2
        is_any = any(-1 < row < END for row in kept.values())
        return "; ".join(sorted(kept, key=lambda text: kept[text])) if is_any else ""

    @cached_property
    def _columns(self) -> list[Heading]:
        return [one for one in self.table.columns if one.index != self.table.key_column]

    def _values(self, row: int) -> str:
        """A row without its heads: the values in their order, a gap for none."""
        cells = [self.table.at(row, column.index) for column in self._columns]
        label = next((_path(cell.row) for cell in cells if cell), "")
        return f"{label}: {' | '.join(_value(cell) if cell else '' for cell in cells)}"

    def _terms_said(self, text: str) -> int:
        own = keys_in(text)
        return sum(holds(own, term.key) for term in self.view.analysis.every_term)

    def _notes(self) -> list[str]:
        """The lines below the table in its chunk: what its marks mean."""
        text = self.table.source.chunk.page_content
        below = "" if self.table.chart else plain(text.rpartition("</table>")[2])
        lines = (" ".join(line.split()) for line in below.split("\n"))
        return [line for line in lines if line and line not in self.head]

    def _asked_rows(self) -> list[int]:
        """The rows that lead in a column, or lie past a limit, if that is what is asked for."""
        order, bound = self.view.analysis.order, self.view.analysis.bound
        found: list[int] = []
        for column in self._asked_columns():
            cells = self._amounts(column)
            if bound:
                found += [row for amount, row in cells if bound.allows(amount)]
            elif order:
                cells.sort(reverse=order == "highest")
                found += [row for _, row in cells[:MOST_LEADING]]
        return found

    def _asked_columns(self) -> Sequence[Heading]:
        """The columns of whose heads the question says a word; all if it says none of any."""
        keys = [term.key for term in self.view.analysis.every_term]
        values = self.table.value_columns
        return [c for c in values if any(holds(c.leaf_keys, key) for key in keys)] or values

    def _amounts(self, column: Heading) -> list[tuple[Decimal, int]]:
        """The numbers of a column, each with its row; what adds up others is left out."""
        rows = [row.index for row in self.table.rows if row.index not in self.table.totals]
        cells = [(cell.amount, row) for row in rows if (cell := self.table.at(row, column.index))]
        return [(amount, row) for amount, row in cells if amount is not None]
