"""The highest, the lowest, and how many lie beyond a limit."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answer import Computed
from graph.asking.operations import bound_of, ranking_of
from graph.tables.cells import Cell
from graph.tables.choice import amount_of, candidates, numeric, value_of
from graph.tables.inquiry import Inquiry
from graph.tables.saying import constant, paths, spoken, use, varying
from graph.writing.phrases import listed, say
from graph.writing.statements import superlative
from graph.writing.writer import Draft
from loaders.chunking.values import parse_quantity

LEAST_COVERED = 0.55
MOST_NAMED = 4


def ranked(inquiry: Inquiry) -> Draft | None:
    """The row or column with the highest or lowest value."""
    order = ranking_of(inquiry.question)
    if order is None:
        return None
    for item in inquiry.lookups[:4]:
        cells = numeric(candidates(item, inquiry.question))
        if len(cells) < 2 or item.covered < LEAST_COVERED:
            continue
        pick = max if order == "highest" else min
        best = pick(amount_of(cell) for cell in cells)
        winners = [cell for cell in cells if amount_of(cell) == best]
        return _winner(inquiry, winners[:MOST_NAMED], cells, order)
    return None


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
    return Draft(f"{text} [{winners[0].source.number}]", [use(cell) for cell in winners])


def counted(inquiry: Inquiry) -> Draft | None:
    """How many values lie above or below the limit that the question sets."""
    bound = bound_of(inquiry.question)
    limit = parse_quantity(bound.limit) if bound else None
    if bound is None or limit is None:
        return None
    for item in sorted(inquiry.lookups[:6], key=lambda found: -found.covered):
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
    marker, language = cells[0].source.number, inquiry.language
    names = [f"{varying(cell, rows, columns)} ({cell.cell.text})" for cell in inside[:MOST_NAMED]]
    text = say("count", language, count=len(inside), names=listed(names, language) or "-")
    computed = Computed(f"count({len(cells)})", str(len(inside)), (marker,))
    return Draft(f"{text} [{marker}]", [use(cell) for cell in inside[:MOST_NAMED]], [computed])
