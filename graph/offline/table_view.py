"""A table of the evidence as a question meets it: rows, columns and what is said around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from graph.evidence.sources import Source, plain
from graph.evidence.table_assembly import Origin, whole_tables
from graph.offline.chart_tables import chart_tables
from graph.offline.table_headings import Heading, cut_at_comma, headings
from graph.offline.totals import LEAST_PARTS, Totals, is_total
from graph.query.subject_terms import keys_in
from loaders.chunking.table import DataCell, Table
from loaders.text.label_units import is_part_of
from loaders.text.quantities import Quantity
from loaders.text.units import measure_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d\d\b")
LONGEST_LEAD = 200
"""Signs; a longer line is a paragraph."""


@dataclass(frozen=True)
class FoundCell:
    """A cell and the source that holds it, with the labels of the whole table."""

    source: Source
    cell: DataCell
    row: Heading
    column: Heading
    printed: str = ""
    """How the source writes it if not as a table's cell: `2023: 317.5` of a chart."""
    title: str = ""
    """What is said right above its table: caption, titles, the line that announces it."""
    beside: str = ""
    """The words of the other cells of its row."""
    corner: frozenset[str] = frozenset()
    """The keys of what heads the labels of its table's rows."""

    @property
    def labels(self) -> str:
        """What its row and its column are called."""
        return " ".join((*self.row.path, *self.column.path))

    @property
    def heads(self) -> str:
        """All that heads it: its row, its column, and what stands above the table."""
        return " ".join((self.labels, self.title, self.beside))

    @property
    def around(self) -> str:
        """What heads it, and what its table stands in."""
        return " ".join(
            (self.heads, self.source.section, self.source.caption, self.source.document)
        )

    @property
    def unit(self) -> str:
        """What its number counts in; empty if nothing says it."""
        return self.cell.quantity.unit if self.cell.quantity else ""

    @property
    def is_empty(self) -> bool:
        return bool(self.cell.missing) or not self.cell.text.strip()

    @property
    def amount(self) -> Decimal | None:
        return self.cell.amount

    @property
    def is_date(self) -> bool:
        return bool(_DATE.search(self.cell.text)) and (
            self.cell.quantity is None or self.cell.quantity.is_year
        )


@dataclass(frozen=True)
class TableView:
    """A table of a source with its headings ready to be matched."""

    source: Source
    table: Table
    chart: bool = False
    number: int = 0
    """How near it is to the question: the smallest number of its pieces."""
    is_whole: bool = True
    """Whether no piece of it is missing: else nothing can be counted or ranked."""
    origins: Mapping[int, Origin] = field(default_factory=dict)
    lead: str = ""
    """The line that announces it, if that stands in the chunk before."""

    @cached_property
    def cells(self) -> dict[tuple[int, int], DataCell]:
        return {(cell.row, cell.column): cell for cell in self.table.cells()}

    @cached_property
    def rows(self) -> list[Heading]:
        return headings(self._row_paths)

    @cached_property
    def _row_paths(self) -> dict[int, tuple[str, ...]]:
        """What heads each row; a group ends with the row that adds it up.

        What is `of which …` stands under the row of which it is a part.
        """
        printed = {cell.row: self._printed_path(cell) for cell in self.cells.values()}
        found: dict[int, tuple[str, ...]] = {}
        group: tuple[str, ...] = ()
        whole: tuple[str, ...] = ()
        is_over = False
        for index, path in sorted(printed.items()):
            is_over = is_over and path[:-1] == group
            group = path[:-1]
            own = (*group[:-1], path[-1]) if is_over else path
            if is_part_of(own[-1] if own else "") and whole[:-1] == own[:-1]:
                own = (*whole, own[-1])
            else:
                whole = own
            found[index] = own
            is_over = is_over or bool(group and is_total(Heading(index, path)))
        return found

    @cached_property
    def columns(self) -> list[Heading]:
        return headings(self._column_paths)

    @cached_property
    def _column_paths(self) -> dict[int, tuple[str, ...]]:
        """What heads each column; of `Price, 1-9` and `Price, 10+` the price is the group.

        A last line of units heads nothing, where the names above tell the columns apart.
        """
        printed = {cell.column: cell.column_path for cell in self.cells.values()}
        lowest = [path[-1] for path in printed.values() if len(path) > 1]
        named = {i: path[:-1] if len(path) > 1 else path for i, path in printed.items()}
        is_told = len(set(named.values())) == len(named) and all(map(measure_of, lowest))
        found = named if is_told else printed
        cut = {index: cut_at_comma(path) for index, path in found.items()}
        shared = Counter(path[:-1] for index, path in cut.items() if path != found[index])
        return {i: path if shared[path[:-1]] > 1 else found[i] for i, path in cut.items()}

    @property
    def is_headed(self) -> bool:
        """Whether any column has a head."""
        return any(column.path for column in self.columns)

    def _printed_path(self, cell: DataCell) -> tuple[str, ...]:
        if cell.row_path and not self._are_numbered:
            return cell.row_path
        key = self.cells.get((cell.row, self.key_column))
        return (key.text,) if key is not None else ()

    @cached_property
    def key_column(self) -> int:
        """The first column, where rows have no label but a number; -1 if labels stand elsewhere."""
        is_bare = not any(cell.row_path for cell in self.cells.values())
        is_named = is_bare or self._are_numbered
        return min((column for _, column in self.cells), default=-1) if is_named else -1

    @cached_property
    def _are_numbered(self) -> bool:
        """Whether rows are only counted, from 1, and the column behind the numbers tells them."""
        labels = {row: path for (row, _), cell in self.cells.items() if (path := cell.row_path)}
        numbers = [path[-1].strip(" .") for _, path in sorted(labels.items()) if len(path) == 1]
        is_counted = numbers == [str(place) for place in range(1, len(labels) + 1)]
        if not is_counted or len(numbers) < LEAST_PARTS:
            return False
        names = self._in_column(min(column for _, column in self.cells))
        return all(one.quantity is None for one in names) and len(names) == len(
            {one.text for one in names}
        )

    @cached_property
    def value_columns(self) -> list[Heading]:
        """The columns that hold numbers, the one that names the rows left out."""
        held = {cell.column for cell in self.cells.values() if cell.quantity}
        dated = {
            column.index
            for column in self.columns
            if all(self.found(cell).is_date for cell in self._in_column(column.index))
        }
        return [
            column
            for column in self.columns
            if column.index in held and column.index not in dated | {self.key_column}
        ]

    def _in_column(self, index: int) -> list[DataCell]:
        return [cell for (_, column), cell in self.cells.items() if column == index]

    def quantities(self, column: int) -> list[Quantity]:
        """The numbers of a column, from the top."""
        return [cell.quantity for cell in self._in_column(column) if cell.quantity]

    def attributes(self, row: int) -> dict[int, frozenset[str]]:
        """The words of a row's cells that are no numbers, by column."""
        return self._attributes.get(row, {})

    @cached_property
    def _attributes(self) -> dict[int, dict[int, frozenset[str]]]:
        found: dict[int, dict[int, frozenset[str]]] = {}
        for (row, column), cell in self.cells.items():
            if cell.quantity is None or any(char.isalpha() for char in cell.text):
                found.setdefault(row, {})[column] = keys_in(cell.text)
        return found

    @cached_property
    def _heads(self) -> list[dict[int, Heading]]:
        return [{one.index: one for one in axis} for axis in (self.rows, self.columns)]

    def at(self, row: int, column: int) -> FoundCell | None:
        cell = self.cells.get((row, column))
        return self.found(cell) if cell else None

    def found(self, cell: DataCell) -> FoundCell:
        """A cell with its source, cited from the piece of the table that holds it."""
        row, column = self._heads[0][cell.row], self._heads[1][cell.column]
        source, own_row = self.origins.get(cell.row, (self.source, cell.row))
        if self.origins:
            own = self._own_cells[source.number].get((own_row, cell.column))
            cell = (
                replace(cell, row_path=own.row_path, column_path=own.column_path) if own else cell
            )
        is_series = len(self.columns) > 1
        written = f"{column.label} {cell.text}" if is_series else f"{row.label}: {cell.text}"
        printed = written if self.chart else ""
        return FoundCell(
            source, cell, row, column, printed, self.title, self._words[cell.row], self.corner
        )

    @cached_property
    def _words(self) -> dict[int, str]:
        """What each row says in cells that are no numbers."""
        found: dict[int, list[str]] = defaultdict(list)
        for (row, _), cell in self.cells.items():
            found[row] += [] if cell.quantity else [cell.text]
        return {row: " ".join(texts) for row, texts in found.items()}

    @cached_property
    def _own_cells(self) -> dict[int, dict[tuple[int, int], DataCell]]:
        pieces = {source.number: source.tables[0] for source, _ in self.origins.values()}
        return {
            number: {(cell.row, cell.column): cell for cell in table.cells()}
            for number, table in pieces.items()
        }

    @cached_property
    def corner(self) -> frozenset[str]:
        """What heads the labels: the kind of thing that the rows are."""
        texts = [
            self.table.rows[row][column]
            for row in range(self.table.header_rows)
            for column in range(max(self.table.header_columns, 1))
        ]
        return keys_in(" ".join(texts))

    @cached_property
    def title(self) -> str:
        """What is said right above the table: its caption, its titles, the line before it."""
        lines = (self.source.caption, self.lead, *self.table.titles)
        return " ".join(dict.fromkeys(filter(None, map(plain, lines))))

    @property
    def around(self) -> tuple[str, ...]:
        """What is said around the table, the nearest first: caption, section, document."""
        return self.title, self.source.section, self.source.document.rpartition(".")[0]

    @cached_property
    def levels(self) -> tuple[frozenset[str], ...]:
        """The keys of what is said around, with those of the corner."""
        nearest, *others = map(keys_in, self.around)
        return nearest | self.corner, *others

    @cached_property
    def sums(self) -> Totals:
        """Which of its rows and columns add up others."""
        numbers = {place: one for place, cell in self.cells.items() if (one := cell.quantity)}
        return Totals(self.rows, self.columns, self.value_columns, numbers)

    @cached_property
    def leaf_keys(self) -> frozenset[str]:
        """The keys of its rows' and columns' own labels."""
        return frozenset().union(*(one.leaf_keys for one in (*self.rows, *self.columns)))

    @cached_property
    def label_keys(self) -> frozenset[str]:
        """The keys of all that heads its rows and columns, groups and brackets too."""
        labels = {" ".join(one.path) for one in (*self.rows, *self.columns)}
        return frozenset().union(*map(keys_in, labels))

    @property
    def totals(self) -> frozenset[int]:
        """The rows that add up others."""
        return self.sums.rows

    @property
    def total_columns(self) -> frozenset[int]:
        """The columns that add up those beside them."""
        return self.sums.columns

    @property
    def members(self) -> list[Heading]:
        """The rows that are one of a kind."""
        return self.sums.members

    def members_among(self, rows: Iterable[Heading]) -> list[Heading]:
        """Those of some rows that are one of a kind."""
        return [row for row in rows if row.index in self.sums.member_rows]

    def is_apart(self, row: Heading) -> bool:
        """Whether it is neither one of a kind nor the sum of those."""
        return row.index not in self.sums.member_rows | self.totals

    def is_doubted(self, rows: Iterable[Heading]) -> bool:
        """Whether one of the members may be none."""
        return not self.sums.doubted.isdisjoint(row.index for row in rows)


def views_of(sources: Iterable[Source]) -> list[TableView]:
    """The tables and charts of the sources; a table that was cut is one again."""
    kept = list(sources)
    places = {_place(source): source for source in kept}
    found = [
        TableView(
            whole.source,
            whole.table,
            number=whole.number,
            is_whole=whole.is_whole,
            origins=whole.origins,
            lead=_lead(whole.source, places),
        )
        for whole in whole_tables(kept)
        if whole.table.height
    ]
    charts = [TableView(one, table, True, one.number) for one, table in chart_tables(kept)]
    return [*found, *charts]


def _place(source: Source) -> tuple[str, int]:
    return source.document, int(source.chunk.metadata.get("ordinal", -1))


def _lead(source: Source, places: Mapping[tuple[str, int], Source]) -> str:
    """The line right before a table: of its own chunk, or of the chunk before if it announces."""
    own = source.chunk.page_content.partition("<table")[0].rstrip().rpartition("\n")[2]
    if own.strip():
        return own if len(own) <= LONGEST_LEAD else ""
    document, ordinal = _place(source)
    before = places.get((document, ordinal - 1)) if ordinal > 0 else None
    if before is None or before.tables:
        return ""
    line = before.prose.rstrip().rpartition("\n")[2]
    return line if line.endswith((":", "：")) else ""
