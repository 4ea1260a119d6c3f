"""Digits of an answer that belong to a name: `Scope 3`, `ATR 72-600s`, `unit 7A`, `steel A4`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.verification.statements.facts import values_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.statement import Statement
from loaders.chunking.table import DataCell
from loaders.text.quantities import Mention

_NUMBERED = re.compile(r"(?<!\w)(?P<name>[A-Z][^\W\d_]+\.?)\s$")
_CAPITAL = re.compile(r"[A-Z](?![^\W_])")
_LONGEST_OF_NAME = 3
_WORD = re.compile(r"[^\W\d_]{3}")


def is_in_name(statement: Statement, number: Mention) -> bool:
    """Whether it is in a sign that a cited source has so: `ATR 72-600s`."""
    before = re.search(r"\S*$", statement.text[: number.start])
    sign = (before[0] if before else "") + number.text
    if not re.search(r"[^\W_]-", sign):
        return False
    return any(sign.lstrip("([„“\"'") in source.everything for source in statement.sources)


def is_numbered(statement: Statement, number: Mention) -> bool:
    """Whether it ends a name that a cited source has so: `Scope 3`, `No. 2`."""
    before = _NUMBERED.search(statement.text[: number.start])
    if before is None or len(number.text) > _LONGEST_OF_NAME or not number.text.isdigit():
        return False
    name = re.compile(rf"(?<!\w){re.escape(before['name'])}\s{number.text}(?![\d.,]*\d)")
    texts = (source.everything for source in statement.sources)
    return said_of(statement.text, number).counts_nothing and any(map(name.search, texts))


def is_sign(statement: Statement, number: Mention) -> bool:
    """Whether a capital behind it makes it a name, `7A`: no source measures so."""
    letter = _CAPITAL.match(statement.text, number.end)
    if letter is None or not number.text.isdigit() or number.percent:
        return False
    unit = said_of(statement.text, number).unit
    facts = (fact for fact in statement.facts if unit)
    return not any(
        one.text != number.text and fact.said(one).unit == unit
        for fact in facts
        for one in fact.numbers
    )


def word_at(text: str, number: Mention) -> str:
    """The word that a number ends: `Q2`."""
    return re.split(r"\W", text[: number.start])[-1] + number.text


def is_of_known_name(statement: Statement, number: Mention) -> bool:
    """Whether its digits are of a name that a cited source has so: the 4 of `steel A4`.

    Or of the whole words of a cell beside a value that is said: `Filter F9 592 × 592`.
    """
    text = statement.text
    for table in statement.tables:
        cells = list(table.cells())
        for name in (one for one in cells if not one.quantity and _WORD.search(one.text)):
            spans = (match.span() for match in _occurrences(name.text, text))
            if any(a <= number.start < b for a, b in spans) and _is_beside(name, cells, statement):
                return True
    before = re.search(r"[\w-]*$", text[: number.start]) if number.in_name else None
    behind = re.match(r"[\w-]*", text[number.end :])
    if not before or not behind:
        return False
    word = f"{before[0]}{number.text}{behind[0]}"
    return any(_occurrences(word, one.everything) for one in statement.sources)


def _is_beside(name: DataCell, cells: Sequence[DataCell], statement: Statement) -> bool:
    """Whether a value of a statement stands in the row of a cell."""
    row = {abs(one.quantity.value) for one in cells if one.row == name.row and one.quantity}
    return any(row & values_of(one) for one in statement.values)


def _occurrences(name: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))
