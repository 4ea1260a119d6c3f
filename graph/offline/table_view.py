"""The tables of sources as grids of cells, with their labels ready to be matched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph.evidence.sources import Source, cell_line
from graph.evidence.table_assembly import Origin, whole_tables
from graph.offline.header_matching import Label, Match, labels_of
from loaders.chunking.table import DataCell, Table
from loaders.text.tokenizer import fold, keys

_CAPTION = re.compile(r"\W*(?:table|exhibit|tabelle|tab\.|表)\s*\w*\d", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?:^|\b(?:consolidated|combined|group)\b.*\b)(?:balance sheets?|income statements?"
    r"|statements? of (?:income|operations|earnings|cash flows?|financial position|profit))"
    r"|^konzern(?:bilanz|gewinn|kapitalfluss)|^bilanz$|^gewinn- und verlustrechnung"
    r"|合并(?:资产负债|利润|现金流量)表"
)
_FLOWS = re.compile(r"\bcash flows?\b|kapitalfluss|现金流量表")
_PARENT = re.compile(
    r"母公司|\bparent company\b|\bparent[- ]only\b|\bcompany (?:balance sheet|statement of)"
    r"|^einzelabschluss"
)


LEAST_KEYS = 3


@dataclass(frozen=True)
class Cell:
    """A cell and the source that holds it."""

    source: Source
    cell: DataCell
    printed: str = ""
    """How the source writes it if not as a table's cell: `2023: 317.5` of a chart."""

    @property
    def line(self) -> str:
        """The cell as the source's lines write it."""
        return cell_line(self.cell)

    @property
    def is_empty(self) -> bool:
        return bool(self.cell.missing) or not self.cell.text.strip()


@dataclass(frozen=True)
class Grid:
    """A table of a source with its labels ready to be matched."""

    source: Source
    table: Table
    chart: bool = False
    """Whether it was a chart, read as labels and values."""
    lead: str = ""
    """The line that announces the table, if it stands in the chunk before: `… as follows:`."""
    sentence: str = ""
    """The sentence that it was, if its series stood in prose."""
    number: int = 0
    """How near it is to the question, if a later piece of it is nearer than its source."""
    is_whole: bool = True
    """Whether no piece of it is missing: else nothing can be counted or ranked."""
    origins: Mapping[int, Origin] = field(default_factory=dict)
    """The piece that each row stands in, if the table was cut."""

    @cached_property
    def cells(self) -> dict[tuple[int, int], DataCell]:
        return {(cell.row, cell.column): cell for cell in self.table.cells()}

    @cached_property
    def rows(self) -> list[Label]:
        return labels_of(sorted({(cell.row, self._row_path(cell)) for cell in self.cells.values()}))

    def _row_path(self, cell: DataCell) -> tuple[str, ...]:
        """The labels of a cell's row; the last row is a total where it has none."""
        if self._key_column is not None and (key := self.cells.get((cell.row, self._key_column))):
            return (key.text,)
        return cell.row_path or (("Total",) if cell.row == self._last_row else ())

    @cached_property
    def _key_column(self) -> int | None:
        """The first column if its numbers stand for row labels: no row has one, none is twice."""
        first = min((column for _, column in self.cells), default=0)
        rows = {row for row, _ in self.cells}
        found = [cell.text for (_, column), cell in self.cells.items() if column == first]
        is_bare = not any(cell.row_path for cell in self.cells.values())
        is_key = is_bare and len(set(found)) == len(found) == len(rows) >= LEAST_KEYS
        return first if is_key and self.table.width > 2 else None

    @cached_property
    def _last_row(self) -> int:
        return max((row for row, _ in self.cells), default=-1)

    @cached_property
    def leaves(self) -> list[Label]:
        """The rows by their own label, without the groups that they stand in."""
        return labels_of(sorted({(cell.row, cell.row_path[-1:]) for cell in self.cells.values()}))

    @cached_property
    def columns(self) -> list[Label]:
        paths = sorted(
            {
                (cell.column, cell.column_path)
                for cell in self.cells.values()
                if cell.column != self._key_column
            }
        )
        return labels_of(paths, group_weight=0.8)

    @cached_property
    def data_columns(self) -> list[int]:
        """The columns that hold numbers."""
        found = {cell.column for cell in self.cells.values() if cell.quantity}
        return sorted(found) or sorted({cell.column for cell in self.cells.values()})

    @property
    def caption(self) -> str:
        """What the table is said to be about."""
        return f"{self.lead}\n{self.source.caption}" if self.lead else self.source.caption

    @cached_property
    def is_statement(self) -> bool:
        """Whether it is one of the statements that the other tables of a report take up."""
        return self._is_headed(_STATEMENT)

    @cached_property
    def is_of_flows(self) -> bool:
        """Whether it is the statement of cash flows: changes stand there under stocks' names."""
        return self._is_headed(_FLOWS)

    @cached_property
    def is_of_parent(self) -> bool:
        """Whether it is of the parent company alone, where the group is meant."""
        return self._is_headed(_PARENT)

    def _is_headed(self, pattern: re.Pattern[str]) -> bool:
        parts = (self.source.section.split("›")[-1], self.source.caption, *self.table.titles)
        return any(pattern.search(fold(part)) for part in parts)

    @cached_property
    def context(self) -> frozenset[str]:
        """The words about the table: caption, section, text around it, header, corner."""
        if self.sentence:
            return frozenset(keys(f"{self.sentence}\n{self.source.section}"))
        header = [text for row in self.table.rows[: self.table.header_rows] for text in row]
        groups = [text for row in self.rows for text in row.path[:-1]]
        leaves = Counter(row.path[-1] for row in self.rows if len(row.path) > 1)
        measures = [leaf for leaf, count in leaves.items() if count >= LEAST_KEYS]
        about = [self.caption, self.source.section, self.source.prose]
        parts = [*about, *header, *groups, *measures]
        return frozenset(keys("\n".join(parts)))

    def at(self, row: int, column: int) -> Cell | None:
        cell = self.cells.get((row, column))
        return self.cell(cell) if cell else None

    def cell(self, cell: DataCell) -> Cell:
        """A cell of this table with its source."""
        printed = self.sentence
        if self.chart and cell.row_path:
            is_series = self.table.width > 2
            name = cell.column_path[-1] if is_series and cell.column_path else ""
            printed = f"{name} {cell.text}" if name else f"{cell.row_path[-1]}: {cell.text}"
        source, row = self.origins.get(cell.row, (self.source, cell.row))
        own = self._own_cells[source.number].get((row, cell.column)) if self.origins else None
        if own is not None:  # its line is looked for in its piece
            cell = replace(cell, row_path=own.row_path, column_path=own.column_path)
        return Cell(source, cell, printed)

    @cached_property
    def _own_cells(self) -> dict[int, dict[tuple[int, int], DataCell]]:
        """The cells of each piece, by its number, as the piece alone has them."""
        pieces = {source.number: source.tables[0] for source, _ in self.origins.values()}
        return {
            number: {(cell.row, cell.column): cell for cell in table.cells()}
            for number, table in pieces.items()
        }

    def along(self, match: Match, *, is_row: bool) -> list[Cell]:
        """The filled cells of a row or column."""
        index = match.label.index
        return [
            self.cell(cell)
            for (row, column), cell in sorted(self.cells.items())
            if (row if is_row else column) == index
        ]


def grids_of(sources: Iterable[Source]) -> list[Grid]:
    """The tables of the sources, those that were cut put together again."""
    kept = list(sources)
    places = {_place(source): source for source in kept}
    return [
        Grid(
            found.source,
            found.table,
            lead=_lead(found.source, places),
            number=found.number,
            is_whole=found.is_whole,
            origins=found.origins,
        )
        for found in whole_tables(kept)
        if found.table.height
    ]


def _place(source: Source) -> tuple[str, int]:
    return source.document, int(source.chunk.metadata.get("ordinal", -1))


def _lead(source: Source, places: Mapping[tuple[str, int], Source]) -> str:
    document, ordinal = _place(source)
    before = places.get((document, ordinal - 1)) if ordinal > 0 else None
    is_text = before is not None and not before.tables
    line = before.prose.rstrip().rpartition("\n")[2] if before and is_text else ""
    is_caption = not source.caption and _CAPTION.match(line)
    return line if line.endswith((":", "：")) or is_caption else ""
