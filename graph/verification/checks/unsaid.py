"""What a sentence leaves unsaid: which row and column of a table its number stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.query.subject_terms import tokens_of
from graph.verification.checks.name_check import is_short_for
from graph.verification.statements.facts import Fact, content_of, periods_of
from graph.verification.statements.measures import is_measure
from graph.verification.statements.names import names_in
from graph.verification.statements.naming import Path, spoken
from graph.verification.statements.place_names import places_in
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import language_in
from loaders.chunking.table import DataCell
from loaders.text.quantities import Mention
from loaders.text.tokenizer import keys

_SIGN = re.compile(r"(?<![\w.,])(?:[A-Z]+\d+[A-Z]*|\d+[A-Z])(?![^\W_])")
"""Capitals and digits, as parts and units are called."""


def leaves_unsaid(statement: Statement, facts: Sequence[Fact]) -> str:
    """Why nobody can tell from an answer that it is a cell's; empty if one can.

    Of rows and columns that hold other values of the same kind, the sentence (or its question)
    must name the one that is meant by at least one word that tells it from the others. Years may
    stay unsaid, columns of several numbers, and words of another language than the table's.
    """
    if not all(fact.cell for fact in facts) or any(
        _is_signed(one, statement.text) for one in facts
    ):
        return ""
    said = frozenset(spoken(f"{statement.answer}\n{statement.evidence.question}"))
    is_one = len(statement.values) == 1
    if not is_one and statement.vocabulary.pronouns.search(statement.text.lower()):
        return ""
    reasons = [_unsaid(one, said, is_one) for one in facts if _is_same_language(statement, one)]
    return reasons[0] if len(reasons) == len(facts) and all(reasons) else ""


def other_subject(statement: Statement, facts: Sequence[Fact]) -> str:
    """A row or column of another table that a sentence names, and its cells do not.

    The group's profit is not that of the division which the sentence names.
    """
    if len(statement.values) != 1 or statement.is_denial or not all(fact.cell for fact in facts):
        return ""
    named = _names(statement)
    known = [_around(fact) for fact in facts]
    for text, wanted in named.items():
        is_apart = not any(wanted <= fact.source.keys for fact in facts)
        if any(is_short_for(text, fact.source.everything) for fact in facts):
            continue
        is_other = is_apart or wanted in _labels(statement)
        if is_other and not any(wanted <= around for around in known):
            return text
    return ""


def other_sign(statement: Statement, number: Mention, facts: Sequence[Fact]) -> str:
    """The sign of the thing that the source says a number of, where the answer has another one.

    `Unit 7A` is not 7B, nor KS7330 the KS7320: what the cell or sentence does not say, its heading
    does, or its document's name.
    """
    mine = _signs(statement.clause(number.start))
    if len(statement.values) == 1:
        mine = mine or _signs(statement.text) or _signs(statement.evidence.question)
    if not mine or statement.is_denial:
        return ""
    told = [_other_of(mine, fact) for fact in facts]
    return told[0] if told and all(told) else ""


def _other_of(mine: frozenset[str], fact: Fact) -> str:
    """The nearest sign that is formed like one of the answer's, if it is none of them."""
    shapes, source = {_shape(one) for one in mine}, fact.source
    title = f"{source.document} {source.chunk.metadata.get('title', '') or ''}"
    beside = " ".join([fact.heads, *_names_beside(fact)])
    for text in (beside if fact.cell else fact.text, f"{source.caption} {source.section}", title):
        told = sorted(one for one in _signs(text) if _shape(one) in shapes)
        if told:
            return "" if mine.intersection(told) else told[0]
    return ""


def _signs(text: str) -> frozenset[str]:
    found = (match[0] for match in _SIGN.finditer(text.replace("_", " ")))
    return frozenset(one for one in found if not periods_of(one) and not is_measure(one))


def _shape(sign: str) -> str:
    return re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", sign))


def _names(statement: Statement) -> dict[str, frozenset[str]]:
    """The names of a sentence, places too, with the words by which they are compared."""
    found = names_in(statement.text, statement.vocabulary)
    named = {name.text: name.keys for name in found if name.is_sure and name.keys}
    places = {one.text: frozenset({f"@{one.code}"}) for one in places_in(statement.text)}
    return {text: words for text, words in named.items() if text not in places} | places


def _around(fact: Fact) -> frozenset[str]:
    source = fact.source
    title = str(source.chunk.metadata.get("title", "") or "")
    beside = "\n".join(_names_beside(fact))
    return frozenset(
        spoken(f"{fact.context}\n{beside}\n{title}\n{re.sub(r'[_.-]', ' ', source.document)}")
    )


def _names_beside(fact: Fact) -> list[str]:
    """The cells of its row that are no numbers: the country of a company."""
    row = fact.cell.row if fact.cell else None
    return [one.text for one in _cells(fact) if one.row == row and one.quantity is None]


def _labels(statement: Statement) -> set[frozenset[str]]:
    """The words of the labels of all tables of the cited documents."""
    documents = {source.document for source in statement.sources}
    tables = (
        table
        for source in statement.evidence.sources
        if source.document in documents
        for table in source.tables
    )
    paths = {
        path
        for table in tables
        for one in table.cells()
        for path in (one.row_path, one.column_path)
    }
    return {words for path in paths for label in path if (words := _own(label))}


def _own(label: str) -> frozenset[str]:
    places = places_in(label)
    return frozenset(f"@{one.code}" for one in places) or frozenset(keys(label))


def _unsaid(fact: Fact, said: frozenset[str], is_one: bool) -> str:
    cell = fact.cell
    if cell is None or cell.quantity is None:
        return ""
    cells = [one for one in _cells(fact) if _is_alike(one, cell)]
    beside = [one.column_path for one in cells if one.row_path == cell.row_path]
    below = [one.row_path for one in cells if one.column_path == cell.column_path]
    if not content_of(" ".join(_names_beside(fact))) & said and not _is_told(
        cell.row_path, below, said
    ):
        return f"stands in the row “{' › '.join(cell.row_path)}”, which you do not name"
    if is_one and not _is_told(cell.column_path, beside, said):
        return f"stands in the column “{' › '.join(cell.column_path)}”, which you do not name"
    return ""


def _is_signed(fact: Fact, text: str) -> bool:
    """`+6.4%`, copied with a sign that other columns do not write."""
    copied = fact.cell.text.strip() if fact.cell else ""
    return copied[:1] in {"+", "±"} and copied in text


def _is_alike(one: DataCell, cell: DataCell) -> bool:
    mine, other = cell.quantity, one.quantity
    if mine is None or other is None:
        return False
    return (mine.unit, mine.currency, mine.percent) == (other.unit, other.currency, other.percent)


def _cells(fact: Fact) -> list[DataCell]:
    """All cells of the table that a fact is a cell of."""
    tables = ([*table.cells()] for table in fact.source.tables)
    return next((cells for cells in tables if fact.cell in cells), [])


def _is_told(path: Path, others: Iterable[Path], said: frozenset[str]) -> bool:
    """Whether a word that is said tells a path from the others, or nothing needs to: a total."""
    if {token.key for token in tokens_of(" ".join(path[-1:]))} == {"@total"}:
        return True
    rivals = [other for other in others if other != path]
    if not rivals or periods_of(" ".join(path)) or any(not part.strip() for part in path[-1:]):
        return True
    mine = _words(path)
    shared = frozenset.intersection(*(_words(other) for other in rivals))
    telling = mine - shared or mine
    return not telling or bool(telling & said)


def _words(path: Path) -> frozenset[str]:
    text = " ".join(path)
    found = content_of(text) | frozenset(spoken(text))
    return frozenset(word for word in found if not word.isdigit()) if len(found) > 2 else found


def _is_same_language(statement: Statement, fact: Fact) -> bool:
    """Whether words can be compared; a table of few words is in its document's language."""
    mine = [one for one in statement.evidence.sources if one.document == fact.source.document]
    theirs = language_in(fact.source.everything) or language_in(
        "\n".join(one.everything for one in mine)
    )
    said = language_in(statement.text) or statement.evidence.language
    return bool(theirs) and said == theirs
