"""The cells that arithmetic is asked over: two years, a part and its whole, a list, a column.

A question names its operands as a lookup would; what joins them (`from … to`), counts them (`both`)
or says the unit of the result (`by how many GWh`) is said by no label, and is held against the
cells once they are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.offline.asked_rate import per_what
from graph.offline.cell_selection import rows_meant, select
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import Reading, agreed, readings, undisputed
from graph.offline.ranges import number_of
from graph.offline.shares import part_and_whole
from graph.offline.spare_words import (
    as_price,
    ends_span,
    is_price,
    is_spare,
    is_unit,
)
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, keys_in
from loaders.text.currencies import currency_of
from loaders.text.dates import months_in
from loaders.text.scale_words import scale_of
from loaders.text.tokenizer import fold, words
from loaders.text.unit_symbols import shown_unit

MOST_OPERANDS = 24


def operands(view: EvidenceView) -> Iterator[list[FoundCell]]:
    """The cells that each way to name operands gives, the surest way first."""
    finders = (part_and_whole,) if view.analysis.operation == "share" else (_by_years, _listed)
    for find in finders:
        for terms in _wordings(view.analysis):
            cells = find(view, terms)
            if cells and _are_as_said(view.analysis, terms, cells):
                yield cells
                break


def _wordings(analysis: QuestionAnalysis) -> list[tuple[Token, ...]]:
    """The terms with the operation's words, without them, and without what no label says."""
    return list(dict.fromkeys((analysis.every_term, analysis.terms, _bare(analysis))))


def _bare(analysis: QuestionAnalysis) -> tuple[Token, ...]:
    terms, per = analysis.terms, per_what(analysis.question)
    left_out = [
        _joins(analysis, one) or _count(analysis, one) or _is_unit_of_result(terms, place, per)
        for place, one in enumerate(terms)
    ]
    return tuple(one for one, is_left in zip(terms, left_out, strict=True) if not is_left)


def _joins(analysis: QuestionAnalysis, term: Token) -> bool:
    return fold(term.text) in patterns_for(analysis.language).words["between"]


def _count(analysis: QuestionAnalysis, term: Token) -> int:
    """How many operands a word says that there are: `both`, `the three`; 0 if it says none."""
    both = patterns_for(analysis.language).words["both"]
    if term.key in both or fold(term.text) in both:
        return 2
    number = number_of(term) if term.text.isalpha() else None
    return int(number) if number and 2 <= number <= MOST_OPERANDS else 0


def _is_unit_of_result(terms: Sequence[Token], place: int, per: Sequence[str]) -> bool:
    """Whether a unit stands behind no number and no `per`: `how many kPa`, but not `54 m³/h`."""
    term = terms[place]
    is_counted = place > 0 and terms[place - 1].key.replace(".", "").isdigit()
    is_word = is_unit(term.text) and term.key[0] != "@" and fold(term.text) not in per
    is_letter = len(term.text) == 1  # the `B` of `pump B`
    return is_word and not (term.joined or is_counted or is_letter or term.is_name)


def _are_as_said(
    analysis: QuestionAnalysis, terms: Sequence[Token], cells: Sequence[FoundCell]
) -> bool:
    """Whether the cells are as many, and in such a unit, as the words say that were left out."""
    left = [one for one in analysis.terms if one not in terms]
    counts = {count for one in left if (count := _count(analysis, one))}
    units = [one.text for one in left if is_unit(one.text)]
    is_so = counts <= {len(cells)} and all(_is_in(unit, cell) for unit in units for cell in cells)
    return is_so and (not analysis.is_change or _are_of_one_thing(analysis, cells))


def _are_of_one_thing(analysis: QuestionAnalysis, cells: Sequence[FoundCell]) -> bool:
    """Whether dated cells are told apart by their dates alone, or each by words of the question.

    A number of people is no change of people per hectare; an estimate and a budget are two.
    """
    if not all(cell.column.years for cell in cells):
        return True
    heads = [(*cell.column.groups, *cell.column.leaf) for cell in cells]
    said = [
        frozenset(
            one.key
            for one in head
            if not (one.is_year or ends_span(one, head) or is_spare(one, head))
        )
        for head in heads
    ]
    shared = frozenset.intersection(*said)
    own = [one - shared for one in said]
    is_asked = frozenset().union(*own) <= keys_in(analysis.question)
    return not any(own) or (all(own) and is_asked)


def _is_in(unit: str, cell: FoundCell) -> bool:
    """Whether a cell is in a unit or currency, or, of a scale, in any that may have one."""
    quantity = cell.cell.quantity
    if quantity is None:
        return False
    if currency := currency_of(unit):
        return quantity.currency == currency
    if scale_of(unit) != 1:
        return quantity.scale != 1
    return shown_unit(quantity.unit) == shown_unit(unit)


def _by_years(view: EvidenceView, terms: Sequence[Token]) -> list[FoundCell]:
    """One cell for each year that is meant; a change of one year is from the year before."""
    analysis = view.analysis
    years = list(analysis.years if analysis.operation in {"sum", "average"} else analysis.periods)
    if analysis.is_change and len(years) == 1:
        years.insert(0, str(int(years[0]) - 1))
    if len(years) < 2:
        return undisputed(view.complete(terms), _only_two) if analysis.is_change else []
    asked = sorted(years) if analysis.is_change else years
    return of_years(view, asked, terms)


def of_years(view: EvidenceView, years: Sequence[str], terms: Sequence[Token]) -> list[FoundCell]:
    """What the terms are in each of these years; none if it is not sure in one."""
    subject = [one for one in terms if not one.is_year]
    dated = [(*subject, Token(year, year, 0, 0)) for year in years]
    found = [readings(view, view.analysis.about(one), one) for one in dated]
    return _of_several(found) if found else []


def _only_two(match: TableMatch) -> list[FoundCell]:
    """A named row in the two dated columns that are named, or that alone are there."""
    columns = [one for one in match.measured or match.view.value_columns if one.years]
    dated = sorted(columns, key=lambda one: sorted(one.years))
    rows = rows_meant(match)
    if len(rows) != 1 or len(dated) != 2 or dated[0].years == dated[1].years:
        return []
    return [cell for one in dated if (cell := match.view.at(rows[0].index, one.index))]


def _of_several(found: Sequence[Sequence[Reading]]) -> list[FoundCell]:
    """Each operand from the document that is surest of it: reports of several years."""
    cells = []
    for readings_of_year in found:
        single = [one for one in readings_of_year if len(one.cells) == 1]
        if not single:
            return []
        most = max(one.sureness for one in single)
        best = [one for one in single if one.sureness == most]
        newest = max(one.document for one in best)
        latest = agreed([one for one in best if one.document == newest])
        if latest is None:
            return []
        cells.append(latest.cells[0])
    return cells


def _listed(view: EvidenceView, terms: Sequence[Token]) -> list[FoundCell]:
    """The cells of a list in the question, of a row over its periods, or of a whole column."""
    adds = view.analysis.operation in {"sum", "average"}
    return undisputed(
        view.complete(terms),
        lambda match: _enumerated(view, match) or (_along(view, match) if adds else []),
    )


def _enumerated(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    selection = select(match, view.analysis)
    if selection is None or selection.is_row or _are_told_alike(match):
        return []
    cells = [cell for cell in selection.cells if cell.cell.quantity]
    is_list = are_of_one_axis(cells) and 2 <= len(cells) <= MOST_OPERANDS
    return _in_question_order(view, cells) if is_list else []


def _are_told_alike(match: TableMatch) -> bool:
    """Whether labels of two rows are told by the same words: two companies of one first name."""
    told = [one.places for one in match.rows if one.is_by_label]
    return len(set(told)) < len(told)


def are_of_one_axis(cells: Sequence[FoundCell]) -> bool:
    """Whether the cells share their row or their column: prices and amounts of two rows do not."""
    return len({one.row for one in cells}) == 1 or len({one.column for one in cells}) == 1


def _in_question_order(view: EvidenceView, cells: list[FoundCell]) -> list[FoundCell]:
    """As the question names them, so that the first is what the second is taken from.

    What changed is told from its earlier year on. What all labels say tells no cells apart: the
    `zone` of `zone 4` and `zone 1`.
    """
    heads = {id(one): (*one.row.leaf, *one.column.groups, *one.column.leaf) for one in cells}
    said = {place: {token.key for token in tokens} for place, tokens in heads.items()}
    shared = set.intersection(*said.values()) if said else set()

    def place(cell: FoundCell) -> int:
        own = said[id(cell)] - shared
        return min((t.start for t in view.analysis.terms if t.key in own), default=0)

    is_dated = view.analysis.is_change and all(cell.column.years for cell in cells)
    found = sorted(cells, key=lambda one: (_date(one.column) if is_dated else [], place(one)))
    is_turned = (
        len(found) == 2 and not is_dated and _is_held_against(view.analysis, place(found[0]))
    )
    return found[::-1] if is_turned else found


def _is_held_against(analysis: QuestionAnalysis, start: int) -> bool:
    """Whether what begins there is what the other is held against: `as high as inflation`."""
    before = [word.key for word in words(analysis.question[:start])][-2:]
    return not patterns_for(analysis.language).words["than"].isdisjoint(before)


def says_direction(analysis: QuestionAnalysis) -> bool:
    """Whether the question says which of two is the more or the less: `higher`, `exceeds`."""
    forms, asked = patterns_for(analysis.language).forms, fold(analysis.question)
    return any(re.search(rf"\b{forms[name].pattern}\b", asked) for name in ("beat", "more"))


def _date(heading: Heading) -> list[str]:
    """Its years, then its months, as they follow each other."""
    months = sorted(months_in(" ".join(heading.path)))
    return [*sorted(heading.years), *(f"{month:02}" for month in months)]


def _says_count(view: EvidenceView, table: TableView) -> bool:
    """Whether the question says how many columns of values there are: `the three sites`."""
    parts = [one for one in table.value_columns if one.index not in table.total_columns]
    return any(_count(view.analysis, one) == len(parts) for one in view.analysis.terms)


def _along(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    """A named row over the periods that are asked for, or a named column over all its rows."""
    table = match.view
    if not table.is_whole:
        return []
    rows, columns = [r.heading for r in match.rows], match.measured
    if len(rows) == 1 and not columns and (view.analysis.axis or _says_count(view, table)):
        columns = [c for c in table.value_columns if c.index not in table.total_columns]
    elif not rows and len(columns) == 1:
        rows = [] if table.is_doubted(table.members) else table.members
    else:
        return []
    found = [table.at(row.index, column.index) for row in rows for column in columns]
    cells = [cell for cell in found if cell is not None and cell.cell.quantity]
    is_of_prices = len(columns) == 1 and any(is_price(as_price(one)) for one in columns[0].leaf)
    is_of_prices = is_of_prices and view.analysis.operation == "sum"
    return cells if 2 <= len(cells) <= MOST_OPERANDS and not is_of_prices else []
