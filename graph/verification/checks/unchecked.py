"""Which statements of an answer code could not bear out: they hold nothing that it checks.

A figure, a day or a quotation is held against the sources by the checks beside this one. Any other
statement is borne out if one clause or row of a source says mostly the same words of its names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from graph.evidence.sources import Source
from graph.verification.checks.clause_check import Clause, clauses_of
from graph.verification.statements.facts import facts_of
from graph.verification.statements.names import names_in
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import language_in, vocabulary_of
from loaders.text.dates import dates_in
from loaders.text.number_words import counts_in

_QUOTED = re.compile(r"[“„«「\"][^“”„»」\"\n]{3,}[”“»」\"]")
_SPACED = re.compile(r" ([.,;:!?])")
"""Where a marker stood."""


def is_unchecked(one: Statement, *, is_quote: bool = False) -> bool:
    """Whether a statement has nothing that was checked; words of a quotation merely stand there."""
    return not _has_figures(one) and (is_quote or not _is_said(one))


def shown(one: Statement) -> str:
    """The words of a statement, without its markers."""
    return _SPACED.sub(r"\1", " ".join(one.text.split())).strip(" -*•")


def _has_figures(one: Statement) -> bool:
    counted = counts_in(one.text, (one.vocabulary.language,))
    ratios = one.vocabulary.fractions(one.text)
    if one.values or ratios or _QUOTED.search(one.text):
        return True
    return bool(one.numbers or dates_in(one.text) or counted) and not names_of(one.text, one)


def _is_said(one: Statement) -> bool:
    """As a whole, or clause by clause; of a bare name it is what was asked for."""
    language = language_in(one.text)
    if language and all(
        language_in(source.everything) not in {"", language} for source in one.sources
    ):
        return bool(names_of(one.text, one))  # nothing else can be compared
    clauses = clauses_of(one.text, one.evidence.language)
    return _is_in_a_line(one.text, one) or (
        len(clauses) > 1 and all(_is_in_a_line(clause.text, one) for clause in clauses)
    )


def _is_in_a_line(text: str, one: Statement) -> bool:
    names, mine = names_of(text, one), Clause(text, one.vocabulary)
    asked = Clause(one.evidence.question, one.vocabulary)
    words = (mine.tokens - names) or (asked.tokens - names_of(asked.text, one))
    lines = (line for source in one.sources for line in lines_of(source))
    return bool(names or mine.tokens) and any(
        names <= line.tokens
        and 2 * len(words & line.tokens) > len(words)
        and line.is_negated is mine.is_negated
        for line in lines
    )


def names_of(text: str, one: Statement) -> frozenset[str]:
    """The words of the names in a part of a statement, as they are compared."""
    found = names_in(text, one.vocabulary)
    return frozenset(
        key for name in found if name.is_sure or " " not in text.strip() for key in name.keys
    )


@lru_cache(maxsize=128)
def _made(prose: tuple[str, ...], rows: tuple[str, ...], language: str) -> tuple[Clause, ...]:
    vocabulary = vocabulary_of("", language)
    found = [Clause(row, vocabulary) for row in rows]
    for sentence in prose:
        clauses = clauses_of(sentence, language)
        for place, clause in enumerate(clauses):
            found.append(clause)
            if _is_apposition(clause):
                around = clauses[max(0, place - 1) : place + 2]
                found.append(Clause(", ".join(part.text for part in around), vocabulary))
    return tuple(found)


def _is_apposition(clause: Clause) -> bool:
    """`Ada Obi, Chief Executive` are two clauses, and one thing that is said."""
    has_role = any(token[0] == "@" for token in clause.tokens)
    return has_role is not bool(clause.names) and (has_role or clause.tokens <= clause.names)


def lines_of(source: Source) -> Sequence[Clause]:
    """What a source says, clause by clause and row by row."""
    facts = facts_of(source)
    prose = tuple(fact.text for fact in facts if fact.cell is None and not fact.is_label)
    rows = tuple(
        " ".join(text for cell in row for text in (*cell.row_path, *cell.column_path, cell.text))
        for table in source.tables
        for _, row in groupby(table.cells(), attrgetter("row"))
    )
    return _made(prose, rows, language_in(source.everything) or "en")
