"""Cells looked up in table grids: the rows and columns that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.offline.header_matching import MONTHS, Label, Match, Term, is_akin, named
from graph.offline.table_view import Cell, Grid
from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.tokenizer import fold, is_cjk, is_generic, is_year, keys

LEAST_FIT = 0.34
READ_OFF = 0.9
"""A chart's figures were joined to their names by their places: a table says them better."""
OF_PARENT = 0.8
"""A group's report shows its parent company's own statements too: asked for, they are named."""
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


Kind = Literal["count", "percent"]
_HEADS: dict[Kind, re.Pattern[str]] = {
    "count": re.compile(
        r"n|no|nos|#|f|freq|count|number|frequency|cases|anzahl|haufigkeit|人数|数量|频数"
    ),
    "percent": re.compile(
        r"(?:in )?(?:%|percent(?:age)?|per cent|prozent|share|proportion|anteil)"
        r"(?: of (?:the )?total)?"
        r"|anteil in (?:%|prozent)|比例|占比|百分比|比重"
    ),
}
"""How columns are headed that say how many, or what part."""
_PARENT_KEYS = frozenset(["parent", "母公", "einzelabschluss"])


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
        axes = (
            (self.rows, self.columns)
            if self.grid.data_columns[1:]
            else (self.rows or self.columns,)
        )
        fits = [axis[0].fit for axis in axes if axis]
        return min(fits, default=0.0)

    def pairs(self) -> list[Cell]:
        """The cells where the named rows and columns meet, row by row."""
        found: list[Cell] = []
        for row in self.rows:
            for column in self.columns:
                cells = (self.grid.at(r.index, c.index) for r in row.labels for c in column.labels)
                found.extend(cell for cell in cells if cell)
        return found


def look_up(
    terms: Sequence[Term],
    grids: Iterable[Grid],
    known: frozenset[str],
    kind: Kind | None = None,
    *,
    ranks: bool = False,
) -> list[Lookup]:
    """What the question names in each table, the best first; `known` words name documents.

    `kind` says whether a count or a percentage is asked for: of a table that gives both, the
    column of that kind is meant; so it is where the question `ranks` and names no column at all.
    """
    found = [_look_up(terms, grid, known, kind, ranks) for grid in grids]
    return sorted(
        (item for item in found if item.rows or item.columns), key=lambda item: -item.score
    )


def _look_up(
    terms: Sequence[Term], grid: Grid, known: frozenset[str], kind: Kind | None, ranks: bool
) -> Lookup:
    inside = _without_context(terms, grid)
    rows = named(inside, grid.rows, LEAST_FIT)
    columns = named(inside, grid.columns, LEAST_FIT)
    rows, columns = _settle(_without_total(rows, columns, inside, ranks), columns)
    if kind and not columns and rows and _names_a_thing(rows[0], terms):
        columns = _of_kind(grid, kind)
    if ranks and not rows and not columns:
        columns = _of_kind(grid, kind or "count") or _of_kind(grid, "percent")
    rows = [_of_one_kind(row, kind) for row in rows]
    columns = [_of_one_kind(column, kind) for column in columns]
    caption = frozenset(keys(grid.caption))
    rows = _told_apart(rows, terms, caption)
    places = {place for match in (*rows, *columns) for place in match.places}
    fits = {place: match.fit for match in (*rows[::-1], *columns[::-1]) for place in match.places}
    total = sum(term.weight for term in terms) or 1.0
    around = [
        term
        for term in terms
        if term.place not in places
        and (_is_around(term, grid, known) or any(is_akin(term.key, key) for key in caption))
    ]
    missing = [term for term in terms if term.place not in places and term not in around]
    missing = [term for term in missing if not _is_seam(term, terms, missing)]
    named_weight = sum(terms[place].weight * (0.3 + 0.7 * fits[place]) for place in places)
    around_weight = sum(term.weight * _told_around(term, caption, known) for term in around)
    is_placed = rows and (columns or len(grid.data_columns) == 1)
    score = (1.0 if is_placed else 0.6) * (named_weight + around_weight) / total
    score += 0.1 / (1 + (grid.number or grid.source.number) / 4)
    if grid.chart:
        score *= READ_OFF
    if grid.is_of_parent and not any(term.key in _PARENT_KEYS for term in terms):
        score *= OF_PARENT
    telling = sum(term.weight for term in terms if not is_generic(term.key)) or 1.0
    lost = sum(term.weight for term in missing if not is_generic(term.key))
    covered = 1 - lost / telling
    return Lookup(grid, tuple(terms), tuple(rows), tuple(columns), score, covered, tuple(missing))


def _names_a_thing(match: Match, terms: Sequence[Term]) -> bool:
    """Whether a label is named by more than a date."""
    keys_of = (terms[place].key for place in match.places)
    return any(not (key.isdigit() or key in MONTHS or is_generic(key)) for key in keys_of)


def _of_kind(grid: Grid, kind: Kind) -> list[Match]:
    """The one column that gives counts or percentages, although the question does not name it."""
    headed = [label for label in grid.columns if _HEADS[kind].fullmatch(_bare(label.path[-1]))]
    return [Match(tuple(headed), frozenset(), 0.0, 1.0)] if len(headed) == 1 else []


def _of_one_kind(match: Match, kind: Kind | None) -> Match:
    """Of labels that tie and tell the count and the percentage of one thing, the kind asked for."""
    wanted = [
        label
        for label in match.labels
        if _HEADS[kind or "count"].fullmatch(_bare(label.path[-1]))
        and any(_is_kind_beside(label, other) for other in match.labels)
    ]
    return replace(match, labels=tuple(wanted)) if wanted else match


def _is_kind_beside(label: Label, other: Label) -> bool:
    is_kind = any(head.fullmatch(_bare(other.path[-1])) for head in _HEADS.values())
    return is_kind and label.path[:-1] == other.path[:-1] and label.path[-1] != other.path[-1]


def _bare(label: str) -> str:
    return fold(label).strip(" .:=()[]（）")


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


def _without_total(
    rows: list[Match], columns: Sequence[Match], terms: Sequence[Term], ranks: bool
) -> list[Match]:
    """A `total` that heads a column too means the column beside rows that are named or ranked."""
    of_columns = {place for column in columns for place in column.places}
    telling = [row for row in rows if any(not is_generic(terms[place].key) for place in row.places)]
    if not telling and not ranks:
        return rows
    return [row for row in rows if row in telling or not row.places <= of_columns]


def _is_seam(term: Term, terms: Sequence[Term], missing: Sequence[Term]) -> bool:
    """Whether a pair of Chinese signs only joins two words that are both found."""
    if not is_cjk(term.key):
        return False
    beside = [one for one in terms if abs(one.start - term.start) == 1 and is_cjk(one.key)]
    return len(beside) == 2 and not any(one in missing for one in beside)


def _is_around(term: Term, grid: Grid, known: frozenset[str]) -> bool:
    return (
        term.key in grid.context
        or bool(term.meant & grid.context)
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
    if len(matches) < 2:
        return list(matches)
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
    is_plain = term.text.istitle() and term.text.casefold() in FUNCTION_WORDS  # After-tax
    capital = term.text[:1].isupper() and not (first_word or is_plain)
    return is_year(term.key) or capital or _mixed(term)


def is_name_in(question: str, term: Term) -> bool:
    """Whether it is a name where it stands: not for opening a sentence, not as half of `PP&E`."""
    before, after = question[: term.start], question[term.end : term.end + 1]
    opens = term.text.istitle() and before.rstrip()[-1:] in {".", "?", "!", ":", ";"}
    is_half = term.text.isupper() and "&" in (before[-1:], after)
    return is_named(term) and not (opens or is_half)


def _mixed(term: Term) -> bool:
    letters, digits = any(c.isalpha() for c in term.text), any(c.isdigit() for c in term.text)
    return (letters and digits) or any(c.isupper() for c in term.text[1:])
