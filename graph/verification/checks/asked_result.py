"""What a question asks to be worked out: the result of the cells that it names, and of no others.

`How much higher is the rent in Year 5 than in Year 1?` names two rows and one column: their
difference is proved by these cells, though no source has it. Who calculates with another row or
column, or does something else than what is asked, comes to another number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from graph.query.analysis import QuestionAnalysis, analyse
from graph.verification.statements.facts import periods_of, years_of
from graph.verification.statements.measures import Said, is_other_currency, said_of
from graph.verification.statements.naming import Path, naming, spoken
from graph.verification.statements.statement import Statement
from loaders.chunking.table import DataCell, Table
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention
from loaders.text.tokenizer import words

Operand = tuple[Decimal, bool]
"""An amount, and whether it is percent."""
_PAIR = 2
_OF_TWO = frozenset({"difference", "change", "percent_change"})
_SHARES = frozenset({"share", "ratio"})
_OF_ALL = frozenset({"sum", "average"})


def asked_results(statement: Statement, number: Mention) -> Iterator[Operand]:
    """What the cells that the question names come to, where one row or column of them is meant.

    In the unit that is claimed, and in the direction: what is lower has not become more.
    """
    evidence = statement.evidence
    asked = analyse(evidence.question, evidence.language)
    operation = asked.operation or _said_by(statement, asked)
    if not operation:
        return
    said = said_of(statement.text, number)
    found = (_groups(table, asked, operation) for table in statement.tables)
    for group in (groups[0] for groups in found if len(groups) == 1):
        for worth, is_share in _results(group, operation, asked):
            is_so = is_share or _counts_so(group[0], said)
            if is_so and not (operation in _OF_TWO and _is_against(statement, worth)):
                yield worth, is_share


def _counts_so(cell: DataCell, said: Said) -> bool:
    """Whether a cell counts in what is claimed, as far as both say."""
    quantity = cell.quantity
    if quantity is None or (quantity.unit and said.currency):
        return False
    return not is_other_currency(said.currency, quantity.currency) and (
        not said.unit or quantity.unit in {"", said.unit} or said.unit in {"cents", "pence", "pp"}
    )


def _is_against(statement: Statement, worth: Decimal) -> bool:
    """Whether the words of a sentence say the other direction."""
    text = fold_in_place(statement.text)
    ups, downs = statement.vocabulary.up.search(text), statement.vocabulary.down.search(text)
    return bool(worth < 0 and ups and not downs) or bool(worth > 0 and downs and not ups)


def _said_by(statement: Statement, asked: QuestionAnalysis) -> str:
    """By the total that is asked for, or by words of the sentence: it rises, it is more."""
    if asked.says_total:
        return "sum"
    text = fold_in_place(statement.text)
    is_told = statement.vocabulary.moves(text) or statement.vocabulary.comparison.search(text)
    return "change" if is_told and not asked.order else ""


def _groups(table: Table, asked: QuestionAnalysis, operation: str) -> list[list[DataCell]]:
    """The cells that are named of one row or of one column, two or more."""
    cells = [cell for cell in table.cells() if cell.quantity]
    told = spoken(f"{asked.question} {' '.join(asked.years)}")
    rows = _named([cell.row_path for cell in cells], told, operation, are_rows=True)
    columns = _named([cell.column_path for cell in cells], told, operation, are_rows=False)
    found = []
    if len(rows) > 1 and (len(columns) == 1 or not columns):
        found += [
            [cell for cell in cells if cell.column_path == path and cell.row_path in rows]
            for path in columns or _only(cells)
        ]
    if len(columns) > 1 and len(rows) == 1:
        found.append([c for c in cells if c.row_path == rows[0] and c.column_path in columns])
    return [group for group in found if len(group) > 1 and _are_alike(group)]


def _only(cells: Sequence[DataCell]) -> list[Path]:
    """The only column of its table."""
    paths = dict.fromkeys(cell.column_path for cell in cells)
    return [*paths] if len(paths) == 1 else []


def _are_alike(group: Sequence[DataCell]) -> bool:
    return len({(c.quantity.unit, c.quantity.currency) for c in group if c.quantity}) == 1


def _named(
    paths: Sequence[Path], told: Mapping[str, int], operation: str, *, are_rows: bool
) -> list[Path]:
    """Those that are named; or that have a word of the question which no other has."""
    every = list(dict.fromkeys(paths))
    found = [label.path for label in naming(every, told, are_rows=are_rows).named]
    counts = Counter(key for path in every for key in spoken(" ".join(path)))
    alone = [p for p in every if any(counts[k] == 1 and k in told for k in spoken(" ".join(p)))]
    found = found if len(found) > 1 or len(alone) <= len(found) else alone
    if operation in _OF_TWO and len(found) == 1:
        found += [path for path in every if _is_year_before(path, found[0])]
    return found


def _is_year_before(path: Path, other: Path) -> bool:
    """Whether it differs from another in its year alone, which is the one before."""
    mine, theirs = years_of(periods_of(" ".join(path))), years_of(periods_of(" ".join(other)))
    if len(mine) != 1 or len(theirs) != 1:
        return False
    (year,), (next_year,) = mine, theirs
    return int(year) + 1 == int(next_year) and " ".join(path).replace(year, next_year) == " ".join(
        other
    )


def _results(
    group: Sequence[DataCell], operation: str, asked: QuestionAnalysis
) -> Iterator[Operand]:
    quantities = [cell.quantity for cell in group if cell.quantity]
    amounts = [one.amount for one in quantities]
    is_share = quantities[0].percent
    if operation in _OF_ALL:
        whole = sum(amounts, Decimal(0))
        yield from [(whole, is_share), (whole / len(amounts), is_share)][operation == "average" :]
    if len(group) != _PAIR:
        return
    first, last = _in_time(group, asked)
    if operation in _OF_TWO:
        yield last - first, is_share
        yield from [((last - first) / abs(first) * 100, True)] if first else []
    elif operation in _SHARES:
        part, whole = sorted(map(abs, amounts))
        yield from [(part / whole * 100, True), (part / whole, False)] if whole else []


def _in_time(group: Sequence[DataCell], asked: QuestionAnalysis) -> tuple[Decimal, Decimal]:
    """What was, and what became of it; or what another is compared with: it is named behind."""
    one, other = group
    years = [min(years_of(periods_of(_path(cell))), default="") for cell in group]
    if years[0] == years[1]:
        one, other = sorted(group, key=lambda cell: -_place(cell, group, asked))
    elif years[1] < years[0]:
        one, other = other, one
    return one.amount or Decimal(0), other.amount or Decimal(0)


def _place(cell: DataCell, group: Sequence[DataCell], asked: QuestionAnalysis) -> int:
    """Where the question names it by words that the other has not."""
    others = {key for other in group if other is not cell for key in spoken(_path(other))}
    own = spoken(_path(cell)).keys() - others
    return max((word.start for word in words(asked.question) if word.key in own), default=-1)


def _path(cell: DataCell) -> str:
    return " ".join((*cell.row_path, *cell.column_path))
