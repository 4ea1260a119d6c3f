"""Whether a cell is counted and dated as a question asks: its currency, its month, per what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from graph.offline.asked_rate import is_per_same, is_per_time, is_whole_rate, per_what
from graph.offline.spare_words import EXTREMES, as_price, is_price, spoken
from graph.offline.table_view import FoundCell
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import holds, keys_in, tokens_of
from loaders.text.currencies import currencies_in
from loaders.text.dates import dates_in, months_in
from loaders.text.label_units import may_count_people
from loaders.text.languages import any_of, words_of
from loaders.text.quantities import Quantity
from loaders.text.tokenizer import fold, keys
from loaders.text.unit_symbols import money_units, shown_unit
from loaders.text.unit_words import OF_NOTHING, PERIODS
from loaders.text.units import measure_in

_END_OF_YEAR = (12, 31)
_COUNTS = {"@employees", "@population"}
"""What is no money, whatever the table counts in."""
_PEOPLE = _COUNTS | {"@men", "@women"}
_PAID_FOR = PERIODS | {"h"}
"""What a Unit column may have in a table of prices: those are for it, and not in it."""
_MODAL = re.compile(r"^May\b|\bmay\b(?!\s*(?:[?.,;]|$|\d))")
_RUN_TOGETHER = re.compile(r"\d[\d.,]*(?:\s+\d[\d.,]*)+")
"""Two numbers and nothing else are two cells that were read as one."""


def is_as_asked(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """No money, nor a share, for how many there are, no pounds for euros, no year for a month."""
    quantity = cell.cell.quantity
    if quantity is None and _RUN_TOGETHER.fullmatch(cell.cell.text.strip()):
        return False
    if quantity and not _is_of_kind(analysis, quantity, cell):
        return False
    if quantity and not _is_in_unit(analysis.question, cell):
        return False
    is_dated = is_of_its_months(analysis.question, cell.around) and is_of_its_days(
        analysis.question, cell.heads
    )
    return (
        is_dated
        and is_per_same(analysis.question, cell)
        and _is_whole_rate(analysis, cell)
        and _is_in_own_unit(cell)
        and not _is_paid_for(analysis, cell)
    )


def is_counted_as_asked(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a cell may be ranked or added: in the currency and per the time that is asked for."""
    quantity = cell.cell.quantity
    is_counted = quantity is None or _is_countable(analysis, quantity, cell)
    return is_counted and is_per_time(analysis.question, cell)


def _is_countable(analysis: QuestionAnalysis, quantity: Quantity, cell: FoundCell) -> bool:
    """No other currency, no money for how many there are, no share for people."""
    if quantity.currency:
        asked = currencies_in(analysis.question)
        counts = "count" in analysis.asks and not analysis.asks & {"amount", "percent"}
        is_number = counts and analysis.operation in {"", "sum"} and not analysis.bound
        return asked == {quantity.currency} if asked else not is_number
    asks_share = "percent" in analysis.asks or "%" in analysis.question
    is_of_people = bool(cell.column.leaf) and cell.column.leaf_keys <= _PEOPLE
    return asks_share or not (quantity.percent and is_of_people)


def is_of_its_limits(analysis: QuestionAnalysis, said: str) -> bool:
    """Whether a target, a plan or a limit is one if it is asked for: the actual is none."""
    limits = patterns_for(analysis.language).words["limits"]
    asked = [one for one in tokens_of(analysis.question) if fold(one.text) in limits]
    return all(one.key in EXTREMES or holds(keys_in(said), one.key) for one in asked)


def is_no_other_limit(analysis: QuestionAnalysis, labels: str) -> bool:
    """Whether labels name a target, a plan or a limit only if one is asked for."""
    told = [one for one in tokens_of(labels) if fold(one.text) in spoken("limits")]
    asked = keys_in(analysis.question)
    return all(one.key in EXTREMES or holds(asked, one.key) for one in told)


def _is_whole_rate(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a cell is per nothing that is not asked for; what a thing costs may be per piece."""
    priced = "amount" in analysis.asks and any(map(is_price, analysis.every_term))
    counts = "count" in analysis.asks or analysis.says_whole
    is_priced = priced or _names_price(analysis)
    return is_priced or is_whole_rate(analysis.question, cell, counts=counts)


def _is_in_own_unit(cell: FoundCell) -> bool:
    """Whether a value is in the unit that its row or column says, and all of it.

    A table in £ million has no headcount in pounds, one in GWh no kWh per inhabitant in GWh, and of
    `140 (41 %)` the first number is no percentage.
    """
    quantity = cell.cell.quantity
    if quantity is None:
        return True
    text, heads = cell.cell.text.strip(), tokens_of(cell.labels)
    costs = (one for one in (*cell.row.path[:-1], *cell.column.path[:-1]) if may_count_people(one))
    said = {*cell.row.path, *cell.column.path} - {*costs}  # what `Staff` heads says which it is
    last = {one[-1].key for text in said if (one := tokens_of(text))}
    is_of_two = re.match(r"[\d.,]+\s*\(", text) is not None
    if is_of_two and quantity.percent:
        return False
    if quantity.currency and not currencies_in(text):
        return not last & _COUNTS
    counted = {two for one, two in pairwise(heads) if one.key.isdigit()}  # `725 rpm` is no unit
    words = [one.text for one in heads if len(one.text) > 1 and one not in counted]
    told_by = (measure_in(label) for label in (*cell.row.path, *cell.column.path))
    units = {*map(shown_unit, words), *(one.unit for one in told_by if one)}
    units -= {"", *OF_NOTHING, *PERIODS}
    is_told = cell.cell.unit or quantity.unit in OF_NOTHING or not (quantity.unit and units)
    return bool(is_told) or bool({quantity.unit, *quantity.unit.split("/")} & units)


def _is_paid_for(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """Whether a Unit column says what a fee is for, and not what it is in: `Hour`."""
    quantity = cell.cell.quantity
    if quantity is None or not cell.cell.unit or quantity.unit not in _PAID_FOR:
        return False
    is_of_money = bool(currencies_in(cell.title)) or any(map(is_price, analysis.every_term))
    return is_of_money or _names_price(analysis)


def _names_price(analysis: QuestionAnalysis) -> bool:
    return any(fold(one.text) in spoken("prices") for one in analysis.every_term)


def _is_of_kind(analysis: QuestionAnalysis, quantity: Quantity, cell: FoundCell) -> bool:
    """Whether it is money, a share or a count, as the question has it."""
    asked = currencies_in(analysis.question)
    is_measured = quantity.unit not in {"", *OF_NOTHING}  # the cost of risk, in basis points
    is_counted = quantity.scale != 1 and not (quantity.currency or currencies_in(cell.heads))
    if (
        (is_measured or is_counted)
        and not _is_money(quantity, cell)
        and any(map(is_price, analysis.every_term))
    ):
        return False
    if quantity.currency and asked and quantity.currency not in asked:
        return False
    is_plain = quantity.scale == 1 and not (quantity.currency or currencies_in(cell.heads))
    if is_plain and _asks_spending(analysis) and not _is_money(quantity, cell):
        return False
    is_share = quantity.percent and "%" not in quantity.text and "percent" not in analysis.asks
    if "count" not in analysis.asks or analysis.operation:
        return not (is_share and _names_count(analysis))
    is_rate = "/" in quantity.unit[1:] and not per_what(analysis.question)
    return not (is_share or is_rate) and not (quantity.currency and not asked)


def _names_count(analysis: QuestionAnalysis) -> bool:
    """Whether a number of people is asked for by its name: a headcount."""
    return any(one.key in _COUNTS for one in analysis.every_term)


def _asks_spending(analysis: QuestionAnalysis) -> bool:
    words = patterns_for(analysis.language).words["spending"]
    return not words.isdisjoint(keys(analysis.question))


def _asks_money(analysis: QuestionAnalysis) -> bool:
    """Whether only money answers: what a thing costs, what somebody got."""
    known = patterns_for(analysis.language).words
    asked = (known["spending"] | known["paying"]) & {*keys(analysis.question)}
    return bool(asked) or any(map(is_price, analysis.every_term))


def pays_if_asked(analysis: QuestionAnalysis, cells: Iterable[FoundCell]) -> bool:
    """Whether some cell is money, if only money answers."""
    paid = (_is_money(one.cell.quantity, one) for one in cells if one.cell.quantity)
    return not _asks_money(analysis) or any(paid)


def is_paid_in(analysis: QuestionAnalysis, text: str) -> bool:
    """Whether a sentence has money, if only money answers and nothing is counted or dated."""
    is_counted = analysis.asks & {"count", "person", "time", "reason", "yes_no", "percent"}
    told = {shown_unit(word) for word in re.findall(r"[^\W\d_]+", text)}
    is_paid = bool(currencies_in(text) or told & money_units().keys())
    return bool(is_counted) or not _asks_money(analysis) or is_paid


def is_of_its_months(question: str, said: str) -> bool:
    """Whether each month of the question is said; the last day of a year is the year's.

    `may` is a month where it stands as one: with a capital, at the end, before a year.
    """
    asked = {one.month for one in dates_in(question)} | months_in(_MODAL.sub(" ", question))
    is_end = any((one.month, one.day) == _END_OF_YEAR for one in dates_in(question))
    return asked - ({_END_OF_YEAR[0]} if is_end else set()) <= months_in(said)


def _is_in_unit(question: str, cell: FoundCell) -> bool:
    """Whether a cell counts in the unit that a question ends with: `in kg`, `in pieces`."""
    found = _last_unit().search(question)
    asked = shown_unit(found[1]) if found else ""
    if asked in {"", *OF_NOTHING}:
        return True
    return cell.unit == asked if cell.unit else holds(keys_in(cell.heads), keys(asked)[0])


@cache
def _last_unit() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words_of('unit_lines', 'introducers'))})\s+([^\s?]+)\s*\?*$")


def _is_money(quantity: Quantity, cell: FoundCell) -> bool:
    """In a currency, or in a unit that is said in words as money is: `pounds`, `pence`.

    A label that tells pounds, and no price, may tell a weight.
    """
    unit = quantity.unit.partition("/")[0]
    if quantity.currency or not money_units().get(unit):
        return bool(quantity.currency) or unit in money_units()
    telling = (one for one in (cell.row, cell.column) if holds(keys_in(one.label), keys(unit)[0]))
    return all(any(is_price(as_price(token)) for token in one.leaf) for one in telling)


def is_of_its_days(question: str, said: str) -> bool:
    """Whether what is dated to a day is of the days of the question, if it names any.

    A day without its year is of any year.
    """
    asked, told = _days(question), _days(said)
    known = all(day in told or (0, *day[1:]) in told for day in asked)
    return not asked or not told or known


def _days(text: str) -> set[tuple[int, int, int]]:
    return {(one.year, one.month, one.day) for one in dates_in(text)}
