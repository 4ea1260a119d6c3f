"""Whether a number and the fact that has it are of one period."""

from __future__ import annotations

from collections.abc import Callable

from graph.verification.statements.facts import Fact, periods_of, years_of
from graph.verification.statements.pointing import own_periods
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import says
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention

_LONG = 2
"""Calendar years of a business year."""


def is_of_other_period(statement: Statement, number: Mention, fact: Fact, held: Mention) -> bool:
    """Whether the fact is dated, and not as the number is."""
    own, told = own_periods(statement, number), fact.periods_of_number(held)
    if fact.periods_aside and told == fact.periods_aside and not _says_before(statement, told):
        return True
    if statement.is_denial and fact.periods & periods_of(statement.text):
        return False  # of the other period it says that there is none
    named = (own or _around(statement, number)) - _told_in_row(fact)
    for kind in (years_of, _parts_of_years):
        mine, theirs = kind(named), kind(told)
        if mine and not theirs and fact.cell and _other_years(fact, mine, kind):
            return not statement.vocabulary.moves(statement.text) or len(statement.values) == 1
        are_long = len(mine) == len(theirs) == _LONG  # 2023/24 and 2024/25 share a year
        if mine and theirs and (mine != theirs if are_long else not mine & theirs):
            is_compared = _compares(statement)
            is_sure = bool(own or fact.periods_aside) or len(statement.values) == 1
            return is_sure or not is_compared
    asked = periods_of(f"{statement.text} {statement.evidence.question}")
    return bool(years_of(named)) and _is_of_part(fact, named | asked)


def _says_before(statement: Statement, periods: frozenset[str]) -> bool:
    """Whether an answer or its question says that a value is of the year before."""
    said = f"{statement.text} {statement.evidence.question}"
    return bool(periods & periods_of(said)) or says("year_before", said)


def _compares(statement: Statement) -> bool:
    """Whether it holds one value against another, a limit say."""
    text, words = fold_in_place(statement.text), statement.vocabulary
    values = [one for one in statement.values if text[one.start - 1 : one.start] != "/"]
    between = text[values[0].end : values[-1].start] if values else ""
    limits = (words.less, words.more)
    return bool(words.comparison.search(text)) or any(one.search(between) for one in limits)


def _around(statement: Statement, number: Mention) -> frozenset[str]:
    """The periods of a sentence; of several values one may be of the period that was asked for.

    What is said to be of a year before is of no year that is named.
    """
    named = statement.periods_around(number)
    if len(statement.values) > 1:
        named |= periods_of(statement.evidence.question)
        if says("year_before", statement.text):
            named |= {str(int(year) - 1) for year in years_of(named)}
    return named


def _is_of_part(fact: Fact, named: frozenset[str]) -> bool:
    """Whether it is of a half or a quarter, none is named, and its row has more of the year."""
    part = _parts_of_years(fact.periods)
    if _parts_of_years(named) or not part or not fact.cell:
        return False
    row = [
        periods_of(" ".join(one.column_path))
        for table in fact.source.tables
        for one in table.cells()
        if one.row_path == fact.cell.row_path
    ]
    return any(years_of(one) & fact.periods and _parts_of_years(one) != part for one in row)


def _told_in_row(fact: Fact) -> frozenset[str]:
    """The periods that other cells of its row give: `Completion: March 2027`."""
    cells = (one for table in fact.source.tables for one in table.cells()) if fact.cell else ()
    row = [one.text for one in cells if fact.cell and one.row_path == fact.cell.row_path]
    return frozenset[str]().union(*map(periods_of, row)) - fact.periods


def _other_years(
    fact: Fact, mine: frozenset[str], kind: Callable[[frozenset[str]], frozenset[str]]
) -> bool:
    """Whether a table is dated by its caption, section or document, and otherwise."""
    around = kind(periods_of(f"{fact.source.caption}\n{fact.source.section}"))
    around = around or kind(periods_of(fact.source.document.replace("_", " ")))
    return bool(around) and not mine & around and kind is years_of


def _parts_of_years(periods: frozenset[str]) -> frozenset[str]:
    return periods - years_of(periods)
