"""Arithmetic that a question asks for, over cells that it names; computed in Decimal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.asked_measure import is_counted_as_asked
from graph.offline.asked_rate import per_what, times_of
from graph.offline.cell_arithmetic import (
    PERCENT_PLACES,
    Result,
    added,
    calculated,
    compute,
    draft_of,
)
from graph.offline.cell_selection import names_rows
from graph.offline.evidence_view import EvidenceView
from graph.offline.lookup import lack_unit
from graph.offline.operands import are_of_one_axis, of_years, operands, says_direction
from graph.offline.shares import are_of_one_whole
from graph.offline.spare_words import is_of_whole, spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell
from graph.offline.wording import are_signed, is_turned, path_of, unsigned, value_of
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import holds, keys_in, tokens_of
from loaders.text.dates import month_years_in, months_in
from loaders.text.languages import pattern_of
from loaders.text.quantities import Quantity
from loaders.text.quantity_text import in_number_form
from loaders.text.tokenizer import fold, keys

MOST_NAMED = 4
"""Rows that are named one by one; of more the column is named."""
_WORD = r"[\w.]*\w"
FORMULAS = {
    "change": "b - a",
    "percent_change": "(b - a) / a * 100",
    "difference": "a - b",
    "relative": "(a - b) / b * 100",
    "share": "a / b * 100",
    "ratio": "a / b",
}
"""Of two cells."""
RATIO_DIGITS = 3


def computed(view: EvidenceView) -> Draft | None:
    """The result of the operation that the question names; None where its cells are not sure."""
    asked = view.analysis.operation or ("ratio" if per_what(view.analysis.question) else "")
    if not asked or view.analysis.order:
        return None
    for operation, cells in _tried(view, asked):
        if operation in {"sum", "average"} and not _are_parts(view, cells):
            continue
        if operation == "sum" and _are_rates(cells) and not are_of_one_whole(view, cells):
            continue  # the occupancy of two hotels adds up to nothing
        if not _are_as_asked(view, cells) or lack_unit(view, view.analysis, cells):
            continue
        if operation == "ratio" and not (are_of_one_axis(cells) and _is_per_second(view, cells)):
            continue
        if (operation not in FORMULAS or len(cells) == 2) and _can_be_combined(cells):
            is_part = _spans(view, cells) or _lacks_year(view, cells) or _lacks_month(view, cells)
            return None if is_part else _said(view, operation, cells)
    return None


def _tried(view: EvidenceView, operation: str) -> Iterator[tuple[str, Sequence[FoundCell]]]:
    """The operands, each with what is done with them: an average per a column is a ratio."""
    asked = _bases_asked(view.analysis.question)
    for cells in operands(view):
        bases = [c for c in cells if any(holds(keys_in(c.labels), key) for key in asked)]
        if operation == "average" and len(cells) == 2 and len(bases) == 1:
            yield "ratio", [*(cell for cell in cells if cell not in bases), *bases]
        else:
            yield operation, cells


def _bases_asked(question: str) -> set[str]:
    """The keys of what a question asks something per."""
    return {key for word in per_what(question) for key in keys(word)}


def _are_as_asked(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether the cells are counted as is asked, and no rows are asked for."""
    is_counted = all(is_counted_as_asked(view.analysis, cell) for cell in cells)
    is_of_rows = any(names_rows(view.analysis, one) or _is_of_all(view, one) for one in cells)
    is_per_period = _is_per_period(view.analysis.question, cells)
    return is_counted and is_per_period and not is_of_rows


def _is_of_all(view: EvidenceView, cell: FoundCell) -> bool:
    """Whether some of a kind are asked for, `which function`, and the row is of all of them."""
    analysis, place = view.analysis, (cell.row.index, cell.column.index)
    kinds = analysis.kinds
    if "count" in analysis.asks and not analysis.says_whole:
        kinds |= {term.key for term in analysis.terms if holds(cell.corner, term.key)}
    return any(holds(cell.row.leaf_keys, key) for key in kinds) and any(
        cell.row.index in table.totals for table in view.views if table.at(*place) == cell
    )


def _is_per_second(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether the second is what the question asks per, if it says so: `applicants per place`.

    The first must not be per something already.
    """
    asked = _bases_asked(view.analysis.question)
    if not asked:
        return bool(view.analysis.operation)
    first, *others = ((*one.row.leaf, *one.column.leaf) for one in cells)
    said = [any(holds({token.key for token in own}, key) for key in asked) for own in others]
    return all(said) and not any(holds({token.key for token in first}, key) for key in asked)


def _is_per_period(question: str, cells: Sequence[FoundCell]) -> bool:
    """Whether an average per month or quarter is one of months or quarters."""
    asked = _bases_asked(question)
    time = next((one for one in ("month", "quarter") if asked & spoken(one)), "")
    return not time or all(time in times_of(cell.labels) for cell in cells)


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


def _lacks_year(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether of a sum over years one is no cell's: those between 2022 and 2025 belong to it."""
    told = frozenset().union(*(one.row.years | one.column.years for one in cells))
    is_added = view.analysis.operation in {"sum", "average"}
    return is_added and bool(told) and not told.issuperset(view.analysis.years)


def _spans(view: EvidenceView, cells: Sequence[FoundCell]) -> bool:
    """Whether a sum is asked from the one to the other, with what is between: `Q1 to Q3`."""
    if view.analysis.operation not in {"sum", "average"}:
        return False
    text = fold(view.analysis.question)
    leaves = [token for cell in cells for token in (*cell.row.leaf, *cell.column.leaf)]
    names = {fold(one.text) for one in leaves if not one.is_year}  # of years none is left out
    parts = re.split(rf"\s(?:{pattern_of('range')})\s*|\s[-–—]\s", text)
    ends = [(re.findall(_WORD, one)[-2:], re.findall(_WORD, other)[:2])
            for one, other in pairwise(parts)]  # fmt: skip
    return any({*before} & names and {*behind} & names for before, behind in ends)


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
    if view.analysis.is_change:
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
    formula, of = FORMULAS[operation], dict(zip("ab", ([one] for one in cells), strict=True))
    result = compute(formula, of, decimals)
    if result is None or (operation == "share" and result.value > 100):
        return None  # no part is more than its whole
    places = _natural_places(operation, result.value)
    return result if places is None else compute(formula, of, decimals, natural=places)


def _natural_places(operation: str, value: Decimal) -> int | None:
    """The decimals of a ratio or a rate, where none are asked for; else those of the values."""
    if operation == "ratio":
        return max(0, RATIO_DIGITS - len(f"{int(abs(value))}"))
    is_small = abs(value) < 1
    return PERCENT_PLACES + is_small if "/" in FORMULAS[operation] else None


def _in_points(result: Result, language: str) -> str:
    """Of percentages in points."""
    if result.unit.percent:
        return in_number_form(result.number, language) + say("points", language)
    return result.shown(language)


def _change(view: EvidenceView, first: FoundCell, second: FoundCell) -> Draft | None:
    """From the earlier to the later, as a difference and, of amounts, in percent."""
    cells, wanted = (first, second), view.analysis.operation
    if wanted == "percent_change" and not _is_dated(cells):
        return _how_much_more(view, cells)
    decimals = view.analysis.decimals
    difference = _of_two("change", cells, decimals if wanted == "change" else None)
    relative = _of_two("percent_change", cells, decimals) if _has_rate(cells) else None
    if difference is None:
        return None
    between = _between(view)
    text = _change_text(view, cells, difference, relative)
    language = view.evidence.language
    stations = [f"{_period(one, first)}: {value_of(one, language)}" for one in between]
    text = f"{text} {'; '.join(stations)}." if stations else text
    return draft_of(text, [*cells, *between], [one for one in (difference, relative) if one])


def _how_much_more(view: EvidenceView, cells: Sequence[FoundCell]) -> Draft | None:
    """By how many percent the first is above or below the second, if the question says `than`.

    Else either of the two may be the hundred per cent.
    """
    is_said = says_direction(view.analysis)
    is_whole = _is_gain(cells[1]) and not _are_rates(cells)
    result = _of_two("relative", cells, view.analysis.decimals) if is_said and is_whole else None
    if result is None:
        return None
    language = view.evidence.language
    return calculated(view, f"{say('difference', language)}, {_what(cells)}", result)


def _is_gain(cell: FoundCell) -> bool:
    """Whether a value can be a hundred per cent: a loss has no rate."""
    quantity = cell.cell.quantity
    return quantity is not None and unsigned(cell, quantity).value > 0


def _is_dated(cells: Sequence[FoundCell]) -> bool:
    """What changes, changes in time, and from a gain."""
    return _is_gain(cells[0]) and all(_years_of(cell) for cell in cells)


def _years_of(cell: FoundCell) -> frozenset[str]:
    """The years that its labels name, or what stands above its table."""
    named = cell.column.years or cell.row.years
    return named or frozenset(one.key for one in tokens_of(cell.title) if one.is_year)


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
    return of_years(view, analysis.years[1:-1], analysis.terms)


def _what(cells: Sequence[FoundCell]) -> str:
    """What the operands have in common, and what tells them apart."""
    rows = list(dict.fromkeys(path_of(cell.row) for cell in cells))
    columns = list(dict.fromkeys(path_of(cell.column) for cell in cells))
    if len(rows) == 1:
        return ", ".join(filter(None, (rows[0], _shared_head(cells)))) or columns[0]
    shared = columns[0] if len(columns) == 1 else ""
    labels = {cell.row.label for cell in cells}
    names = ", ".join(
        [row.rpartition(" › ")[2] for row in rows] if len(labels) == len(rows) else rows
    )
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
    years = _years_of(cell)
    if len(years) == 1 and years != _years_of(other):
        return next(iter(years))
    return path_of(cell.column) if cell.column.path != other.column.path else path_of(cell.row)
