"""Which of several grew most: the row whose value rose most, as an amount and in percent alike."""

from __future__ import annotations

from collections.abc import Sequence

from graph.draft import Draft
from graph.offline.aggregation import change_of
from graph.offline.evidence_view import EvidenceView
from graph.offline.header_matching import TableMatch
from graph.offline.lookup import undisputed
from graph.offline.ranking import LEAST_RANKED, are_comparable, are_of_kind
from graph.offline.spare_words import is_spare
from graph.offline.table_view import FoundCell, Heading
from graph.query.subject_terms import Token
from graph.verification.statements.vocabulary import vocabularies
from loaders.text.tokenizer import fold

REVENUE = "@revenue"
Pair = tuple[FoundCell, FoundCell]


def grown(view: EvidenceView) -> Draft | None:
    """The one whose change leads; None where amounts and percentages name different ones."""
    said = [term for term in view.analysis.terms if _direction(term)]
    if not said or view.analysis.order != "highest" or view.analysis.operation:
        return None
    terms = [t for t in view.analysis.terms if t not in said and not t.is_year]
    sign = _direction(said[0])
    best = undisputed(view.complete(terms), lambda match: _leading_of(view, match, sign))
    return change_of(view, best) if best else None


def _direction(term: Token) -> int:
    """Up, down, or neither, by the words that tell it."""
    text = fold(term.text)
    known = vocabularies().values()
    is_up = any(one.up.match(text) for one in known)
    return 1 if is_up else -1 if any(one.down.match(text) for one in known) else 0


def _leading_of(view: EvidenceView, match: TableMatch, sign: int) -> list[FoundCell]:
    """The row that leads a table by each measure that can be meant: its values before and after."""
    table = match.view
    if not table.is_whole or match.rows or not are_of_kind(match):
        return []
    rows = [row for row in table.rows if row.index not in table.totals and row.path]
    columns = [named.heading for named in match.columns] or table.value_columns
    found = [_leading(_pairs(match, rows, ends), sign) for ends in _measures(view, columns)]
    known = [pair for pair in found if pair]
    is_one = bool(known) and len(known) == len(found) and len({p[0].row for p in known}) == 1
    return list(known[0]) if is_one else []


def _measures(view: EvidenceView, columns: Sequence[Heading]) -> list[list[Heading]]:
    """For each measure, the columns of the two years; what grows is revenue if it is there."""
    by_kind: dict[frozenset[str], list[Heading]] = {}
    for column in columns:
        by_kind.setdefault(_kind(column), []).append(column)
    meant = [kind for kind in by_kind if REVENUE in kind] or list(by_kind)
    ends = [_ends(view, by_kind[kind]) for kind in meant]
    return [pair for pair in ends if pair] if all(ends) else []


def _kind(column: Heading) -> frozenset[str]:
    """What a column says beside its year."""
    tokens = (*column.groups, *column.leaf)
    return frozenset(one.key for one in tokens if not one.is_year and not is_spare(one, tokens))


def _ends(view: EvidenceView, columns: Sequence[Heading]) -> list[Heading]:
    by_year = {year: column for column in columns for year in column.years}
    asked = sorted(view.analysis.periods)
    years = [str(int(asked[0]) - 1), *asked] if len(asked) == 1 else asked or sorted(by_year)
    is_told = len(by_year) == len(columns) and len(years) == 2 and by_year.keys() >= set(years)
    return [by_year[year] for year in years] if is_told else []


def _pairs(match: TableMatch, rows: Sequence[Heading], ends: Sequence[Heading]) -> list[Pair]:
    """The values before and after of every row; none if one lacks any."""
    found = [[match.view.at(row.index, column.index) for column in ends] for row in rows]
    whole = [(a, b) for a, b in found if a and b and a.cell.quantity and b.cell.quantity]
    same = are_comparable([cell for pair in whole for cell in pair])
    return whole if same and len(whole) == len(rows) >= LEAST_RANKED else []


def _leading(pairs: Sequence[Pair], sign: int) -> Pair | None:
    """The pair that changed most in this direction, by amount and in percent; none on a tie."""
    if any((before.amount or 0) <= 0 for before, _ in pairs):
        return None
    changes = [sign * ((after.amount or 0) - (before.amount or 0)) for before, after in pairs]
    rates = [change / (pair[0].amount or 1) for change, pair in zip(changes, pairs, strict=True)]
    best = [place for place, change in enumerate(changes) if change == max(changes)]
    is_one = len(best) == 1 and changes[best[0]] > 0
    return pairs[best[0]] if is_one and rates[best[0]] == max(rates) else None
