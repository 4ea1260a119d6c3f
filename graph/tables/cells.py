"""Cells looked up in table grids: the rows and columns that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph.asking.words import fold, is_cjk, is_generic, is_year, keys
from graph.checking.evidence import Source, cell_line
from graph.tables.labels import Label, Match, Term, labels_of, named
from graph.tables.whole import Origin, whole_tables
from loaders.chunking.table import DataCell, Table

LEAST_FIT = 0.34
READ_OFF = 0.9
"""A chart's figures were joined to their names by their places: a table says them better."""
LEAST_TELLING = 0.9
IN_CAPTION, IN_NAME, AROUND = 0.7, 0.6, 0.45
_ENUMERATED = re.compile(
    r"(?:.*\band (?:how|what|which)\b.*)|[\s,;，、；和与及]*(?:(?:and|or|und|oder|sowie|vs\.?"
    r"|versus|to|als|than|from|between)\s*)*"
    r"(?:(?:the|on|in|for|of|its|that|der|die|das|bei|year|years|fy|fiscal|december"
    r"|\d{1,2})[\s,]*)*",
    re.IGNORECASE,
)


_LISTING = re.compile(
    r"[,;，、&和与及]|\b(?:and|or|und|oder|sowie|vs|versus|to|than|als)\b", re.IGNORECASE
)


_STATEMENT = re.compile(
    r"(?:^|\b(?:consolidated|combined|group)\b.*\b)(?:balance sheets?|income statements?"
    r"|statements? of (?:income|operations|earnings|cash flows?|financial position|profit))"
    r"|^konzern(?:bilanz|gewinn|kapitalfluss)|^bilanz$|^gewinn- und verlustrechnung"
    r"|合并(?:资产负债|利润|现金流量)表"
)


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
        return cell.row_path or (("Total",) if cell.row == self._last_row else ())

    @cached_property
    def _last_row(self) -> int:
        return max((row for row, _ in self.cells), default=-1)

    @cached_property
    def leaves(self) -> list[Label]:
        """The rows by their own label, without the groups that they stand in."""
        return labels_of(sorted({(cell.row, cell.row_path[-1:]) for cell in self.cells.values()}))

    @cached_property
    def columns(self) -> list[Label]:
        paths = sorted({(cell.column, cell.column_path) for cell in self.cells.values()})
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
        parts = (self.source.section.split("›")[-1], self.source.caption, *self.table.titles)
        return any(_STATEMENT.search(fold(part)) for part in parts)

    @cached_property
    def context(self) -> frozenset[str]:
        """The words about the table: caption, section, text around it, header, corner."""
        if self.sentence:
            return frozenset(keys(f"{self.sentence}\n{self.source.section}"))
        header = [text for row in self.table.rows[: self.table.header_rows] for text in row]
        groups = [text for row in self.rows for text in row.path[:-1]]
        parts = [self.caption, self.source.section, self.source.prose, *header, *groups]
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


@dataclass(frozen=True)
class Lookup:
    """What a question names in one table."""

    grid: Grid
    terms: tuple[Term, ...]
    rows: tuple[Match, ...]
    columns: tuple[Match, ...]
    score: float
    covered: float
    """The share of the question's weight found in labels or around the table, from 0 to 1."""
    missing: tuple[Term, ...]
    """Terms that stand nowhere in or around the table."""

    @property
    def fit(self) -> float:
        fits = [axis[0].fit for axis in (self.rows, self.columns) if axis]
        return min(fits, default=0.0)

    def pairs(self) -> list[Cell]:
        """The cells where the named rows and columns meet, row by row."""
        found: list[Cell] = []
        for row in self.rows:
            for column in self.columns:
                cells = (self.grid.at(r.index, c.index) for r in row.labels for c in column.labels)
                found.extend(cell for cell in cells if cell)
        return found


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
    return line if line.endswith((":", "：")) else ""


def look_up(terms: Sequence[Term], grids: Iterable[Grid], known: frozenset[str]) -> list[Lookup]:
    """What the question names in each table, the best first; `known` words name documents."""
    found = [_look_up(terms, grid, known) for grid in grids]
    return sorted(
        (item for item in found if item.rows or item.columns), key=lambda item: -item.score
    )


def _look_up(terms: Sequence[Term], grid: Grid, known: frozenset[str]) -> Lookup:
    inside = _without_context(terms, grid)
    rows = named(inside, grid.rows, LEAST_FIT)
    columns = named(inside, grid.columns, LEAST_FIT)
    rows, columns = _settle(rows, columns)
    caption = frozenset(keys(grid.caption))
    rows = _told_apart(rows, terms, caption)
    places = {place for match in (*rows, *columns) for place in match.places}
    fits = {place: match.fit for match in (*rows[::-1], *columns[::-1]) for place in match.places}
    total = sum(term.weight for term in terms) or 1.0
    around = [term for term in terms if term.place not in places and _is_around(term, grid, known)]
    missing = [term for term in terms if term.place not in places and term not in around]
    named_weight = sum(terms[place].weight * (0.3 + 0.7 * fits[place]) for place in places)
    around_weight = sum(term.weight * _told_around(term, caption, known) for term in around)
    is_placed = rows and (columns or len(grid.data_columns) == 1)
    score = (1.0 if is_placed else 0.6) * (named_weight + around_weight) / total
    score += 0.1 / (1 + (grid.number or grid.source.number) / 4)
    if grid.chart:
        score *= READ_OFF
    telling = sum(term.weight for term in terms if not is_generic(term.key)) or 1.0
    lost = sum(term.weight for term in missing if not is_generic(term.key))
    covered = 1 - lost / telling
    return Lookup(grid, tuple(terms), tuple(rows), tuple(columns), score, covered, tuple(missing))


def _without_context(terms: Sequence[Term], grid: Grid) -> list[Term]:
    """Words of the caption tell tables apart, not rows: they count less inside the table."""
    caption = frozenset(keys(grid.caption))
    return [
        replace(term, weight=term.weight * 0.3)
        if term.key in caption and not is_year(term.key)
        else term
        for term in terms
    ]


def _told_around(term: Term, caption: frozenset[str], known: frozenset[str]) -> float:
    """How much a word beside a table says for it: its caption says what it is about."""
    if term.key in caption:
        return IN_CAPTION
    return IN_NAME if term.key in known else AROUND


def _told_apart(rows: list[Match], terms: Sequence[Term], caption: frozenset[str]) -> list[Match]:
    """A row whose words the caption has too gives way to one that says more.

    In a table of the provision for taxes, `the deferred provision for taxes` means the row
    `Deferred`, not the row `Provision for taxes`.
    """
    if not rows or not all(terms[place].key in caption for place in rows[0].places):
        return rows
    own = [
        row
        for row in rows[1:]
        if row.fit >= LEAST_TELLING
        and any(
            terms[place].key not in caption and not is_generic(terms[place].key)
            for place in row.places
        )
    ]
    return [*own, *(row for row in rows if row not in own)]


def _is_around(term: Term, grid: Grid, known: frozenset[str]) -> bool:
    return (
        term.key in grid.context
        or term.key in known
        or any(len(term.key) >= 4 and term.key in word for word in known)
    )


def _settle(rows: list[Match], columns: list[Match]) -> tuple[list[Match], list[Match]]:
    """A word names a row or a column, not both: the axis that it fits better keeps it."""
    kept_rows = [row for row in rows if not _is_beaten(row, columns)]
    kept_columns = [column for column in columns if not _is_beaten(column, kept_rows)]
    return kept_rows, kept_columns


def _is_beaten(match: Match, others: Sequence[Match]) -> bool:
    return any(
        (match.places <= other.places and other.score > match.score)
        or (len(match.places & other.places) * 2 > len(match.places) and other.score > match.score)
        for other in others
    )


def enumerated(matches: Sequence[Match], terms: Sequence[Term], question: str) -> list[Match]:
    """The first match, and those that the question lists beside it: `2018 and 2019`."""
    if not matches:
        return []
    ordered = sorted(matches, key=lambda match: max(match.places))
    place = ordered.index(matches[0])
    low = high = place
    while low > 0 and _are_listed(ordered[low - 1], ordered[low], terms, question):
        low -= 1
    while high + 1 < len(ordered) and _are_listed(
        ordered[high], ordered[high + 1], terms, question
    ):
        high += 1
    return ordered[low : high + 1]


def _are_listed(left: Match, right: Match, terms: Sequence[Term], question: str) -> bool:
    end = max(terms[place].end for place in left.places)
    starts = [terms[place].start for place in sorted(right.places) if terms[place].start >= end]
    between = [question[end:start] for start in (*starts[:1], *starts[-1:])]
    return any(_LISTING.search(text) and _ENUMERATED.fullmatch(text) for text in between)


def is_named(term: Term) -> bool:
    """Whether a term names an entity, so that an answer without it is about something else."""
    if is_generic(term.key) or is_cjk(term.key):
        return False
    first_word = term.start == 0
    capital = term.text[:1].isupper() and not first_word
    return is_year(term.key) or capital or _mixed(term)


def _mixed(term: Term) -> bool:
    letters, digits = any(c.isalpha() for c in term.text), any(c.isdigit() for c in term.text)
    return (letters and digits) or any(c.isupper() for c in term.text[1:])
