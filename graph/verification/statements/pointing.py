"""Where the words of an answer point in a source: a number may not come from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.verification.statements.facts import Fact, content_of, periods_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.names import name_words, names_in
from graph.verification.statements.place_names import places_in
from graph.verification.statements.statement import Statement, measuring
from graph.verification.statements.vocabulary import says, vocabulary_of
from loaders.text.dates import Date, dates_in
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.tokenizer import is_year, keys, words

_CLAUSE_COST = 4
_CLAUSE = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;:；：、()（）]")


def is_elsewhere(statement: Statement, number: Mention | Date, facts: Sequence[Fact]) -> bool:
    """Whether the words beside a number are those of another place of the source, and none of its.

    Such a place has a number of the kind, or a day; which row is meant, the table's names tell.
    """
    wanted = statement.near(number) - _heads(statement)
    if not wanted or not facts or any(_is_named(statement, fact) for fact in facts):
        return False
    in_cells = any(fact.cell for fact in facts)
    held = {id(fact.source) for fact in facts}
    known = [fact for fact in statement.facts if fact.numbers and id(fact.source) in held]
    known = [fact for fact in known if not (in_cells and (fact.cell or _is_head(fact)))]
    if isinstance(number, Mention):
        said = said_of(statement.text, number)
        known = [
            fact for fact in known if any(fact.said(one).kind == said.kind for one in fact.numbers)
        ]
    else:
        known = [fact for fact in known if dates_in(fact.text)]
    asked = content_of(f"{statement.text.replace(number.text, ' ')} {statement.evidence.question}")
    return any(wanted & fact.words for fact in known) and not any(
        (wanted | asked) & fact.words for fact in facts
    )


def _is_head(fact: Fact) -> bool:
    """Whether it says what other facts are about."""
    return fact.is_label or fact.text in f"{fact.source.section}\n{fact.source.caption}"


def _is_named(statement: Statement, fact: Fact) -> bool:
    """Whether the sentence has all words of the row that a cell stands in, or of a line."""
    label = content_of(fact.cell.row_path[-1] if fact.cell and fact.cell.row_path else fact.text)
    if fact.is_label and not label:
        return True  # a row that is headed by the number alone
    return len(label) >= (1 if fact.cell or fact.is_label else 2) and label <= content_of(
        statement.text
    )


def _heads(statement: Statement) -> frozenset[str]:
    """The words of what whole sources are about: they point to no place in them."""
    about = (f"{one.document} {one.section} {one.caption}" for one in statement.sources)
    names = names_in(statement.text, statement.vocabulary)
    return frozenset(key for name in names for key in name.keys) & frozenset(
        key for text in about for key in keys(re.sub(r"[_.-]", " ", text))
    )


@dataclass(frozen=True)
class Label:
    """A period or a name in a sentence, and where it begins."""

    key: str
    start: int


def is_of_another(statement: Statement, number: Mention, found: tuple[Fact, Mention]) -> bool:
    """Whether a sentence of the source gives the number to another period or name.

    Each kind of label is bound to numbers in the source's sentence and in the answer's: what the
    answer names beside the number must not be what the source names beside another one.
    """
    fact, theirs = found
    if fact.cell is not None:
        return False
    for kind in (_periods, _names, _places):
        mine = _bound(statement.text, statement.values, kind(statement.text)).get(number.start)
        labels = kind(fact.text)
        told = _bound(fact.text, _values(fact.text), labels)
        own = told.get(theirs.start)
        if not mine or not own or mine & own:
            continue
        if mine & {label.key for label in labels}:
            return True
    return _is_a_year_older(statement, fact, theirs)


def _is_a_year_older(statement: Statement, fact: Fact, number: Mention) -> bool:
    """Whether the source gives a number to the year before, and the answer to the year itself."""
    folded = fold_in_place(fact.text)
    pattern = vocabulary_of(fact.text).year_before
    labels = [Label("", match.start()) for match in pattern.finditer(folded)]
    if not labels or number.start not in _bound(fact.text, _values(fact.text), labels):
        return False
    if says("year_before", f"{statement.text} {statement.evidence.question}"):
        return False
    if statement.vocabulary.comparison.search(fold_in_place(statement.text)):
        return False
    name = re.sub(r"[_.-]", " ", fact.source.document)
    return periods_of(statement.text) <= periods_of(f"{name} {fact.text} {fact.source.section}")


def own_periods(statement: Statement, number: Mention) -> frozenset[str]:
    """The periods that are said with a number, of a sentence that has several."""
    said = _periods(statement.text)
    years = [label for label in said if is_year(label.key)]
    labels = next((one for one in (years, said) if len({label.key for label in one}) > 1), [])
    if not labels or (years and labels is said):
        return frozenset()  # Q2 2024 is one period
    return _bound(statement.text, statement.values, labels).get(number.start, frozenset())


def _bound(
    text: str, numbers: Sequence[Mention], labels: Sequence[Label]
) -> dict[int, frozenset[str]]:
    """For each number, by its place, the labels that are said with it.

    In a clause that has as many labels as numbers they are paired in their order; elsewhere a
    label belongs to the number that is nearest to it.
    """
    found: dict[int, frozenset[str]] = {}
    rest = list(numbers)
    for start, end in _clauses(text):
        mine = [one for one in numbers if start <= one.start < end]
        said = [one for one in labels if start <= one.start < end]
        if mine and len(mine) == len(said):
            pairs = zip(mine, said, strict=True)
            found |= {number.start: frozenset({label.key}) for number, label in pairs}
            rest = [one for one in rest if one not in mine]
    if len(labels) == len(numbers) and len(rest) == len(numbers):
        pairs = zip(numbers, labels, strict=True)
        return {number.start: frozenset({label.key}) for number, label in pairs}
    for label in labels:
        near = min(rest, key=lambda one: _distance(text, one, label), default=None)
        if near is not None and not any(label.key in keys for keys in found.values()):
            found[near.start] = found.get(near.start, frozenset()) | {label.key}
    return found


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def _distance(text: str, number: Mention, label: Label) -> float:
    """In words; a comma between them counts for several."""
    start, end = sorted((label.start, number.start))
    between = text[start:end]
    return len(words(between)) + _CLAUSE_COST * len(_CLAUSE.findall(between))


def _values(text: str) -> list[Mention]:
    return measuring(text, numbers_in(text))


def _periods(text: str) -> list[Label]:
    return [Label(period, word.start) for word in words(text) for period in periods_of(word.text)]


def _places(text: str) -> list[Label]:
    return [Label(place.code, place.start) for place in places_in(text)]


def _names(text: str) -> list[Label]:
    if vocabulary_of(text).before_a_name:
        return []  # every noun has a capital: which is a name, nobody can tell
    return [Label(key, start) for key, start in name_words(text)]
