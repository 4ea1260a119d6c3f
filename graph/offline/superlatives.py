"""The highest, the lowest, and how many lie beyond a limit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import listed, say
from graph.offline.answer_templates import superlative
from graph.offline.cell_linking import Lookup
from graph.offline.cell_selection import (
    amount_of,
    candidates,
    column_of,
    numeric,
    value_of,
    without_rest,
    without_totals,
    year_of,
)
from graph.offline.cell_text import constant, marked, markers_of, paths, spoken, use, varying
from graph.offline.table_question import Inquiry
from graph.offline.table_view import Cell
from graph.query.intent import bound_of
from loaders.text.quantities import parse_quantity
from loaders.text.tokenizer import fold, is_year, keys

_WHICH_PERIOD = re.compile(
    r"\b(?:year|quarter|month|period|when|jahr|quartal|monat|wann)\b|哪一?年|季度|月"
)
_WHICH_KIND = re.compile(r"\b(?:which|what|welche[rsnm]?)\s+(?P<kind>\w+(?: \w+)?)")
LEAST_COVERED = 0.55
LEAST_GROUPS = 3
MOST_NAMED = 4


def ranked(inquiry: Inquiry) -> Draft | None:
    """The row or column with the highest or lowest value."""
    order = inquiry.order
    if order is None:
        return None
    for item in [one for one in inquiry.lookups[:4] if one.grid.is_whole]:
        cells = without_rest(numeric(_competitors(inquiry, item)))
        if len(cells) < 2 or item.covered < LEAST_COVERED:
            continue
        pick = max if order == "highest" else min
        best = pick(amount_of(cell) for cell in cells)
        winners = [cell for cell in cells if amount_of(cell) == best]
        return _winner(inquiry, winners[:MOST_NAMED], cells, order)
    return None


def _competitors(inquiry: Inquiry, item: Lookup) -> list[Cell]:
    """The cells that compete: of one period, unless the question asks for the period."""
    if cells := _of_one_measure(item):
        return without_rest(cells)
    if len(item.rows) > 1 and not _compares(item):
        return []
    cells = candidates(item, inquiry.question)
    if item.columns and item.rows and _is_total_of_caption(item):
        cells = column_of(item, inquiry.question)
    names_year = any(is_year(term.key) for term in item.terms)
    if not _WHICH_PERIOD.search(fold(inquiry.question)) and names_year:
        rows, columns = paths(cells)
        if len(rows) == 1 and len(columns) > 1 and all(map(year_of, cells)):
            return []
    return _of_the_kind(_of_one_leaf(cells, inquiry.question), inquiry.question)


def _compares(item: Lookup) -> bool:
    """Whether two of the rows stand apart in the question; else they are measures of something."""
    segments = [{item.terms[place].segment for place in row.places} for row in item.rows]
    return any(one.isdisjoint(other) for one, other in combinations(segments, 2))


def _of_one_measure(item: Lookup) -> list[Cell]:
    """Where each group has a row of the measure that is named, that row of each group."""
    if not item.rows or not item.columns or len(item.rows[0].label.path) < 2:
        return []
    leaf = item.rows[0].label.path[-1]
    named = {item.terms[place].key for place in item.rows[0].places}
    rows = [row for row in item.grid.rows if len(row.path) > 1 and row.path[-1] == leaf]
    is_leaf_alone = named <= set(keys(leaf)) and len({row.path[:-1] for row in rows}) == len(rows)
    if len(rows) < LEAST_GROUPS or not is_leaf_alone:
        return []
    column = item.columns[0].label.index
    found = [cell for row in rows if (cell := item.grid.at(row.index, column))]
    return without_totals(found, of_rows=True)


def _of_one_leaf(cells: list[Cell], question: str) -> list[Cell]:
    """Where each group has a row of each measure (`Count`, `Percentage`), those of one measure."""
    leaves = Counter(cell.cell.row_path[-1] for cell in cells if len(cell.cell.row_path) > 1)
    repeated = [leaf for leaf, count in leaves.items() if count >= LEAST_GROUPS]
    if len(repeated) < 2:
        return cells
    asked = set(keys(question))
    leaf = max(repeated, key=lambda one: len(asked & set(keys(one))))
    return [cell for cell in cells if cell.cell.row_path[-1:] == (leaf,)]


def _is_total_of_caption(item: Lookup) -> bool:
    """Whether the row that is named only says what the caption says the whole table has."""
    caption = frozenset(keys(item.grid.caption))
    return all(item.terms[place].key in caption for place in item.rows[0].places)


def _of_the_kind(cells: list[Cell], question: str) -> list[Cell]:
    """Of rows in groups those of the group that `which age group` names."""
    asked = _WHICH_KIND.search(fold(question))
    kinds = set(keys(asked["kind"])) if asked else set()
    inside = [cell for cell in cells if kinds & set(keys(" ".join(cell.cell.row_path[:-1])))]
    return inside if len(inside) > 1 else cells


def _winner(inquiry: Inquiry, winners: Sequence[Cell], cells: Sequence[Cell], order: str) -> Draft:
    rows, columns = paths(cells)
    language = inquiry.language
    label = listed([varying(cell, rows, columns) for cell in winners], language)
    value = spoken(winners[0], language)
    text = superlative(inquiry.question, label, value) if len(winners) == 1 else ""
    text = text or say(
        "among",
        language,
        label=label,
        order=say(order, language),
        value=value,
        measure=constant(winners[0], rows, columns) or winners[0].source.caption,
    )
    return Draft(text=f"{text} {marked(winners)}", uses=[use(cell) for cell in winners])


def counted(inquiry: Inquiry) -> Draft | None:
    """How many values lie above or below the limit that the question sets."""
    bound = bound_of(inquiry.question)
    limit = parse_quantity(bound.limit) if bound else None
    if bound is None or limit is None:
        return None
    whole = [item for item in inquiry.lookups[:6] if item.grid.is_whole]
    for item in sorted(whole, key=lambda found: -found.covered):
        cells = numeric(candidates(item, inquiry.question))
        if len(cells) < 2 or item.covered < LEAST_COVERED:
            continue
        inside = [
            cell
            for cell in cells
            if (value_of(cell) > limit.value) == bound.above and value_of(cell) != limit.value
        ]
        return _count(inquiry, inside, cells)
    return None


def _count(inquiry: Inquiry, inside: Sequence[Cell], cells: Sequence[Cell]) -> Draft:
    rows, columns = paths(cells)
    language, shown = inquiry.language, inside[:MOST_NAMED] or cells[:1]
    names = [f"{varying(cell, rows, columns)} ({cell.cell.text})" for cell in inside[:MOST_NAMED]]
    text = say("count", language, count=len(inside), names=listed(names, language) or "-")
    computed = Computed(
        expression=f"count({len(cells)})", result=str(len(inside)), operands=markers_of(shown)
    )
    uses = [use(cell) for cell in inside[:MOST_NAMED]]
    return Draft(text=f"{text} {marked(shown)}", uses=uses, computed=[computed])
