"""Rows that are counted, listed or added up, because a question filters them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.answer import Computed
from graph.draft import Draft
from graph.generation.messages import listed, say, sentence_for
from graph.offline.asked_measure import is_as_asked, is_counted_as_asked
from graph.offline.cell_arithmetic import added, calculated
from graph.offline.cell_selection import asks_label, without_whole
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import LABEL, TableMatch
from graph.offline.ranking import are_comparable, is_left_over
from graph.offline.sentence_numbers import has_number
from graph.offline.sentences import sentences_of
from graph.offline.spare_words import spoken
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell, TableView
from graph.offline.untold import measured
from graph.offline.wording import marked, path_of, use, value_of
from graph.query.analysis import Bound
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import holds, keys_in
from loaders.text.tokenizer import fold, keys

MOST_COUNTED, MOST_NAMED, MOST_CELLS = 200, 12, 6


def counted(view: EvidenceView) -> Draft | None:
    """How many rows there are, or the sum of what a filter lets through."""
    asks = view.analysis.asks
    if view.analysis.operation or not ("count" in asks or view.analysis.says_total):
        return None
    if _is_excluding(view):
        return None
    claims = [_count] if view.analysis.bound else [_added_up, _count]
    claims = claims if "count" in asks else [_added_up]
    return _undisputed(
        view, lambda match: next((d for claim in claims if (d := claim(view, match))), None)
    )


def _undisputed(view: EvidenceView, claim: Callable[[TableMatch], Draft | None]) -> Draft | None:
    """What the tables that say most claim; None if two of them claim other things."""
    found = [(m.sureness, draft) for m in view.complete() if (draft := claim(m))]
    most = max((sure for sure, _ in found), default=(0, 0))
    best = [draft for sure, draft in found if sure == most]
    same = all(_claimed(draft) == _claimed(best[0]) for draft in best)
    return best[0] if best and same else None


def _claimed(draft: Draft) -> tuple[object, ...]:
    values = tuple(use.cell.value for use in draft.uses if use.cell)
    return (*values, *(done.result for done in draft.computed))


def listed_rows(view: EvidenceView) -> Draft | None:
    """The rows that are asked for, each as it stands."""
    wants = view.analysis.asks & {"list", "table"} or view.analysis.bound
    if not wants or view.analysis.operation or view.analysis.order or _is_excluding(view):
        return None
    return _undisputed(view, lambda match: _rows_claimed(view, match))


def _is_excluding(view: EvidenceView) -> bool:
    """Whether rows are told by what they have not, or by a time before or after: no label tells."""
    question, known = view.analysis.question, patterns_for(view.analysis.language)
    is_without = known.asks["none"].search(fold(question)) is not None
    is_sided = bool(view.analysis.years) and not known.words["sides"].isdisjoint(keys(question))
    return is_without or is_sided


def _rows_claimed(view: EvidenceView, match: TableMatch) -> Draft | None:
    rows = _rows(view, match)
    is_meant = match.rows or "list" in view.analysis.asks or view.analysis.bound
    is_short = 1 <= len(rows) <= MOST_NAMED
    return _table_of(view, match, rows) if is_meant and is_short else None


def _rows(view: EvidenceView, match: TableMatch) -> list[Heading]:
    """The rows that a filter or a limit lets through; all of them if neither is asked for."""
    table, named = match.view, without_whole(match)
    is_told = table.is_whole and table.is_headed and _names_rows(match, view.analysis.bound)
    if not is_told or any(row.is_by_label for row in named):
        return []
    if len({row.places for row in named}) > 1:
        return []
    kept = _within(view, match, view.analysis.bound) if view.analysis.bound else _considered(match)
    return [] if table.is_doubted(kept) or _are_called_alike(kept) else kept


def _are_called_alike(rows: Sequence[Heading]) -> bool:
    """Whether groups have rows of one name: what is counted is the groups, or no kind of theirs."""
    paths = {row.path for row in rows}
    return len({path[-1:] for path in paths}) < len(paths)


def _within(view: EvidenceView, match: TableMatch, bound: Bound) -> list[Heading]:
    """The rows whose number a limit lets through."""
    table, kept = match.view, _considered(match)
    columns = match.measured or table.value_columns
    if len(columns) != 1 or _is_measured(match, bound):
        return []
    cells = [cell for row in kept if (cell := table.at(row.index, columns[0].index))]
    known = [(cell.row, one) for cell in cells if (one := cell.cell.quantity)]
    cells = [cell for cell in cells if cell.cell.quantity]
    if not are_comparable(cells):
        return []
    if not all(is_counted_as_asked(view.analysis, cell) for cell in cells):
        return []
    within = [row for row, one in known if bound.allows(one.value)]
    is_sure = within == [row for row, one in known if bound.allows(one.amount)]
    return within if is_sure else []  # 400 of a column in thousands may be either


def _is_measured(match: TableMatch, bound: Bound) -> bool:
    """Whether what is counted is told by the numbers: the staff under 50 are no rows under 50."""
    counted = [term for term in match.terms if not term.is_year and term.end <= bound.start]
    names = match.view.corner | match.view.levels[-1]
    return bool(counted) and not any(holds(names, term.key) for term in counted)


def _considered(match: TableMatch) -> list[Heading]:
    """The rows that a filter lets through, or all; what sums up others is none of them."""
    rows = [row.heading for row in without_whole(match)] or match.view.rows
    return match.view.members_among(rows)


def _names_rows(match: TableMatch, bound: Bound | None) -> bool:
    """Whether what is counted is what the rows are: their column is headed so, or the file is.

    Behind a limit stands what the numbers count: `more than 70 patients`.
    """
    names = match.view.corner | match.view.levels[-1]
    end = bound.end + 1 if bound else -1
    rest = [term for place, term in enumerate(match.terms) if place not in match.placed]
    return all(holds(names, term.key) or term.is_year or term.start == end for term in rest)


def _count(view: EvidenceView, match: TableMatch) -> Draft | None:
    filters = {slot for row in match.rows for slot in row.slots}
    is_asked = any(named.heading.index not in filters for named in match.columns)
    if is_asked and view.analysis.bound is None:
        return None  # `high severity` names the column of `high` besides
    rows = _rows(view, match)
    if not rows or len(rows) > MOST_COUNTED or _is_told(view, match):
        return None
    if any(map(is_left_over, rows)) or asks_label(match, view.analysis) or _is_measured_by(match):
        return None
    is_named = len(match.placed) == len(match.terms)
    if len(rows) == 1 and view.analysis.bound is None and (is_named or _is_by_group(match)):
        return None  # the one row that says all of it tells a number, or goes on below
    language = view.evidence.language
    names = f": {listed([*map(path_of, rows)], language)}" if len(rows) <= MOST_NAMED else ""
    said = sentence_for(view.analysis.question, str(len(rows)), language) if len(rows) > 1 else ""
    text = said or f"{len(rows)}{names}."
    cells = [cell for row in rows if (cell := _any_cell(match, row))]
    done = Computed(
        expression=f"count({len(_considered(match))})",
        result=str(len(rows)),
        operands=sorted({cell.source.number for cell in cells}),
    )
    uses = [use(cell) for cell in cells[:MOST_NAMED]]
    return Draft(text=f"{text} {marked(cells)}", uses=uses, computed=[done], kind="computed")


def _is_measured_by(match: TableMatch) -> bool:
    """Whether the numbers count what the rows are kinds of: the staff, in a table of staff.

    They do where they have a total, or nothing but dates over them, or `Number`.
    """
    table = match.view
    said = keys_in(measured(table.title))
    kinds = [term for term in match.terms if holds(table.corner, term.key)]
    is_filtered = any(row.heading.index not in table.totals for row in match.rows)
    if is_filtered or not any(holds(said, term.key) for term in kinds):
        return False
    heads = table.value_columns
    are_dated = bool(heads) and all(one.years and one.leaf_keys <= one.years for one in heads)
    counted = spoken("counted") | {"@number"}
    are_counted = any(one.leaf and one.leaf_keys <= counted for one in heads)
    return bool(table.totals or table.total_columns) or are_dated or are_counted


def _is_told(view: EvidenceView, match: TableMatch) -> bool:
    """Whether a sentence of the document says how many of all there are.

    The rows of a table may be some of them, or their kinds: a hotel of 62 rooms has four rates.
    """
    if match.rows or view.analysis.bound:
        return False
    own = [one for one in view.sources if one.document == match.view.source.document]
    return any(has_number(view.analysis, sentence) for sentence in sentences_of(own))


def _any_cell(match: TableMatch, row: Heading) -> FoundCell | None:
    columns = (column.index for column in match.view.columns)
    return next((cell for index in columns if (cell := match.view.at(row.index, index))), None)


def _added_up(view: EvidenceView, match: TableMatch) -> Draft | None:
    """`How many hours were lost in Leeds?`: the named column over the rows of Leeds."""
    table = match.view
    told = {slot for row in match.rows for slot in row.slots}
    measured = [one for one in match.measured if one.index not in told]  # not `tram` of `tram 2113`
    rows = [row.heading for row in match.rows]
    if not table.is_whole or len(measured) != 1 or not rows:
        return None
    if any(row.is_by_label for row in match.rows) or len({r.places for r in match.rows}) > 1:
        return None
    if any(row.index in table.totals for row in rows) or _is_open_group(match):
        return None
    column = measured[0]
    found = [table.at(row.index, column.index) for row in rows]
    cells = [cell for cell in found if cell is not None and cell.cell.quantity]
    if len(cells) < 2 or len(cells) != len(rows) or not are_comparable(cells):
        return None
    if not all(is_as_asked(view.analysis, cell) for cell in cells):
        return None
    result = added(cells, view.analysis.decimals)
    return calculated(view, path_of(column), result) if result else None


def _is_open_group(match: TableMatch) -> bool:
    """Whether the rows are told by their group alone, and nothing shows where that ends.

    Below the last group of a table a result may stand that is no part of it.
    """
    return _is_by_group(match) and match.rows[-1].heading.index == match.view.rows[-1].index


def _is_by_group(match: TableMatch) -> bool:
    return bool(match.rows) and all(max(row.slots) < LABEL for row in match.rows)


def _table_of(view: EvidenceView, match: TableMatch, rows: Sequence[Heading]) -> Draft | None:
    language = view.evidence.language
    columns = [named.heading for named in match.columns] or _telling(match.view)
    cells: list[FoundCell] = []
    lines = []
    for row in rows:
        own = [cell for c in columns if (cell := match.view.at(row.index, c.index))]
        filled = [cell for cell in own if not cell.is_empty]
        cells += filled
        lines.append(_line(row, filled, language))
    asked = keys_in(view.analysis.question)
    if all(keys_in(line) <= asked for line in lines):
        return None  # there is none, or it says what the question says
    text = say("each", language, items="; ".join(line for line in lines if line))
    return Draft(text=f"{text} {marked(cells)}", uses=[use(cell) for cell in cells], kind="cell")


def _telling(view: TableView) -> list[Heading]:
    """The columns of words: a list tells what the rows are, and no numbers that nobody asked for.

    Numbers are told where the rows have nothing else.
    """
    numbers = {column.index for column in view.value_columns}
    words = [column for column in view.columns if column.index not in numbers]
    return (words or view.columns)[:MOST_CELLS]


def _line(row: Heading, cells: Sequence[FoundCell], language: str) -> str:
    said = ", ".join(value_of(cell, language) for cell in cells if path_of(row) != cell.cell.text)
    name = path_of(row)
    return f"{name}: {said}" if name and said else name or said
