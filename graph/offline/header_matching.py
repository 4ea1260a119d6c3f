"""Which words of a question a table accounts for, and which of its rows and columns they name.

A label names what is asked only if the question explains the whole of it: `net debt` is no answer
to `debt`. A cell answers only if every term of the question is accounted for by its row, its
column, or what is said around the table. The years are accounted for by the nearest that names any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property

from graph.offline.ended_periods import ended_periods
from graph.offline.label_matching import explained, hits_of, names_in
from graph.offline.ranges import in_range, number_of
from graph.offline.spare_words import (
    as_price,
    is_of_date,
    is_of_time,
    is_of_whole,
    is_price,
    is_spare,
    spoken,
)
from graph.offline.surroundings import said_around
from graph.offline.table_headings import Heading
from graph.offline.table_view import TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in
from loaders.text.languages import words_of
from loaders.text.tokenizer import fold, keys

LABEL = -1
"""The slot of a row's own label; other slots are its cells' columns, groups count from -2 down."""
PERIOD = -99
"""The slot of the quarter or half-year that a column's months are."""


@dataclass(frozen=True)
class Named:
    """A row or a column with the terms of the question that it says."""

    heading: Heading
    slots: Mapping[int, frozenset[int]]
    """For each slot that the question explains, the places of the terms that do."""

    @cached_property
    def places(self) -> frozenset[int]:
        return frozenset().union(*self.slots.values())

    @property
    def is_by_label(self) -> bool:
        return LABEL in self.slots


@dataclass(frozen=True)
class TableMatch:
    """What a question names in one table."""

    view: TableView
    terms: tuple[Token, ...]
    rows: tuple[Named, ...]
    columns: tuple[Named, ...]
    around: Mapping[int, int]
    """The level of the surroundings that accounts for a place, for what no label says."""
    fits: bool = True
    """Whether it denies what the question denies, and nothing else."""

    @cached_property
    def placed(self) -> frozenset[int]:
        return frozenset(place for one in (*self.rows, *self.columns) for place in one.places)

    @cached_property
    def missing(self) -> tuple[Token, ...]:
        """The terms that nothing in or around the table accounts for."""
        known = self.placed | self.around.keys()
        return tuple(
            term
            for place, term in enumerate(self.terms)
            if place not in known and not (is_of_date(self.terms, place) or is_of_whole(term))
        )

    @property
    def is_complete(self) -> bool:
        return not self.missing and self.fits and not any(map(self._is_of_another, self.placed))

    def _is_of_another(self, place: int) -> bool:
        """Whether a label has a number without the word that it follows: `No. 2` is no `kiln 2`."""
        term, before = self.terms[place], self.terms[place - 1] if place else None
        if before is None or not term.key.isdigit() or term.is_year or before.end + 1 != term.start:
            return False
        named = (one for one in (*self.rows, *self.columns) if place in one.places)
        said = [keys_in(" ".join(one.heading.path)) for one in named]
        said = [own for own in said if term.key in own]  # no range that it lies in
        return bool(said) and not holds(self.view.corner.union(*said), before.key)

    @property
    def measured(self) -> list[Heading]:
        """The named columns that hold numbers; one of words only tells the kind of the rows."""
        numbers = {column.index for column in self.view.value_columns}
        named = [one.heading for one in self.columns]
        return [one for one in named if one.index in numbers] or named

    @property
    def sureness(self) -> tuple[int, int]:
        """More the more terms labels say, and not groups alone."""
        by_label = sum(one.is_by_label for one in (*self.rows[:1], *self.columns[:1]))
        return len(self.placed), by_label

    @property
    def weight(self) -> float:
        """More the more terms stand in labels themselves, and the nearer the rest is."""
        near = sum(
            1 / (2 + level) for place, level in self.around.items() if place not in self.placed
        )
        return len(self.placed) + near - 0.01 * self.view.number


def match_table(
    analysis: QuestionAnalysis, view: TableView, of_document: Set[str], terms: Sequence[Token]
) -> TableMatch:
    """Hold the terms against a table; `of_document` are the words that stand for its document."""
    light = analysis.light
    every_row = [_named_row(row, view, terms, light) for row in view.rows]
    rows = _largest(every_row, terms, light)
    around = {
        place: level
        for place, level in said_around(view, of_document, terms).items()
        if terms[place].key not in analysis.parts
    }
    periods = ended_periods(view.columns, frozenset(terms[place].key for place in around))
    every_column = [
        _named_column(one, view, terms, light, periods.get(one.index, ())) for one in view.columns
    ]
    columns = _largest(every_column, terms, light)
    rows, columns = _settled(rows, columns)
    columns = [one for one in columns if not _is_key_of_compound(analysis, view, terms, one)]
    meant_rows, is_right = _denied_alike(analysis, view, rows)
    meant_columns, are_right = _denied_alike(analysis, view, columns)
    fits = is_right or are_right if "negation" in analysis.asks else is_right and are_right
    found = TableMatch(view, tuple(terms), tuple(meant_rows), tuple(meant_columns), around, fits)
    fits = fits and _name_one(analysis, view, terms, meant_rows, view.totals)
    fits = fits and _name_one(analysis, view, terms, meant_columns, view.total_columns)
    fits = fits and _tells_both(analysis, found)
    return replace(found, fits=fits and not _leave_others(analysis, found))


def _tells_both(analysis: QuestionAnalysis, match: TableMatch) -> bool:
    """Whether of two that are joined by `and` labels say both or neither.

    Of the thread and the torque of a table of torques, a column of threads tells only the one; a
    number is one of the conditions: `at 10 bar pressure and 725 rpm`.
    """
    said = {match.terms[place].key for place in match.placed}
    around = {match.terms[place].key for place in match.around} - said
    pairs = (one for one in analysis.conjuncts if not any(map(str.isdigit, "".join(one))))
    return not any(pair & said and pair & around for pair in pairs)


def _says_part(analysis: QuestionAnalysis, terms: Sequence[Token], named: Named) -> bool:
    return any(terms[place].key in analysis.parts for place in named.places)


def _is_key_of_compound(
    analysis: QuestionAnalysis, view: TableView, terms: Sequence[Token], named: Named
) -> bool:
    """Whether a compound only says of what kind the rows are: `Landesbank` none of the `Land`."""
    return named.heading.index == view.key_column and _says_part(analysis, terms, named)


def _name_one(
    analysis: QuestionAnalysis,
    view: TableView,
    terms: Sequence[Token],
    found: Sequence[Named],
    totals: Set[int],
) -> bool:
    """Whether what a compound says is no list: `Strompreis` is not a `Strom` and a `Preis`."""
    parts = [one for one in found if one.heading.index not in totals]
    return len({_says_part(analysis, terms, one) for one in parts}) <= 1


def _denied_alike(
    analysis: QuestionAnalysis, view: TableView, found: list[Named]
) -> tuple[list[Named], bool]:
    """Those that deny as the question does, and whether there are any where there have to be.

    `not drawn` is another thing than `drawn`; rows of `out of stock` are not those that are not.
    """
    pattern = patterns_for(analysis.language).asks["negation"]
    denying = [one for one in found if pattern.search(fold(_said_by(one, view)))]
    if "negation" in analysis.asks:
        return denying or found, bool(denying)
    kept = [one for one in found if one not in denying]
    return kept, bool(kept) or not found


def _leave_others(analysis: QuestionAnalysis, match: TableMatch) -> bool:
    """Whether rows that a cell tells are not all that it tells: others say it, and more.

    Of what stops the feed, `Stop feed` is one, and `Stop feed, open vent` another.
    """
    told = {row.heading.index for row in match.rows}
    by_cell = [row for row in match.rows if not row.is_by_label and max(row.slots) > LABEL]
    others = [row for row in match.view.rows if row.index not in told]
    pattern = patterns_for(analysis.language).asks["negation"]

    def says(other: Heading, slot: int, places: Set[int]) -> bool:
        cell = match.view.at(other.index, slot)
        text = cell.cell.text if cell else ""
        is_alike = bool(pattern.search(fold(text))) == ("negation" in analysis.asks)
        return is_alike and all(holds(keys_in(text), match.terms[one].key) for one in places)

    return any(
        all(says(other, slot, places) for slot, places in row.slots.items())
        for row in by_cell
        for other in others
    )


def _said_by(named: Named, view: TableView) -> str:
    """What names a row or a column: its labels, and the cells by which it was told."""
    cells = [view.at(named.heading.index, slot) for slot in named.slots if slot > LABEL]
    return " ".join([*named.heading.path, *(cell.cell.text for cell in cells if cell)])


def _named_row(
    row: Heading, view: TableView, terms: Sequence[Token], light: Set[str]
) -> Named | None:
    slots = _heading_slots(row)
    for column in {*view.attributes(row.index)} - {view.key_column}:
        if cell := view.at(row.index, column):
            slots[column] = Heading(column, (cell.cell.text,)).leaf
    named = _named(row, slots, terms, light)
    return named or _by_range(row, terms)


def _named_column(
    column: Heading,
    view: TableView,
    terms: Sequence[Token],
    light: Set[str],
    period: tuple[Token, ...],
) -> Named | None:
    """By what heads it; a fee is what a thing costs.

    A column of units says what its neighbours are in, and no value.
    """
    if column.leaf_keys & _units() and not light & _units() and column not in view.value_columns:
        return None
    slots = _heading_slots(column) | ({PERIOD: period} if period else {})
    if any(map(is_price, terms)):
        slots = {slot: tuple(map(as_price, leaf)) for slot, leaf in slots.items()}
    return _named(column, slots, terms, light)


@cache
def _units() -> frozenset[str]:
    """The words that head a column of units."""
    return frozenset(key for name in words_of("unit_lines", "names") for key in keys(name))


def _by_range(row: Heading, terms: Sequence[Token]) -> Named | None:
    """`7` names the row `5 to 9`, and `after 7` too: the word before only leads to it."""
    numbers = [(place, number_of(term)) for place, term in enumerate(terms)]
    parts = {place for name in names_in(terms) if len(name) > 1 for place in name}
    held = [
        place
        for place, number in numbers
        if number and place not in parts and in_range(number, row.label)
    ]
    leads = {place - 1 for place in held if place and terms[place - 1].key in spoken("sides")}
    return Named(row, {LABEL: frozenset(held) | leads}) if len(held) == 1 else None


def _heading_slots(heading: Heading) -> dict[int, tuple[Token, ...]]:
    """The label in its slot, the groups around it in theirs."""
    path = heading.path
    return {LABEL: heading.leaf} | {
        -2 - depth: Heading(0, (text,)).leaf for depth, text in enumerate(reversed(path[:-1]))
    }


def _named(
    heading: Heading,
    slots: Mapping[int, tuple[Token, ...]],
    terms: Sequence[Token],
    light: Set[str],
) -> Named | None:
    """What the question says of a heading; what stands in its brackets may be said too."""
    every = {slot: explained(leaf, terms, light) for slot, leaf in slots.items()}
    found = {slot: places for slot, places in every.items() if places}
    if LABEL in found:
        besides = heading.asides | heading.letters
        found[LABEL] |= {p for p, term in enumerate(terms) if holds(besides, term.key)}
        groups = {slot: leaf for slot, leaf in slots.items() if slot < LABEL and slot not in found}
        found |= {slot: said for slot, leaf in groups.items() if (said := _dated_by(leaf, terms))}
    return Named(heading, found) if found else None


def _dated_by(group: Sequence[Token], terms: Sequence[Token]) -> frozenset[int]:
    """The place of the year that a group of a named label says, and besides it only times.

    The second quarter under `2024, by quarter` is that of 2024.
    """
    years = {token.key for token in group if token.is_year}
    is_date = len(years) == 1 and all(
        one.is_year or is_of_time(one) or is_spare(one, group) for one in group
    )
    places = {place for place, term in enumerate(terms) if term.is_year and term.key in years}
    return frozenset(places if is_date else ())


def _largest(found: Iterable[Named | None], terms: Sequence[Token], light: Set[str]) -> list[Named]:
    """Those that say most, and of those that say as much the ones that say nothing else.

    `debt` is not meant where another says `net debt`; a label comes before a group that says the
    same, and `cost of sales` before `total cost of sales` unless the total is asked for. Of labels
    that say the same the `earned income` of the question comes before `income`.
    """
    every = [one for one in found if one is not None]
    most = [
        one
        for one in every
        if not any(
            (one.places < other.places and _lightly(one, light) <= _lightly(other, light))
            or _is_only_like(one, other, terms)
            for other in every
        )
    ]
    return [
        one
        for one in most
        if not any(
            one.places == other.places and _unsaid(other, terms, light) < _unsaid(one, terms, light)
            for other in most
        )
    ]


def _is_only_like(one: Named, other: Named, terms: Sequence[Token]) -> bool:
    """Whether another label says as they are the terms that this only resembles: `Lembrand`."""
    places = one.slots.get(LABEL)
    if not places or places != other.slots.get(LABEL):
        return False
    said = [
        {place for place in places if terms[place].key in named.heading.leaf_keys}
        for named in (one, other)
    ]
    return said[0] < said[1]


def _lightly(named: Named, light: Set[str]) -> frozenset[str]:
    """What its own label says of the question besides the terms: `Spent` beside `Budget`."""
    return named.heading.leaf_keys & light if named.is_by_label else frozenset()


def _unsaid(named: Named, terms: Sequence[Token], light: Set[str]) -> tuple[bool, int, int]:
    """Whether its own label is not said, how much of it is not, and what else is said, negated."""
    leaf, groups = named.heading.leaf, named.heading.groups
    said = {index for indices in hits_of(leaf, terms).values() for index in indices}
    left = [one for index, one in enumerate(leaf) if index not in said and one.key not in light]
    rest = len(left) if named.is_by_label else 0
    return not named.is_by_label, rest, -sum(one.key in light for one in (*leaf, *groups))


def _settled(rows: list[Named], columns: list[Named]) -> tuple[list[Named], list[Named]]:
    """A word names a row or a column; the axis that says more with it keeps it.

    The `1` of `zone 1` names the column of that name, and no row that is headed `1`.
    """
    of_rows = frozenset(place for row in rows for place in row.places)
    of_columns = frozenset(place for column in columns for place in column.places)
    if of_rows and of_rows < of_columns:
        rows = []
    elif of_columns and of_columns < of_rows:
        columns = []
    kept = [row for row in rows if not _is_part(row, columns)]
    return kept, [column for column in columns if not _is_part(column, rows)]


def _is_part(named: Named, others: Iterable[Named]) -> bool:
    """Whether a heading of the other axis says all that this one does, and more."""
    return any(named.is_by_label and named.places < other.places for other in others)
