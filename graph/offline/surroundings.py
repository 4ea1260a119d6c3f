"""What stands around a table accounts for, of what no row or column says."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from graph.offline.ranges import number_of
from graph.offline.spare_words import EXTREMES, is_price, is_spare, spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import TableView
from graph.offline.untold import untold
from graph.query.subject_terms import Token, holds, same, tokens_of
from loaders.text.tokenizer import fold, keys

_SPAN = re.compile(r"\b((?:19|20)\d\d)\s?[-–—/]\s?((?:19|20)\d\d)\b")


def said_around(view: TableView, of_document: Set[str], terms: Sequence[Token]) -> dict[int, int]:
    """The nearest level around a table that says a term; years only where labels name none.

    The number of a table or section is no number of a thing: `Tabelle 4` says no `Fakultät 4`; and
    of `area and population` in a title neither is told by it alone.
    """
    levels = [*view.levels[:-1], view.levels[-1] | of_document]
    levels[0] |= _years_of_totals(view)
    found: dict[int, int] = {}
    has_years = any(one.years for one in _parts(view))
    elsewhere = _of_other_years(view, terms)
    is_bought = any(map(is_price, terms))
    silent = untold(view, terms) | _ends_of_spans(view.title, frozenset(one.key for one in terms))
    for place, term in enumerate(terms):
        if (term.is_year and has_years) or term.key in elsewhere or term.key in silent:
            continue
        is_limit = fold(term.text) in spoken("limits") and term.key not in EXTREMES
        if is_limit and not holds(view.corner, term.key):
            continue  # a target is one by its own row or column, or by what all rows are
        if term.key.isdigit() and not term.is_year:
            said_at = [n for n, text in enumerate(view.around) if _is_behind(terms, place, text)]
            found.update((place, level) for level in said_at[:1])
            continue
        for level, said in enumerate(levels):
            is_of_table = level == 0 and (
                _is_of_its_kind(term, view)
                or (not is_bought and _is_before_another(terms, place) and _counts(term, view))
            )
            if holds(said, term.key) or is_of_table:
                found[place] = level
                break
            if term.is_year and any(key.isdigit() and len(key) == 4 for key in said):
                break
    return found


def _ends_of_spans(title: str, asked: Set[str]) -> frozenset[str]:
    """The years of a span, `1991-2020`, of which only one is asked for: it is of them all."""
    spans = [frozenset(found.groups()) for found in _SPAN.finditer(title)]
    return frozenset().union(*(ends for ends in spans if not ends <= asked))


def _parts(view: TableView) -> list[Heading]:
    """The rows and columns that add up no others."""
    rows = [one for one in view.rows if one.index not in view.totals]
    return [*rows, *(one for one in view.columns if one.index not in view.total_columns)]


def _years_of_totals(view: TableView) -> frozenset[str]:
    """The year that totals alone say, `Summe 2024`: what they add up is of it too."""
    totals = [one for one in view.rows if one.index in view.totals]
    totals += [one for one in view.columns if one.index in view.total_columns]
    years = frozenset().union(*(one.years for one in totals))
    return years if len(years) == 1 else frozenset()


def _is_behind(terms: Sequence[Token], place: int, text: str) -> bool:
    """Whether a text has a number behind the word that it follows in the question."""
    return place > 0 and any(
        same(one.key, terms[place - 1].key) and other.key == terms[place].key
        for one, other in pairwise(tokens_of(text))
    )


def _is_of_its_kind(term: Token, view: TableView) -> bool:
    """Whether a table of fees is asked what a thing costs, or one of percentages for a rate."""
    said = set(keys(fold(view.title)))
    if is_price(term):
        return not said.isdisjoint(spoken("prices"))
    numbers = [cell.quantity for cell in view.cells.values() if cell.quantity]
    are_shares = bool(numbers) and all(number.percent for number in numbers)
    return term.key in spoken("rates") and are_shares and said.isdisjoint(spoken("change"))


def _is_before_another(terms: Sequence[Token], place: int) -> bool:
    """Whether a term stands right behind a number: of `two months`, which is no term, none does."""
    return place + 1 < len(terms) and terms[place + 1].start == terms[place].end + 1


def _counts(term: Token, view: TableView) -> bool:
    """Whether a number in words only says how many rows or columns there are: `all five claims`.

    Of what a thing costs it says how many are bought.
    """
    parts = len(view.rows) - len(view.totals), len(view.value_columns)
    return term.key.isalpha() and number_of(term) in parts


def _of_other_years(view: TableView, terms: Sequence[Token]) -> frozenset[str]:
    """What columns say of another year than is asked for: `Budget 2025` tells no budget of 2023."""
    asked = {term.key for term in terms if term.is_year}
    others = [one for one in view.columns if asked and one.years and not one.years & asked]
    said = [{token.key for token in one.leaf if not is_spare(token, one.leaf)} for one in others]
    keys = {term.key for term in terms}
    rest = [own - column.years for own, column in zip(said, others, strict=True)]
    return frozenset().union(*(own for own in rest if own <= keys))
