"""Figures that tables print: one cell, several that a question lists, or a whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.answer import Computed
from graph.draft import Draft
from graph.evidence.sources import Source
from graph.generation.messages import amount, listed, say
from graph.offline.answer_templates import statement
from graph.offline.cell_linking import Lookup, is_named
from graph.offline.cell_selection import (
    MOST_OPERANDS,
    amount_of,
    candidates,
    listed_cells,
    numeric,
    only_row,
)
from graph.offline.cell_text import constant, marked, paths, spoken, unsaid, use, varying
from graph.offline.sentence_ranking import is_answered_by, rank
from graph.offline.table_question import Inquiry
from graph.offline.table_view import Cell
from graph.query.formulas import line_in
from graph.query.intent import operation_of
from graph.table_qa.arithmetic import rounded, written
from loaders.text.tokenizer import fold, is_generic, is_stop, is_year, keys, words

_HOW_MANY = re.compile(r"\bhow many ([a-z].*)")
_BEFORE_VERB = re.compile(
    r"((?:[\w-]+ ){1,4}?)(?:do|does|did|has|have|had|are|were|is|was|can|could|will|would)\b"
)
LEAST_ROW_FIT = 0.7
"""How much of a row's label has to be named where the table lacks a word of the question."""
LEAST_TOLD = 0.95
"""The same where the column is told by what is asked alone: how many, or what part."""
TOLD_BETTER = 0.8
_RATIO = re.compile(
    r"率|幅度|比[值例重]|占比|\bgrowth rate|\bpercent(?:age)? change|wachstumsrate",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|every|all|jede[rsn]?|alle)\b|各|每")


def looked_up(inquiry: Inquiry) -> Draft | None:
    """The cells that the question names; an empty one is told."""
    if draft := _each(inquiry):
        return draft
    if inquiry.order and inquiry.lookups:
        return None  # what ranks has been tried: one value alone is no winner
    confident = _of_kind_first(inquiry, [one for one in inquiry.lookups if _is_confident(one)])
    empty: Cell | None = None
    for item in confident[:4]:
        cells = listed_cells(item, inquiry.question)
        filled = [cell for cell in cells if not cell.is_empty]
        if filled and not counts_what_is_asked(inquiry.question, filled[0]):
            continue
        if filled and _is_no_ratio(inquiry.question, filled[0]):
            continue
        if filled and not (inquiry.wants_prose and filled[0].cell.quantity):
            if len(filled) == 1 and item.covered < TOLD_BETTER and _is_told(inquiry):
                return None
            item, filled = _in_statement(inquiry, item, filled, confident)
            return _several(inquiry, filled, item)
        empty = empty or next(iter(cells), None)
    return _told_empty(inquiry, empty) if empty and not inquiry.wants_prose else None


def _is_no_ratio(question: str, cell: Cell) -> bool:
    """Whether a rate or a ratio is asked for, and the cell gives an amount under another name."""
    quantity, label = cell.cell.quantity, " ".join((*cell.cell.row_path, *cell.cell.column_path))
    is_amount = quantity is not None and not quantity.percent
    return is_amount and bool(_RATIO.search(question)) and not _RATIO.search(label)


def _is_told(inquiry: Inquiry) -> bool:
    """Whether a sentence says all that is asked, with a figure, where the table says a part."""
    ranked = rank(inquiry.question, inquiry.evidence.sources, most=1)
    return bool(ranked) and is_answered_by(inquiry.question, ranked[0])


def _of_kind_first(inquiry: Inquiry, items: list[Lookup]) -> list[Lookup]:
    """Where a percentage is asked for, the tables whose cells are percentages come first."""
    if not inquiry.wish.percent or operation_of(inquiry.question):
        return items
    return sorted(items, key=lambda item: not _gives_percent(item, inquiry.question))


def _gives_percent(item: Lookup, question: str) -> bool:
    cells = listed_cells(item, question)
    return any(cell.cell.quantity and cell.cell.quantity.percent for cell in cells)


def _in_statement(
    inquiry: Inquiry, item: Lookup, cells: list[Cell], others: Sequence[Lookup]
) -> tuple[Lookup, list[Cell]]:
    """The figures of a line where a statement has them: other tables take them up, or its parts."""
    if item.grid.is_statement or not item.rows:  # the only row of a table need not be named
        return item, cells
    values = [amount_of(cell) for cell in cells]
    line = keys(line_in(inquiry.question))
    label = item.rows[0].label.path[-1:]
    is_line = bool(line and label) and line == keys(label[0])
    for other in (one for one in others if one.grid.is_statement and one.rows):
        if other.rows[0].fit < item.rows[0].fit:
            continue
        same = [cell for cell in listed_cells(other, inquiry.question) if not cell.is_empty]
        if [amount_of(cell) for cell in same] == values:
            if _say_as_much(same, cells):
                return other, same
            continue
        is_whole = is_line and len(same) == len(cells) and other.covered >= item.covered
        if is_whole and _is_same_row(other, item):
            return other, same
    return item, cells


def _is_same_row(one: Lookup, other: Lookup) -> bool:
    """Whether two tables have the named row by the same label."""
    labels = [item.rows[0].label.path[-1] for item in (one, other) if item.rows]
    return len(labels) == 2 and keys(labels[0]) == keys(labels[1])


def _say_as_much(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether cells tell their currency wherever the others do."""
    return all(
        not theirs.cell.quantity
        or not theirs.cell.quantity.currency
        or (one.cell.quantity and one.cell.quantity.currency)
        for one, theirs in zip(cells, others, strict=True)
    )


def counts_what_is_asked(question: str, cell: Cell) -> bool:
    """Whether a cell's labels count the noun of `how many …` rather than use it for another.

    `Other employee benefits` counts benefits: there, `employee` only says which.
    """
    counted = counted_noun(question)
    labels = [*cell.cell.row_path, *cell.cell.column_path]
    places = [
        (label_words, place)
        for label_words in ([word.key for word in words(label)] for label in labels)
        for place, key in enumerate(label_words)
        if key == counted
    ]
    asked = set(keys(question))
    return not places or any(
        place + 1 == len(found)
        or is_stop(found[place + 1])
        or found[place + 1].isdigit()
        or found[place + 1] in asked
        for found, place in places
    )


def counted_noun(question: str) -> str:
    """The noun that `how many` asks for, as words are compared; nothing for other questions."""
    asked = _HOW_MANY.search(fold(question))
    if asked is None:
        return ""
    before_verb = _BEFORE_VERB.match(asked[1])
    found = words(before_verb[1] if before_verb else asked[1].split(" ")[0])
    return found[-1].key if found else ""


def single(inquiry: Inquiry, cell: Cell) -> Draft:
    """One cell, said as the question asks for it."""
    language, marker = inquiry.language, cell.source.number
    value, computed = spoken(cell, language), []
    if converted := _converted(inquiry, cell):
        scale = written(inquiry.wish.scale or Decimal(1))
        value = f"{value} = {amount(converted.result, '', scale, language)}"
        computed = [converted]
    if sentence := statement(inquiry.question, value, language):
        place = unsaid(cell, sentence)
        text = f"{sentence[:-1]} ({place}){sentence[-1]}" if place else sentence
    else:
        row, column = " › ".join(cell.cell.row_path), " › ".join(cell.cell.column_path)
        label = ", ".join(part for part in (row, column) if part)
        text = say("cell", language, label=label, value=value)
    return Draft(text=f"{text} [{marker}]", uses=[use(cell)], computed=computed)


def _each(inquiry: Inquiry) -> Draft | None:
    """A whole column, when the question asks for each of its rows."""
    if not _EACH.search(fold(inquiry.question)):
        return None
    for item in inquiry.lookups[:3]:
        if item.columns and not item.rows and item.covered >= 0.6 and item.fit >= 0.6:
            cells = numeric(candidates(item, inquiry.question))
            if 2 <= len(cells) <= MOST_OPERANDS:
                return _several(inquiry, cells, item)
    return None


def _is_confident(item: Lookup) -> bool:
    if item.columns and not item.rows:
        return bool(only_row(item.grid)) and item.columns[0].fit >= 0.6 and item.covered >= 0.75
    if not item.columns:
        return bool(item.rows) and _has_one_column(item) and item.fit >= 0.6
    if not _says_measure(item):
        return False
    if not item.columns[0].places:  # the column of its kind: the noun that is counted is not named
        return item.rows[0].fit >= LEAST_TOLD and item.covered >= 0.5
    lacks = any(not is_generic(term.key) for term in item.missing)
    return (
        item.fit >= 0.4 and item.covered >= 0.6 and (not lacks or item.rows[0].fit >= LEAST_ROW_FIT)
    )


def _says_measure(item: Lookup) -> bool:
    """Whether a table of which only a name and a year are named is about what is measured.

    `Operating income of Cloud in 2019` is not in the row `Cloud` of a table of its assets.
    """
    placed = {place for match in (*item.rows, *item.columns) for place in match.places}
    heads = [item.terms[place] for column in item.columns for place in column.places]
    is_dated = all(is_year(term.key) or is_generic(term.key) for term in heads)
    if not is_dated or not all(is_named(item.terms[place]) for place in placed):
        return True
    lost = {term.place for term in item.missing}
    rest = [
        term
        for term in item.terms
        if term.place not in placed and not is_generic(term.key) and not is_named(term)
    ]
    said = [term for term in rest if term.place not in lost]
    return not rest or len(said) * 2 >= len(rest)


def _has_one_column(item: Lookup) -> bool:
    return len(item.grid.data_columns) == 1 and item.covered >= 0.75


def _several(inquiry: Inquiry, cells: Sequence[Cell], item: Lookup) -> Draft:
    if len(cells) == 1:
        return single(inquiry, cells[0])
    language = inquiry.language
    rows, columns = paths(cells)
    shown = [
        f"{spoken(cell, language)} ({varying(cell, rows, columns)})"
        for cell in cells[:MOST_OPERANDS]
    ]
    label = constant(cells[0], rows, columns) or item.grid.source.caption
    text = say("cell", language, label=label, value=listed(shown, language))
    told = cells[:MOST_OPERANDS]
    return Draft(text=f"{text} {marked(told)}", uses=[use(cell) for cell in told])


def _converted(inquiry: Inquiry, cell: Cell) -> Computed | None:
    """The value in the scale that the question asks for."""
    quantity, wish = cell.cell.quantity, inquiry.wish
    scale = wish.scale
    if not quantity or not scale or quantity.percent or quantity.scale == scale:
        return None
    is_told = any(scale in one.scales for one in _on_page(inquiry, cell))
    if quantity.scale == 1 and (abs(quantity.value) < scale or is_told):
        return None
    factor = quantity.scale / scale
    value = quantity.value * factor
    shown = written(rounded(value, wish.decimals if wish.decimals is not None else 3))
    step = f"× {written(factor)}" if factor >= 1 else f"/ {written(1 / factor)}"
    return Computed(
        expression=f"{written(quantity.value)} {step}", result=shown, operands=(cell.source.number,)
    )


def _on_page(inquiry: Inquiry, cell: Cell) -> list[Source]:
    """The sources of a cell's page: one of them may say for all in which scale figures are."""
    own = cell.source
    sources = inquiry.evidence.sources
    return [one for one in sources if (one.document, one.page) == (own.document, own.page)]


def _told_empty(inquiry: Inquiry, cell: Cell) -> Draft:
    path = " › ".join(cell.cell.row_path + cell.cell.column_path)
    text = say(
        "empty",
        inquiry.language,
        what=path,
        mark=cell.cell.text.strip() or " ",
        marker=cell.source.number,
    )
    return Draft(text=text, uses=[use(cell)], abstained=True)
