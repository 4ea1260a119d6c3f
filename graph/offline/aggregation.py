"""Arithmetic that a question asks for, over cells that it names; computed in Decimal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.asked_measure import per_what
from graph.offline.cell_arithmetic import (
    PERCENT_PLACES,
    Result,
    added,
    calculated,
    compute,
    draft_of,
)
from graph.offline.cell_selection import rows_meant, select
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import Reading, agreed, readings, undisputed
from graph.offline.spare_words import as_price, is_of_whole, is_price, spoken
from graph.offline.table_view import FoundCell, Heading
from graph.offline.wording import are_signed, is_turned, path_of, unsigned, value_of
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token
from loaders.text.dates import month_years_in, months_in
from loaders.text.languages import pattern_of
from loaders.text.quantities import Quantity
from loaders.text.quantity_text import in_number_form
from loaders.text.tokenizer import fold, keys

MOST_OPERANDS = 24
MOST_NAMED = 4
"""Rows that are named one by one; of more the column is named."""
_QUARTER = re.compile(r"\bq[1-4]\b|\bquart")
FORMULAS = {
    "change": "b - a",
    "percent_change": "(b - a) / a * 100",
    "difference": "a - b",
    "share": "a / b * 100",
}
"""Of two cells."""


def computed(view: EvidenceView) -> Draft | None:
    """The result of the operation that the question names; None where its cells are not sure."""
    operation = view.analysis.operation
    if not operation or operation == "ratio" or view.analysis.order:
        return None
    finders = (_part_and_whole,) if operation == "share" else (_by_years, _listed)
    for find in finders:
        cells = find(view)
        if operation in {"sum", "average"} and not _are_parts(view, cells):
            continue
        if operation == "sum" and _are_rates(cells) and "percent" not in view.analysis.asks:
            continue  # the occupancy of two hotels adds up to nothing
        if not _is_per_period(view.analysis.question, cells):
            continue
        if cells and (operation not in FORMULAS or len(cells) == 2) and _can_be_combined(cells):
            is_part = _spans(view, cells) or _lacks_month(view, cells)
            return None if is_part else _said(view, operation, cells)
    return None


def _is_per_period(question: str, cells: Sequence[FoundCell]) -> bool:
    """Whether an average per month or quarter is one of months or quarters."""
    asked = {key for word in per_what(question) for key in keys(word)}
    heads = [fold(cell.labels) for cell in cells]
    if asked & spoken("month"):
        return all(map(months_in, heads))
    return not asked & spoken("quarter") or all(_QUARTER.search(head) for head in heads)


def _lacks_month(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether a month of the question is none of the cells', or theirs is none of the question's.

    `may` is a verb as well; and what is asked from the end of 2024 to June 2025 is not asked from
    June 2024.
    """
    asked, heads = view.analysis.question, [one.heads for one in cells]
    dated = {str(one.year) for one in month_years_in(asked)}
    others = (one.column for one in cells if dated and not one.column.years & dated)
    is_other = any(months_in(" ".join(one.path)) for one in others)
    return is_other or not months_in(asked) <= months_in(" ".join(heads))


def _spans(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether a sum is asked from the one to the other, with what is between: `Q1 to Q3`."""
    if view.analysis.operation not in {"sum", "average"}:
        return False
    text = fold(view.analysis.question)
    leaves = [token for cell in cells for token in (*cell.row.leaf, *cell.column.leaf)]
    names = {fold(one.text) for one in leaves if not one.is_year}  # of years none is left out
    parts = re.split(rf"\s(?:{pattern_of('range')})\s*|\s[-–—]\s", text)
    ends = [(re.findall(r"\w+", one)[-1:], re.findall(r"\w+", other)[:1])
            for one, other in pairwise(parts)]  # fmt: skip
    return any({*before} & names and {*behind} & names for before, behind in ends)


def _by_years(view: EvidenceView) -> list[FoundCell]:
    """One cell for each year that is meant; a change of one year is from the year before."""
    analysis = view.analysis
    years = list(analysis.years if analysis.operation in {"sum", "average"} else analysis.periods)
    is_change = analysis.operation in {"change", "percent_change"}
    if is_change and len(years) == 1:
        years.insert(0, str(int(years[0]) - 1))
    if len(years) < 2:
        return undisputed(view.complete(), _only_two) if is_change else []
    asked = sorted(years) if is_change else years
    found = [readings(view, _about(view, year), _terms(view, year)) for year in asked]
    return _of_several(found)


def _only_two(match: TableMatch) -> list[FoundCell]:
    """A named row in the two dated columns that are named, or that alone are there."""
    columns = [one for one in match.measured or match.view.value_columns if one.years]
    dated = sorted(columns, key=lambda one: sorted(one.years))
    rows = rows_meant(match)
    if len(rows) != 1 or len(dated) != 2 or dated[0].years == dated[1].years:
        return []
    return [cell for one in dated if (cell := match.view.at(rows[0].index, one.index))]


def _terms(view: EvidenceView, year: str) -> tuple[Token, ...]:
    return (*view.analysis.subject, Token(year, year, 0, 0))


def _about(view: EvidenceView, year: str) -> QuestionAnalysis:
    return view.analysis.about(_terms(view, year))


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


def _part_and_whole(view: EvidenceView) -> list[FoundCell]:
    """A part and the total that it is a part of, from one column of one table."""
    return undisputed(view.complete(), lambda match: _with_its_total(view, match))


def _with_its_total(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    table = match.view
    selection = select(match, view.analysis)
    found = selection.cells if selection else []
    said = [cell.row for cell in found if cell.row.index in table.totals]
    cells = [cell for cell in found if cell.row.index not in table.totals]
    whole = said or [row for row in table.rows if row.index in table.totals]
    if len(cells) != 1 or len(whole) != 1 or table.total_columns:
        return []  # beside a total column there are two wholes
    total = table.at(whole[0].index, cells[0].column.index)
    return [cells[0], total] if total is not None else []


def _listed(view: EvidenceView) -> list[FoundCell]:
    """The cells of a list in the question, of a row over its periods, or of a whole column."""
    adds = view.analysis.operation in {"sum", "average"}
    named = (
        undisputed(
            view.complete(terms),
            lambda match: _enumerated(view, match) or (_along(view, match) if adds else []),
        )
        for terms in dict.fromkeys((view.analysis.every_term, view.analysis.terms))
    )
    return next(filter(None, named), [])


def _enumerated(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    selection = select(match, view.analysis)
    if selection is None or selection.is_row:
        return []
    cells = [cell for cell in selection.cells if cell.cell.quantity]
    return _in_question_order(view, cells) if 2 <= len(cells) <= MOST_OPERANDS else []


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

    is_change = view.analysis.operation in {"change", "percent_change"}
    is_dated = is_change and all(cell.column.years for cell in cells)
    return sorted(cells, key=lambda one: (_date(one.column) if is_dated else [], place(one)))


def _date(heading: Heading) -> list[str]:
    """Its years, then its months, as they follow each other."""
    months = sorted(months_in(" ".join(heading.path)))
    return [*sorted(heading.years), *(f"{month:02}" for month in months)]


def _along(view: EvidenceView, match: TableMatch) -> list[FoundCell]:
    """A named row over the periods that are asked for, or a named column over all its rows."""
    table = match.view
    if not table.is_whole:
        return []
    rows, columns = [r.heading for r in match.rows], match.measured
    if len(rows) == 1 and not columns and view.analysis.axis:
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


def _are_rates(cells: Sequence[FoundCell]) -> bool:
    return any(one.cell.quantity and one.cell.quantity.percent for one in cells)


def _are_parts(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether none is an average or a total itself, of which the others may be parts."""
    averages = patterns_for(view.evidence.language).words["average"] | {"@average"}
    for headings in ([cell.row for cell in cells], [cell.column for cell in cells]):
        heads = [(*one.groups, *one.leaf) for one in headings]
        if len({any(map(is_of_whole, own)) for own in heads}) > 1:
            return False
        if any(token.key in averages for own in heads for token in own):
            return False
    return True


def _can_be_combined(cells: Sequence[FoundCell]) -> bool:
    """Whether all are numbers of one currency, or all percentages."""
    quantities = [cell.cell.quantity for cell in cells]
    if not all(quantities) or is_turned(cells) or are_signed(cells):
        return False
    known = [quantity for quantity in quantities if quantity]
    currencies = {quantity.currency for quantity in known if quantity.currency}
    kinds = {quantity.percent for quantity in known}
    units = {quantity.unit for quantity in known}
    if len({cell.source.document for cell in cells}) > 1 and not _say_alike(known):
        return False
    return len(currencies) <= 1 and len(kinds) == 1 and len(units) <= 1


def _say_alike(quantities: Sequence[Quantity]) -> bool:
    """Whether documents say their currency and scale all, or none: else they may differ."""
    told = {bool(quantity.currency) or quantity.scale != 1 for quantity in quantities}
    return len(told) == 1


def _said(view: EvidenceView, operation: str, cells: Sequence[FoundCell]) -> Draft | None:
    if operation in {"change", "percent_change"}:
        return _change(view, *cells)
    decimals, language = view.analysis.decimals, view.evidence.language
    if operation in {"sum", "average"}:
        result = added(cells, decimals, average=operation == "average")
    else:
        result = _of_two(operation, cells, decimals)
    if result is not None and operation == "difference" and result.value < 0:
        result = _of_two(operation, cells[::-1], decimals)
    if result is None:
        return None
    shown = _in_points(result, language) if operation == "difference" else ""
    return calculated(view, f"{say(operation, language)}, {_what(cells)}", result, shown)


def _of_two(operation: str, cells: Sequence[FoundCell], decimals: int | None) -> Result | None:
    first, second = cells
    is_rate, cells_of = "/" in FORMULAS[operation], {"a": [first], "b": [second]}
    natural = PERCENT_PLACES if is_rate else None
    result = compute(FORMULAS[operation], cells_of, decimals, natural=natural)
    if operation == "share" and result and result.value > 100:
        return None  # no part is more than its whole
    if natural and result and abs(result.value) < 1:
        return compute(FORMULAS[operation], cells_of, decimals, natural=natural + 1)
    return result


def _in_points(result: Result, language: str) -> str:
    """Of percentages in points."""
    if result.unit.percent:
        return in_number_form(result.number, language) + say("points", language)
    return result.shown(language)


def _change(view: EvidenceView, first: FoundCell, second: FoundCell) -> Draft | None:
    """From the earlier to the later, as a difference and, of amounts, in percent."""
    cells, wanted = (first, second), view.analysis.operation
    decimals = view.analysis.decimals
    difference = _of_two("change", cells, decimals if wanted == "change" else None)
    relative = _of_two("percent_change", cells, decimals) if _has_rate(cells) else None
    if difference is None or (wanted == "percent_change" and not _is_dated(cells)):
        return None
    between = _between(view)
    text = _change_text(view, cells, difference, relative)
    language = view.evidence.language
    stations = [f"{_period(one, first)}: {value_of(one, language)}" for one in between]
    text = f"{text} {'; '.join(stations)}." if stations else text
    return draft_of(text, [*cells, *between], [one for one in (difference, relative) if one])


def _is_dated(cells: Sequence[FoundCell]) -> bool:
    """What changes, changes in time, and from a gain: a loss has no rate.

    Of two other things either may be the hundred per cent.
    """
    quantity = cells[0].cell.quantity
    is_gain = quantity is not None and unsigned(cells[0], quantity).value > 0
    return is_gain and all(cell.column.years or cell.row.years for cell in cells)


def _has_rate(cells: Sequence[FoundCell]) -> bool:
    """Whether a change may be told in percent: of percentages it is told in points."""
    quantity = cells[0].cell.quantity
    return _is_dated(cells) and quantity is not None and not quantity.percent


def _change_text(
    view: EvidenceView, cells: Sequence[FoundCell], difference: Result, relative: Result | None
) -> str:
    language, (first, second) = view.evidence.language, cells
    size = _in_points(replace(difference, number=difference.number.lstrip("-")), language)
    rate = relative.shown(language, sign=False) if relative else ""
    pair = [rate, size] if view.analysis.operation == "percent_change" else [size, rate]
    main, aside = [*filter(None, pair), ""][:2]
    return say(
        "same" if difference.value == 0 else "grew" if difference.value > 0 else "fell",
        language,
        label=_what(cells),
        change=f"{main} ({aside})" if aside else main,
        before=value_of(first, language),
        after=value_of(second, language),
        first=_period(first, second),
        second=_period(second, first),
    )


def _between(view: EvidenceView) -> list[FoundCell]:
    """How it stood in the years between, where it is asked how a thing developed."""
    analysis = view.analysis
    if analysis.operation != "change" or "amount" in analysis.asks:
        return []
    found = [
        readings(view, _about(view, year), _terms(view, year)) for year in analysis.years[1:-1]
    ]
    return _of_several(found) if found else []


def _what(cells: Sequence[FoundCell]) -> str:
    """What the operands have in common, and what tells them apart."""
    rows = list(dict.fromkeys(path_of(cell.row) for cell in cells))
    columns = list(dict.fromkeys(path_of(cell.column) for cell in cells))
    if len(rows) == 1:
        return ", ".join(filter(None, (rows[0], _shared_head(cells)))) or columns[0]
    shared = columns[0] if len(columns) == 1 else ""
    names = ", ".join(rows)
    is_short = len(rows) <= MOST_NAMED or not shared
    return f"{shared} ({names})" if shared and is_short else shared or names


def _shared_head(cells: Sequence[FoundCell]) -> str:
    """What heads the columns of all cells alike, years left out."""
    first, *others = (cell.column.path for cell in cells)
    return " › ".join(
        part
        for part in first
        if all(part in other for other in others) and not Heading(0, (part,)).years
    )


def _period(cell: FoundCell, other: FoundCell) -> str:
    """What tells a cell apart from another: the head with its year, where it has one."""
    for heading in (cell.column, cell.row):
        if dated := [part for part in heading.path if Heading(0, (part,)).years]:
            return dated[-1]
    return path_of(cell.column) if cell.column.path != other.column.path else path_of(cell.row)
