"""The cells that arithmetic is asked over: two years, a part and its whole, a list, a column.

A question names its operands as a lookup would; what joins them (`from … to`), counts them (`both`)
or says the unit of the result (`by how many GWh`) is said by no label, and is held against the
cells once they are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.offline.asked_measure import per_what
from graph.offline.cell_selection import rows_meant, select
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import Reading, agreed, readings, undisputed
from graph.offline.ranges import number_of
from graph.offline.spare_words import (
    as_price,
    ends_span,
    is_of_whole,
    is_price,
    is_spare,
    is_unit,
    spoken,
)
from graph.offline.table_view import FoundCell, Heading, TableView
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, keys_in
from loaders.text.currencies import currency_of
from loaders.text.dates import months_in
from loaders.text.scale_words import scale_of
from loaders.text.tokenizer import fold
from loaders.text.unit_symbols import shown_unit

MOST_OPERANDS = 24
CAPTION = 0
"""The level of the surroundings of a table that tells what it is of."""


def operands(view: EvidenceView) -> Iterator[list[FoundCell]]:
    """The cells that each way to name operands gives, the surest way first."""
    finders = (_part_and_whole,) if view.analysis.operation == "share" else (_by_years, _listed)
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
    words = patterns_for(analysis.language).words["both"]
    if term.key in words or fold(term.text) in words:
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
    return is_so and (not _is_change(analysis) or _are_of_one_thing(analysis, cells))


def _is_change(analysis: QuestionAnalysis) -> bool:
    return analysis.operation in {"change", "percent_change"}


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
    is_change = _is_change(analysis)
    if is_change and len(years) == 1:
        years.insert(0, str(int(years[0]) - 1))
    if len(years) < 2:
        return undisputed(view.complete(terms), _only_two) if is_change else []
    asked = sorted(years) if is_change else years
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


def _part_and_whole(view: EvidenceView, terms: Sequence[Token]) -> list[FoundCell]:
    """A part and the total that it is a part of, from one column of one table."""
    return undisputed(view.complete(terms), lambda match: _with_its_total(view, match))


def _with_its_total(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    table = match.view
    selection = select(match, view.analysis)
    found = selection.cells if selection else []
    if _is_whole_of_row(view.analysis, match):
        return []
    if both := _part_beside_whole(match, found):
        return both
    said = [cell.row for cell in found if cell.row.index in table.totals]
    cells = [cell for cell in found if cell.row.index not in table.totals]
    whole = said or [row for row in table.rows if row.index in table.totals]
    if table.total_columns:
        is_named = any(level <= CAPTION for level in match.around.values())
        return _with_its_total_column(table, found) if is_named else []
    if len(cells) != 1 or len(whole) != 1:
        return []
    total = table.at(whole[0].index, cells[0].column.index)
    return [cells[0], total] if total is not None else []


def _is_whole_of_row(analysis: QuestionAnalysis, match: TableMatch) -> bool:
    """Whether the whole is said to be the row's and not the column's: `all sales of Ulm`."""
    words = spoken("whole")  # `total revenue` is one term
    starts = [one.start for one in analysis.every_term if words & {*fold(one.text).split()}]
    named = [
        (match.terms[place].start, is_row)
        for headings, is_row in ((match.rows, True), (match.columns, False))
        for one in headings
        for place in one.places
        if not (match.terms[place].is_year or is_of_whole(match.terms[place]))
    ]
    behind = sorted(one for one in named if starts and one[0] > starts[0])
    return bool(behind) and behind[0][1] and not all(is_row for _, is_row in named)


def _part_beside_whole(match: TableMatch, found: Sequence[FoundCell]) -> list[FoundCell]:
    """The two that are named: the smaller is the part, for no part is more than its whole.

    A total is part of nothing, and rates are parts of different wholes.
    """
    told = {one.heading for one in (*match.rows, *match.columns) if one.is_by_label}
    axes = [{one.row for one in found}, {one.column for one in found}]
    if any(len(axis) > 1 and not axis <= told for axis in axes):
        return []
    amounts = [(one.amount, one) for one in found if one.amount is not None]
    if len(amounts) != len(found) or len(found) != 2 or amounts[0][0] == amounts[1][0]:
        return []
    part, whole = (one for _, one in sorted(amounts, key=lambda pair: pair[0]))
    is_total = part.row.index in match.view.totals or part.column.index in match.view.total_columns
    is_rate = part.cell.quantity is not None and part.cell.quantity.percent
    return [] if is_total or is_rate else [part, whole]


def _with_its_total_column(table: TableView, found: Sequence[FoundCell]) -> list[FoundCell]:
    """A column's part of the total column in the row of the totals: elsewhere are two wholes."""
    parts = [one for one in found if one.column.index not in table.total_columns]
    if len(parts) != 1 or parts[0].row.index not in table.totals:
        return []
    column = parts[0].column
    wholes = [
        one
        for one in table.columns
        if one.index in table.total_columns and one.years == column.years
    ]
    total = table.at(parts[0].row.index, wholes[0].index) if len(wholes) == 1 else None
    return [parts[0], total] if total is not None else []


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

    is_dated = _is_change(view.analysis) and all(cell.column.years for cell in cells)
    return sorted(cells, key=lambda one: (_date(one.column) if is_dated else [], place(one)))


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
        rows = [row for row in table.rows if row.index not in table.totals]
    else:
        return []
    found = [table.at(row.index, column.index) for row in rows for column in columns]
    cells = [cell for cell in found if cell is not None and cell.cell.quantity]
    is_of_prices = len(columns) == 1 and any(is_price(as_price(one)) for one in columns[0].leaf)
    is_of_prices = is_of_prices and view.analysis.operation == "sum"
    return cells if 2 <= len(cells) <= MOST_OPERANDS and not is_of_prices else []
